/// A wall-clock time: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// In the core it is derived from engine time and an offset that enters as an input, so that a
/// replay sees the recorded wall clock.
package struct UTCTime: Sendable, Hashable, Comparable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static func < (lhs: UTCTime, rhs: UTCTime) -> Bool {
        lhs.nanoseconds < rhs.nanoseconds
    }

    package func advanced(by duration: Duration) -> UTCTime {
        UTCTime(nanoseconds: Instant(nanoseconds: nanoseconds).advanced(by: duration).nanoseconds)
    }

    package func duration(to other: UTCTime) -> Duration {
        Instant(nanoseconds: nanoseconds).duration(to: Instant(nanoseconds: other.nanoseconds))
    }
}

extension UTCTime {
    /// How many digits of the second a text shows.
    package enum Precision: Sendable {
        case seconds
        case milliseconds
        case microseconds
        /// Microseconds, left out when they are zero, as Python writes times.
        case microsecondsIfAny
    }

    /// The time as RFC 3339 in UTC with `Z`, cut (not rounded) to the precision.
    package func text(_ precision: Precision = .seconds) -> String {
        let (seconds, fraction) = flooredDivision(nanoseconds, by: 1_000_000_000)
        let (days, secondOfDay) = flooredDivision(seconds, by: 86_400)
        let (year, month, day) = Self.civilDate(daysSinceEpoch: days)
        var text = Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
        text += "T" + Self.padded(secondOfDay / 3600, 2)
        text += ":" + Self.padded(secondOfDay / 60 % 60, 2)
        text += ":" + Self.padded(secondOfDay % 60, 2)
        switch precision {
        case .seconds: break
        case .milliseconds: text += "." + Self.padded(fraction / 1_000_000, 3)
        case .microsecondsIfAny where fraction < 1000: break
        case .microseconds, .microsecondsIfAny: text += "." + Self.padded(fraction / 1000, 6)
        }
        return text + "Z"
    }

    /// The proleptic Gregorian date of a day number; the calendar repeats every 400 years.
    private static func civilDate(daysSinceEpoch: Int64) -> (Int64, Int64, Int64) {
        // Counted from 1 March of year 0, so that the leap day is the last of its year.
        let (era, dayOfEra) = flooredDivision(daysSinceEpoch + 719_468, by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }

    /// The day number of a Gregorian date: the way back from a text.
    package static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        // Counted in years that begin in March, so that the leap day is the last.
        let marchYear = month <= 2 ? year - 1 : year
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return marchYear * 365 + leapDays + dayOfYear - 719_468
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value.magnitude)
        let zeros = String(repeating: "0", count: max(0, width - digits.count))
        return (value < 0 ? "-" : "") + zeros + digits
    }
}

private func flooredDivision(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
    var (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    if remainder < 0 {
        quotient -= 1
        remainder += divisor
    }
    return (quotient, remainder)
}
