import JSON

/// The members of a request's body with their types; a wrong one is a 400 that names it.
struct BodyFields {
    private let body: JSONObject

    init(_ body: JSONObject) {
        self.body = body
    }

    func text(_ key: String) throws(APIError) -> String {
        guard let text = try optionalText(key) else { throw Self.wrong(key, "a text") }
        return text
    }

    /// Nil when the member is absent or null.
    func optionalText(_ key: String) throws(APIError) -> String? {
        switch body[key] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw Self.wrong(key, "a text")
        }
    }

    func optionalFlag(_ key: String) throws(APIError) -> Bool? {
        switch body[key] {
        case nil, .null?: return nil
        case .bool(let flag)?: return flag
        default: throw Self.wrong(key, "true or false")
        }
    }

    /// Seconds within what a duration of nanoseconds holds.
    static let seconds = 0...9e9

    /// A number of seconds; nil when the member is absent or null.
    func optionalSeconds(_ key: String) throws(APIError) -> Duration? {
        switch body[key] {
        case nil, .null?: return nil
        case let value?:
            guard let seconds = value.doubleValue, Self.seconds.contains(seconds) else {
                throw Self.wrong(key, "a number of seconds")
            }
            return .seconds(seconds)
        }
    }

    func optionalTexts(_ key: String) throws(APIError) -> [String]? {
        switch body[key] {
        case nil, .null?: return nil
        case .array(let values)?:
            var texts: [String] = []
            for value in values {
                guard let text = value.stringValue else { throw Self.wrong(key, "a list of texts") }
                texts.append(text)
            }
            return texts
        default: throw Self.wrong(key, "a list of texts")
        }
    }

    private static func wrong(_ key: String, _ kind: String) -> APIError {
        APIError(400, "\"\(key)\" must be \(kind)")
    }
}
