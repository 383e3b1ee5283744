import Station
import Testing

@Suite struct SentTimeTests {
    @Test func `times are ordered, whole seconds and parts alike`() throws {
        let texts = [
            "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z",
            "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.75Z", "2026-01-01T00:00:01Z",
        ]
        let times = try texts.map { try #require(SentTime($0)) }
        #expect(times == times.sorted())
        #expect(Set(texts).count == texts.count)
        for (one, other) in zip(times, times.dropFirst()) { #expect(one < other) }
    }

    @Test(arguments: [
        "", "now", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00+01:00",
        "2026-01-01 00:00:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.5xZ",
        "2026-01-01T00:00:00,5Z", "2026-1-1T00:00:00Z", "２026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.0000000000001Z",
    ])
    func `anything else is no time`(_ text: String) {
        #expect(SentTime(text) == nil)
    }
}
