/// An angle as written: decimal degrees, or `123d27m`, `123d27m36s`, with a sign in front.
struct Degrees: TextValue, Equatable {
    static let placeholder = "DEGREES"

    let value: Double

    init(_ value: Double) {
        self.value = value
    }

    init(text: String) throws(TextValueProblem) {
        guard let value = Self.decimal(text) ?? Self.sexagesimal(text), value.isFinite else {
            throw TextValueProblem("is not an angle in degrees, such as 123.45 or 123d27m")
        }
        self.value = value
    }

    private static func decimal(_ text: String) -> Double? {
        // Double's own reader also takes "nan", "inf" and hexadecimal.
        guard text.utf8.allSatisfy(isDecimalByte) else { return nil }
        return Double(text)
    }

    private static func isDecimalByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "+"):
            true
        default: false
        }
    }

    private static func sexagesimal(_ text: String) -> Double? {
        var rest = Substring(text)
        let isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        var total = 0.0
        var scale = 1.0
        for unit: Character in ["d", "m", "s"] {
            guard !rest.isEmpty else { break }
            guard let end = rest.firstIndex(of: unit),
                let part = decimal(String(rest[..<end])), part >= 0, unit == "d" || part < 60
            else { return nil }
            total += part * scale
            scale /= 60
            rest = rest[rest.index(after: end)...]
        }
        guard rest.isEmpty, scale < 1 else { return nil }
        return isNegative ? -total : total
    }
}
