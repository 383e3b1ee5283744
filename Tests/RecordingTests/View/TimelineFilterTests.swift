import Engine
import Testing

@testable import Recording

@Suite struct TimelineFilterTests {
    private func lines(_ change: (inout TimelineFilter) -> Void) throws -> [Int] {
        var filter = TimelineFilter()
        change(&filter)
        return try HandMadeRecording.entries().filter(filter.matches).map(\.line)
    }

    @Test func `nothing asked for is everything`() throws {
        #expect(try lines { _ in }.count == 16)
        #expect(TimelineFilter().isEverything)
    }

    @Test func `streams are chosen by pattern, and a frame is of every socket that it goes to`()
        throws
    {
        #expect(try lines { $0.streams = [WildcardPattern("ws/3")] } == [11])
        #expect(
            try lines { $0.streams = [WildcardPattern("ws/*"), WildcardPattern("gpsd")] }
                == [9, 11, 17])
    }

    @Test func `kinds and events are chosen`() throws {
        #expect(try lines { $0.kinds = [.log, .timer] } == [10, 13])
        #expect(try lines { $0.events = 1...2 } == [5, 6, 8, 9, 10])
        #expect(
            try lines {
                $0.events = 1...2
                $0.kinds = [.output]
            } == [6])
    }

    @Test func `the time begins at its beginning and ends before its end`() throws {
        #expect(
            try lines {
                $0.from = .sinceStart(.milliseconds(1500))
                $0.until = .sinceStart(.milliseconds(2500))
            } == [5, 6, 8, 9, 10, 11])
    }

    @Test func `the wall clock is that of the moment`() throws {
        let tomorrow = HandMadeRecording.start.advanced(by: .seconds(80_000))
        #expect(try lines { $0.from = .utc(tomorrow) } == [18, 19, 20, 21])
        #expect(try lines { $0.until = .utc(HandMadeRecording.start) } == [])
    }
}
