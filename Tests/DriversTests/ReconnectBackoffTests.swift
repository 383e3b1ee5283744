import Drivers
import Testing

@Suite struct ReconnectBackoffTests {
    @Test func `the pauses double up to the maximum and begin again after a success`() {
        var backoff = ReconnectBackoff()
        let full = (0..<7).map { _ in backoff.next(jitter: 1) }
        #expect(full == [0.25, 0.5, 1, 2, 4, 5, 5].map { .seconds($0) })
        backoff.reset()
        #expect(backoff.next(jitter: 0) == .milliseconds(125))
    }
}
