import Drivers
import Engine
import Testing

@Suite struct GpsdClockGateTests {
    private func admits(_ gate: inout GpsdClockGate, _ second: Int, _ unixSeconds: Double) -> Bool {
        gate.admits(
            unixSeconds: unixSeconds, at: Instant.start.advanced(by: .seconds(second)))
    }

    @Test func `one damaged time is left out and the next good one is taken`() {
        var gate = GpsdClockGate(toleranceSeconds: 5, confirmations: 3)
        #expect(admits(&gate, 0, 1000))
        #expect(!admits(&gate, 1, 4601))
        #expect(admits(&gate, 2, 1002))
        #expect(!admits(&gate, 3, -500))
        #expect(admits(&gate, 4, 1004))
    }

    @Test func `a clock that was set is believed after three reports that agree`() {
        var gate = GpsdClockGate(toleranceSeconds: 5, confirmations: 3)
        #expect(admits(&gate, 0, 1000))
        #expect(!admits(&gate, 1, 9001))
        #expect(!admits(&gate, 1, 9001))
        #expect(!admits(&gate, 2, 9002))
        #expect(admits(&gate, 3, 9003))
        #expect(admits(&gate, 4, 9004))
        #expect(!admits(&gate, 5, 1005))
    }

    @Test func `a pause of the receiver is not a damaged time`() {
        var gate = GpsdClockGate(toleranceSeconds: 5, confirmations: 3)
        #expect(admits(&gate, 0, 1000))
        #expect(admits(&gate, 3600, 4600))
    }
}
