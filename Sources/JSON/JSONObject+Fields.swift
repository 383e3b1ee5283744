/// A member is missing or of the wrong type.
package struct JSONFieldError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The member's key.
    package let key: String
    /// What it must be, such as «a number».
    package let expected: String

    package init(key: String, expected: String) {
        self.key = key
        self.expected = expected
    }

    package var description: String { "\"\(key)\" must be \(expected)" }
}

/// Optional members by type: nil when the member is missing or null.
extension JSONObject {
    package func optionalString(_ key: String) throws(JSONFieldError) -> String? {
        try optional(key, "a text", \.stringValue)
    }

    package func optionalDouble(_ key: String) throws(JSONFieldError) -> Double? {
        try optional(key, "a number", \.doubleValue)
    }

    package func optionalInteger(_ key: String) throws(JSONFieldError) -> Int64? {
        try optional(key, "a whole number", \.integerValue)
    }

    private func optional<Value>(
        _ key: String, _ expected: String, _ read: (JSONValue) -> Value?
    ) throws(JSONFieldError) -> Value? {
        guard let value = self[key], value != .null else { return nil }
        guard let typed = read(value) else { throw JSONFieldError(key: key, expected: expected) }
        return typed
    }
}
