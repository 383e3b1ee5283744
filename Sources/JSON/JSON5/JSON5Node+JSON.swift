extension JSON5Node {
    /// The value without its places; what JSON has no number for is null.
    package var json: JSONValue {
        switch content {
        case .null: .null
        case .bool(let value): .bool(value)
        case .string(let text): .string(text)
        case .number(let text): Self.number(text)
        case .array(let elements): .array(elements.map(\.json))
        case .object(let members):
            .object(JSONObject(members.map { .init(key: $0.name, value: $0.value.json) }))
        }
    }

    private static func number(_ text: String) -> JSONValue {
        if let whole = Int64(text) { return .integer(whole) }
        guard let value = Double(text), value.isFinite else { return .null }
        return .number(value)
    }
}
