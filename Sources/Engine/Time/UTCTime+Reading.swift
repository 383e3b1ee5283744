extension UTCTime {
    /// Reads a time as RFC 3339 §5.6 has it, with any offset; nil for any other text.
    ///
    /// Digits beyond nanoseconds are cut off. A year that nanoseconds do not reach gives the first
    /// or the last moment that they do: to whoever compares, that is the same.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
            let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19]),
            (1...12).contains(month), (1...Self.days(ofMonth: month, in: year)).contains(day),
            // A leap second is the first of the next minute.
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var rest = bytes[19...]
        guard let fraction = Self.fraction(&rest), let offset = Self.offset(rest) else {
            return nil
        }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = whole.addingReportingOverflow(fraction)
        self.init(nanoseconds: overflow || sumOverflow ? seconds < 0 ? .min : .max : sum)
    }

    /// Takes a fraction of the second, if there is one; its nanoseconds.
    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard rest.first == UInt8(ascii: ".") else { return 0 }
        rest = rest.dropFirst()
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(digits.count)
        let nine = digits.prefix(9)
        guard !digits.isEmpty, var value = number(nine) else { return nil }
        for _ in nine.count..<9 { value *= 10 }
        return value
    }

    /// Seconds east of Greenwich.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
        if text.count == 1, let letter = text.first, letter | 0x20 == UInt8(ascii: "z") { return 0 }
        let digits = text.dropFirst()
        guard digits.count == 5, let sign = text.first, let hours = number(digits.prefix(2)),
            digits.dropFirst(2).first == UInt8(ascii: ":"),
            let minutes = number(digits.suffix(2)), hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        switch sign {
        case UInt8(ascii: "+"): return seconds
        case UInt8(ascii: "-"): return -seconds
        default: return nil
        }
    }

    private static func days(ofMonth month: Int64, in year: Int64) -> Int64 {
        let (nextYear, nextMonth) = month == 12 ? (year + 1, 1) : (year, month + 1)
        return daysSinceEpoch(year: nextYear, month: nextMonth, day: 1)
            - daysSinceEpoch(year: year, month: month, day: 1)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(String(decoding: digits, as: UTF8.self))
    }
}
