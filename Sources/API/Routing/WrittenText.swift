import JSON

/// Texts of a body, with the words of 002 for one that is none.
enum WrittenText {
    /// Nil when the member is absent or null.
    static func optional(_ body: JSONObject, _ key: String) throws(APIError) -> String? {
        switch body[key] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw APIError(field: key, "Not a valid string.")
        }
    }
}
