import JSON

/// The members of a body with their types, in the words of 003.
struct GameNightBody {
    let json: JSONObject

    init(_ json: JSONObject) {
        self.json = json
    }

    private func given(_ key: String) -> JSONValue? {
        json[key].flatMap { $0 == .null ? nil : $0 }
    }

    /// Nil when it is absent or null.
    func text(_ key: String) throws(APIError) -> String? {
        guard let value = given(key) else { return nil }
        guard let text = value.stringValue else { throw APIError(400, "\(key) must be a string") }
        return text
    }

    func integer(_ key: String) throws(APIError) -> Int? {
        guard let value = given(key) else { return nil }
        guard let number = value.integerValue else {
            throw APIError(400, "\(key) must be an integer")
        }
        return Int(clamping: number)
    }

    /// A flag, as true and false or as 1 and 0, which the API itself shows.
    func flag(_ key: String) throws(APIError) -> Bool? {
        switch given(key) {
        case nil: return nil
        case .bool(let flag)?: return flag
        case .integer(0)?: return false
        case .integer(1)?: return true
        default: throw APIError(400, "\(key) must be true or false")
        }
    }

    func required<Value>(_ key: String, _ value: Value?) throws(APIError) -> Value {
        guard let value else { throw APIError(400, "\(key) is required") }
        return value
    }
}
