import JSON

/// A member of a body that is one of several words (002).
enum Choice {
    /// - Parameter base: what counts where the body says nothing; nil makes the member required.
    static func read<Word: RawRepresentable<String>>(
        _ body: JSONObject, _ key: String, base: Word? = nil
    ) throws(APIError) -> Word {
        switch body[key] {
        case nil:
            guard let base else { throw APIError(field: key, "This field is required.") }
            return base
        case .null?: throw APIError(field: key, "This field may not be null.")
        case .string(let text)?:
            guard let word = Word(rawValue: text) else {
                throw APIError(field: key, "\"\(text)\" is not a valid choice.")
            }
            return word
        case let value?:
            throw APIError(field: key, "\"\(value.text)\" is not a valid choice.")
        }
    }
}
