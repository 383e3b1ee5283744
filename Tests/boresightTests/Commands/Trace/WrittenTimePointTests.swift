import Engine
import Recording
import Testing

@testable import boresight

@Suite struct WrittenTimePointTests {
    static let times: [(String, WrittenTimePoint)] = [
        ("0", .sinceStart(.zero)), ("1.5s", .sinceStart(.milliseconds(1500))),
        ("2m", .sinceStart(.seconds(120))), ("1970-01-01T00:00:00Z", .utc(0)),
        ("2026-11-21T06:22:01.5Z", .utc(1_795_242_121_500_000_000)),
        ("2024-02-29T23:59:59Z", .utc(1_709_251_199_000_000_000)),
        ("00:00:01", .timeOfDay(1_000_000_000)),
        ("23:59:59.123456789Z", .timeOfDay(86_399_123_456_789)),
    ]

    @Test(arguments: times)
    func `a time is understood`(text: String, time: WrittenTimePoint) throws {
        #expect(try WrittenTimePoint(text: text) == time)
    }

    @Test(arguments: [
        "", "now", "-1s", "6:22:01", "24:00:00", "06:60:00", "06:22:01.", "06:22:01.1234567890",
        "2026-11-21", "2026-11-21T06:22:01", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-11-00T00:00:00Z", "1969-12-31T00:00:00Z", "99999-01-01T00:00:00Z", "Z", "TZ",
        "٢٠٢٦-11-21T06:22:01Z", "1e99s",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: TextValueProblem.self) { try WrittenTimePoint(text: text) }
    }

    /// What the writer of times says is what the reader of times understands.
    @Test(arguments: [0, 951_782_400, 1_709_164_800, 1_795_242_121, 4_107_542_399])
    func `a written time reads back`(seconds: Int64) throws {
        let time = UTCTime(nanoseconds: seconds * 1_000_000_000 + 250_000_000)
        #expect(try WrittenTimePoint(text: time.text(.microseconds)) == .utc(time.nanoseconds))
    }

    @Test func `a time of day is the next one after the start`() throws {
        let start = UTCTime(nanoseconds: 1_795_242_121_000_000_000)
        #expect(
            try WrittenTimePoint(text: "06:22:01").point(of: start) == .utc(start))
        #expect(
            try WrittenTimePoint(text: "06:22:00").point(of: start)
                == .utc(start.advanced(by: .seconds(86_399))))
    }
}
