import JSON

/// Passwords and keys in requests, which can be anything and are known by the name that stands
/// before them.
extension Redaction {
    /// A request's body with the tokens and passwords in it replaced.
    ///
    /// A member whose name has one of the words of `SecretNames` in it holds one, however deep, and
    /// so does `key`: among the `parameters` of a connection, and in the body itself, where it may
    /// be a token. What is not whole JSON is refused by the station; there, every character of such
    /// a member becomes an asterisk, so that it is refused for the same reason at the same place.
    func body(_ bytes: [UInt8], to path: String = "") -> [UInt8] {
        let names = SecretNames(path)
        guard names.mayBe(in: bytes) else { return text(bytes) }
        guard let value = try? JSONReader.read(bytes) else { return names.masked(text(bytes)) }
        let new = replaced(value, of: nil, names)
        return new == value ? bytes : new.bytes()
    }

    /// The secrets of a connection as they are stored, replaced like those of the request that
    /// brought them.
    func secrets(_ json: String) -> String {
        guard let value = try? JSONReader.read(Array(json.utf8)) else { return "{}" }
        return hidden(value).text
    }

    func query(_ query: String, to path: String = "") -> String {
        let query = text(query)
        let bytes = Array(query.utf8)
        let names = SecretNames(path)
        guard names.mayBe(in: bytes) else { return query }
        return String(decoding: names.masked(bytes), as: UTF8.self)
    }

    /// A header's value; the password of RFC 7617 is of no use here, and some send it anyway.
    func header(_ name: String, _ value: String) -> String {
        let word = value.prefix { $0 != " " }
        guard name.lowercased().hasSuffix("authorization"), word.lowercased() == "basic" else {
            return text(value)
        }
        return word + " ********"
    }

    /// Text by text, so that no escape is taken for a character of a token.
    ///
    /// - Parameter name: of the member that has the value.
    private func replaced(
        _ value: JSONValue, of name: String?, _ names: SecretNames
    ) -> JSONValue {
        switch value {
        case .array(let values): .array(values.map { replaced($0, of: name, names) })
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        let isSecret =
                            names.arePart(of: member.key)
                            || (member.key == "key" && name == "parameters")
                        return JSONObject.Member(
                            key: text(member.key),
                            value: isSecret
                                ? hidden(member.value)
                                : member.key == "key" && name == nil
                                    ? key(member.value)
                                    : replaced(member.value, of: member.key, names))
                    }))
        case .string(let string): .string(text(string))
        case .null, .bool, .integer, .number: value
        }
    }

    /// A key of any form; one that is a token stays the same token everywhere.
    func key(_ value: JSONValue) -> JSONValue {
        guard case .string(let string) = value else { return hidden(value) }
        let replaced = text(string)
        return .string(replaced == string ? password(string) : replaced)
    }

    func hidden(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(password(text))
        case .integer, .number: .integer(0)
        case .array(let values): .array(values.map { hidden($0) })
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map {
                        JSONObject.Member(key: $0.key, value: hidden($0.value))
                    }))
        case .null, .bool: value
        }
    }
}
