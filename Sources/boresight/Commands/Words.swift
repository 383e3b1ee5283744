import JSON

/// JSON values as people read them.
enum Words {
    /// The value with its unit; a dash when it is missing.
    static func text(_ value: JSONValue?, unit: String = "") -> String {
        switch value {
        case nil, .null: "-"
        case .bool(let value): value ? "yes" : "no"
        case .integer(let value): "\(value)" + unit
        case .number(let value): "\(value)" + unit
        case .string(let value): printable(value) + unit
        case .array(let values): values.map { text($0) }.joined(separator: ", ")
        case .object(let object): JSONValue.object(object).text
        }
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
