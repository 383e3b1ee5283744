import Engine
import Testing

@Suite struct UTCTimeTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (951_827_696_123_456_789, "2000-02-29T12:34:56.123456Z"),
            (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000Z"),
            (1_795_176_000_000_000_000, "2026-11-20T12:00:00.000000Z"),
            (.min, "1677-09-21T00:12:43.145224Z"), (.max, "2262-04-11T23:47:16.854775Z"),
        ] as [(Int64, String)])
    func `a time is RFC 3339 in UTC`(_ nanoseconds: Int64, _ text: String) {
        let time = UTCTime(nanoseconds: nanoseconds)
        #expect(time.text(.microseconds) == text)
        #expect(time.text(.milliseconds) == text.prefix(23) + "Z")
        #expect(time.text() == text.prefix(19) + "Z")
    }

    @Test func `instants saturate instead of trapping`() {
        #expect(Instant.distantFuture.advanced(by: .seconds(1)) == .distantFuture)
        #expect(Instant(nanoseconds: .min).advanced(by: .seconds(-1)).nanoseconds == .min)
        let span = Instant(nanoseconds: .min).duration(to: .distantFuture)
        #expect(span.nanoseconds == .max)
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
        #expect(Duration.seconds(Int64.min).nanoseconds == .min)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600_000_000_000),
        ("2026-11-21T07:00:00.25Z", 1_795_244_400_250_000_000),
    ])
    func `times are read as they are written`(text: String, nanoseconds: Int64) {
        #expect(UTCTime(rfc3339: text)?.nanoseconds == nanoseconds)
        #expect(UTCTime(nanoseconds: nanoseconds).text() == String(text.prefix(19)) + "Z")
    }

    @Test(arguments: [
        ("2026-11-21t07:00:00z", 1_795_244_400_000_000_000),
        ("2026-11-21T08:30:00+01:30", 1_795_244_400_000_000_000),
        ("2026-11-20T23:15:00.5-07:45", 1_795_244_400_500_000_000),
        ("2026-11-21T07:00:00.1234567891234Z", 1_795_244_400_123_456_789),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000),
        ("5815-12-06T09:46:53+06:25", .max), ("0001-01-01T00:00:00Z", .min),
        ("2262-04-11T23:47:16.999999999Z", .max), ("1677-09-21T00:12:43Z", .min),
    ])
    func `whatever RFC 3339 allows is read`(text: String, nanoseconds: Int64) {
        #expect(UTCTime(rfc3339: text)?.nanoseconds == nanoseconds)
    }

    @Test(arguments: [
        "", "x", "2026-11-21", "2026-13-01T00:00:00Z", "2026-11-21T07:00:00",
        "2026-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-21T24:00:00Z",
        "2026-11-21T07:60:00Z", "2026-11-21T07:00:61Z", "2026-11-21T07:00:00.Z",
        "2026-11-21T07:00:00+0100", "2026-11-21T07:00:00+24:00", "2026-11-21T07:00:00 01:00",
        "2026-11-21 07:00:00Z", "2026-11-21T07:00:00ZZ", "2026-11-21T+7:00:00Z",
        "٢٠٢٦-11-21T07:00:00Z", "2026-11-21T07:00:00\u{0}",
    ])
    func `other texts are no times`(text: String) {
        #expect(UTCTime(rfc3339: text)?.nanoseconds == nil)
    }
}
