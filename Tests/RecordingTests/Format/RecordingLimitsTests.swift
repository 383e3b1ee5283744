import Recording
import Testing

@Suite struct RecordingLimitsTests {
    @Test func `what can be written can be read`() {
        let limits = RecordingLimits()
        #expect(limits.lineBytes >= limits.waitingBytes)
        // The largest body, of a chat, when each of its bytes needs an escape of two.
        #expect(limits.lineBytes > 2 * 16 << 20)
    }
}
