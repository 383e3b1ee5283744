import Engine
import Testing

@testable import Simulation

@Suite struct ReportTimeTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-20T12:00:01.250Z", 1_795_176_001_250_000_000),
        ("2024-02-29T23:59:60Z", 1_709_251_200_000_000_000),
        ("2026-11-20 12:00:01", 1_795_176_001_000_000_000),
        ("2000-03-01T00:00:00.1234567891Z", 951_868_800_123_456_789),
    ])
    func `a time is nanoseconds since 1970`(text: String, nanoseconds: Int64) {
        #expect(ReportTime.parse(text)?.nanoseconds == nanoseconds)
    }

    @Test func `what the engine writes is read back`() {
        for day in stride(from: Int64(0), to: 84_000, by: 37) {
            let time = UTCTime(nanoseconds: day * 86_400_000_000_000 + 3_723_456_000_000)
            #expect(ReportTime.parse(time.text(.microseconds)) == time)
        }
    }

    @Test(arguments: [
        "", "Z", "2026-11-20", "2026-13-20T12:00:00Z", "2026-11-20T25:00:00Z", "99999-1-1T0:0:0Z",
        "2026-11-20T12:00:0xZ", "२०२६-11-20T12:00:00Z", "2026-11-20T12:00:00.5.5Z",
        "-026-11-20T12:00:00Z",
    ])
    func `anything else is none`(text: String) {
        #expect(ReportTime.parse(text) == nil)
    }
}
