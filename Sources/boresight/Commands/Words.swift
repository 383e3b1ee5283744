import JSON

/// JSON values as people read them.
enum Words {
    /// The value with its unit; a dash when it is missing or empty.
    static func text(_ value: JSONValue?, unit: String = "") -> String {
        switch value {
        case nil, .null, .string(""), .array([]): "-"
        case .bool(let value): value ? "yes" : "no"
        case .integer(let value): "\(value)" + unit
        case .number(let value): "\(value)" + unit
        case .string(let value): printable(value) + unit
        case .array(let values): values.map { text($0) }.joined(separator: ", ")
        case .object(let object): JSONValue.object(object).text
        }
    }

    /// A number of things, such as `1 line` or `3 lines`.
    static func count(_ number: Int, _ thing: String) -> String {
        "\(number) \(thing)" + (number == 1 ? "" : "s")
    }

    /// Seconds with milliseconds.
    static func seconds(_ seconds: Double) -> String {
        let text = "\((seconds * 1000).rounded() / 1000)"
        return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " s"
    }

    /// A number with so many decimals, right-aligned.
    static func decimal(_ value: Double, _ places: Int, width: Int = 0) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        guard let all = Int64(exactly: (abs(value) * scale).rounded()) else { return "\(value)" }
        let fraction = String(all % Int64(scale))
        let zeros = String(repeating: "0", count: places - fraction.count)
        let sign = value < 0 && all > 0 ? "-" : ""
        let text = sign + "\(all / Int64(scale))" + (places > 0 ? ".\(zeros)\(fraction)" : "")
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// A trace hash as recordings write it.
    static func trace(_ trace: UInt64) -> String {
        let digits = String(trace, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Text from elsewhere without control characters, which a terminal would obey.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0.properties.generalCategory == .control ? "\u{FFFD}" : $0
                }))
    }
}
