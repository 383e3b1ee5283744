import Drivers
import Engine
import Recording
import Testing

@Suite struct TurnCollectorTests {
    @Test func `what comes in between two turns stands in the second`() throws {
        let collector = TurnCollector()
        func login(_ number: UInt64) {
            collector.input(
                number, event: number, at: .start,
                payload: HostReport(number: number, token: nil))
        }
        collector.turnBegan(1, at: .start, utc: UTCTime(nanoseconds: 0))
        login(1)
        collector.turnEnded(1, events: 1, trace: 0)
        login(2)
        collector.turnBegan(2, at: .start, utc: UTCTime(nanoseconds: 0))
        login(3)
        collector.turnEnded(2, events: 3, trace: 0)
        let turns = collector.take()
        #expect(turns.map(\.number) == [1, 2])
        #expect(turns.map(\.lines.count) == [1, 2])
        #expect(collector.take().isEmpty)
    }
}
