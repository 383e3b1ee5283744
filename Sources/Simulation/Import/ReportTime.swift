import Engine

/// Reads times as gpsd and gpspipe write them.
enum ReportTime {
    /// `2026-11-20T12:00:01.250Z`, also with a blank for the `T` and without the `Z`; nil for
    /// anything else. Fractions below a nanosecond are cut.
    static func parse(_ text: some StringProtocol) -> UTCTime? {
        var text = Substring(text)
        if text.last == "Z" { text = text.dropLast() }
        let separators: Set<Character> = ["-", "T", ":", " ", "."]
        let fields = text.split(whereSeparator: { separators.contains($0) }).map { String($0) }
        guard fields.count == 6 || fields.count == 7, text.utf8.count >= 19,
            fields.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let numbers = fields.prefix(6).compactMap { Int64($0) }
        guard numbers.count == 6, zip(ranges, numbers).allSatisfy({ $0.contains($1) }) else {
            return nil
        }
        let days = UTCTime.daysSinceEpoch(
            year: numbers[0], month: numbers[1], day: numbers[2])
        let minutes = numbers[3] * 60 + numbers[4]
        let seconds = days * 86_400 + minutes * 60 + numbers[5]
        let fraction = fields.count == 7 ? nanoseconds(fraction: fields[6]) : 0
        return UTCTime(nanoseconds: seconds * 1_000_000_000 + fraction)
    }

    /// Of year, month, day, hour, minute and second, which may be a leap second.
    private static let ranges: [ClosedRange<Int64>] = [
        1970...2200, 1...12, 1...31, 0...23, 0...59, 0...60,
    ]

    private static func nanoseconds(fraction: String) -> Int64 {
        let digits = fraction.prefix(9)
        return Int64(digits + String(repeating: "0", count: 9 - digits.count)) ?? 0
    }
}
