import Engine
import Recording

/// A moment of a recording as written: `90s` since its start, or a time in UTC (RFC 3339) with or
/// without its date.
enum WrittenTimePoint: TextValue, Equatable {
    case sinceStart(Duration)
    /// Nanoseconds since 1970.
    case utc(Int64)
    /// Nanoseconds since midnight: of the day of the start, or of the next one when the clock was
    /// later than that at the start.
    case timeOfDay(Int64)

    static let placeholder = "TIME"

    private static let day: Int64 = 86_400_000_000_000

    init(text: String) throws(TextValueProblem) {
        // The start itself is no duration that anything could wait for, but a moment.
        if text == "0" || text == "0s" {
            self = .sinceStart(.zero)
        } else if let written = try? WrittenDuration(text: text) {
            self = .sinceStart(written.duration)
        } else if let time = Self.timeOfDay(text.hasSuffix("Z") ? text.dropLast() : text[...]) {
            self = .timeOfDay(time)
        } else if let utc = Self.utc(text) {
            self = .utc(utc)
        } else {
            throw TextValueProblem(
                "is not a time such as 90s, 06:22:01 or 2026-11-21T06:22:01.5Z")
        }
    }

    /// - Parameter start: the wall clock at the start of the recording.
    func point(of start: UTCTime) -> TimePoint {
        switch self {
        case .sinceStart(let duration): return .sinceStart(duration)
        case .utc(let nanoseconds): return .utc(UTCTime(nanoseconds: nanoseconds))
        case .timeOfDay(let time):
            let into = start.nanoseconds % Self.day
            let wait = time >= into ? time - into : time - into + Self.day
            return .utc(start.advanced(by: .nanoseconds(wait)))
        }
    }

    private static func utc(_ text: String) -> Int64? {
        guard text.hasSuffix("Z"), let separator = text.firstIndex(of: "T") else { return nil }
        let date = text[..<separator].split(separator: "-", omittingEmptySubsequences: false)
        guard date.count == 3, let year = digits(date[0], count: 4),
            let month = digits(date[1], count: 2), let dayOfMonth = digits(date[2], count: 2),
            (1970...2200).contains(year), (1...12).contains(month),
            (1...daysIn(month, of: year)).contains(dayOfMonth),
            let time = timeOfDay(text[text.index(after: separator)...].dropLast())
        else { return nil }
        var days: Int64 = 0
        for earlier in 1970..<year { days += isLeap(earlier) ? 366 : 365 }
        for earlier in 1..<month { days += daysIn(earlier, of: year) }
        return (days + dayOfMonth - 1) * day + time
    }

    /// `HH:MM:SS` with an optional fraction.
    private static func timeOfDay(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = digits(parts[0], count: 2),
            let minute = digits(parts[1], count: 2), (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        let pieces = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count <= 2, let second = digits(pieces[0], count: 2), (0..<60).contains(second)
        else { return nil }
        var fraction: Int64 = 0
        if pieces.count == 2 {
            guard (1...9).contains(pieces[1].count),
                let value = digits(pieces[1], count: pieces[1].count)
            else { return nil }
            fraction = (pieces[1].count..<9).reduce(value) { value, _ in value * 10 }
        }
        return ((hour * 60 + minute) * 60 + second) * 1_000_000_000 + fraction
    }

    private static func digits(_ text: Substring, count: Int) -> Int64? {
        guard text.count == count, text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return nil
        }
        return Int64(text)
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func daysIn(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
