import JSON

/// Passwords and keys in requests, which can be anything and are known by the name that stands
/// before them.
extension Redaction {
    /// A request's body with the tokens and passwords in it replaced.
    ///
    /// A member whose name has `password`, `passphrase` or `secret` in it holds one, however deep,
    /// and so does `key`: among the `parameters` of a connection, and in the body itself, where it
    /// may be a token. What is not whole JSON is refused by the
    /// station; there, every character of such a member becomes an asterisk, so that it is refused
    /// for the same reason at the same place.
    func body(_ bytes: [UInt8]) -> [UInt8] {
        guard PasswordWord.mayBe(in: bytes) else { return text(bytes) }
        guard let value = try? JSONReader.read(bytes) else {
            return PasswordWord.masked(text(bytes))
        }
        let new = replaced(value, of: nil)
        return new == value ? bytes : new.bytes()
    }

    /// The secrets of a connection as they are stored, replaced like those of the request that
    /// brought them.
    func secrets(_ json: String) -> String {
        guard let value = try? JSONReader.read(Array(json.utf8)) else { return "{}" }
        return hidden(value).text
    }

    func query(_ query: String) -> String {
        let query = text(query)
        let bytes = Array(query.utf8)
        guard PasswordWord.mayBe(in: bytes) else { return query }
        return String(decoding: PasswordWord.masked(bytes), as: UTF8.self)
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
    private func replaced(_ value: JSONValue, of name: String?) -> JSONValue {
        switch value {
        case .array(let values): .array(values.map { replaced($0, of: name) })
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        let isSecret =
                            PasswordWord.isPart(of: member.key)
                            || (member.key == "key" && name == "parameters")
                        return JSONObject.Member(
                            key: text(member.key),
                            value: isSecret
                                ? hidden(member.value)
                                : member.key == "key" && name == nil
                                    ? key(member.value) : replaced(member.value, of: member.key))
                    }))
        case .string(let string): .string(text(string))
        case .null, .bool, .integer, .number: value
        }
    }

    /// A key of any form; one that is a token stays the same token everywhere.
    private func key(_ value: JSONValue) -> JSONValue {
        guard case .string(let string) = value else { return hidden(value) }
        let replaced = text(string)
        return .string(replaced == string ? password(string) : replaced)
    }

    private func hidden(_ value: JSONValue) -> JSONValue {
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

/// The words by which a password is found.
private enum PasswordWord {
    private static let words = ["password", "passphrase", "secret"].map { Array($0.utf8) }
    /// The end of a name that may be one, besides.
    private static let nameOfKey = Array(#"key""#.utf8)

    static func isPart(of key: String) -> Bool {
        words.contains { position(of: $0, in: Array(key.utf8)[...]) != nil }
    }

    /// Whether the word stands there, or an escape that it could hide behind.
    static func mayBe(in bytes: [UInt8]) -> Bool {
        position(in: bytes[...]) != nil || hasEscape(bytes)
    }

    /// The value behind each occurrence with asterisks for its characters: a string of JSON, or
    /// everything up to the end of a form's field.
    static func masked(_ bytes: [UInt8]) -> [UInt8] {
        // What is not UTF-8 stays so.
        let isText = (try? UTF8Span(validating: bytes.span)) != nil
        var masked = bytes
        for value in values(in: bytes) {
            for index in value where bytes[index] > 0x20 {
                masked[index] = isText || bytes[index] < 0x80 ? UInt8(ascii: "*") : 0xFF
            }
        }
        return masked
    }

    private static func values(in bytes: [UInt8]) -> [Range<Int>] {
        // Escapes could hide the word; then everything that is said is hidden.
        guard !hasEscape(bytes) else { return [bytes.indices] }
        var values: [Range<Int>] = []
        var start = bytes.startIndex
        while let found = position(in: bytes[start...]) {
            let value = value(in: bytes, after: found)
            values.append(value)
            start = max(value.upperBound, found + 1)
        }
        return values
    }

    /// Where the value of the member or field stands whose name begins before `name`.
    private static func value(in bytes: [UInt8], after name: Int) -> Range<Int> {
        let quote = UInt8(ascii: "\"")
        let end = bytes[name...].firstIndex { $0 == quote || $0 == UInt8(ascii: "=") }
        guard let end else { return name..<bytes.endIndex }
        let rest = bytes[(end + 1)...]
        if bytes[end] == UInt8(ascii: "=") {
            return rest.startIndex..<(rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex)
        }
        let first = rest.firstIndex { $0 > 0x20 && $0 != UInt8(ascii: ":") }
        guard let first, bytes[first] == quote else { return rest.startIndex..<rest.endIndex }
        var last = first + 1
        while last < bytes.endIndex, bytes[last] != quote {
            last += bytes[last] == UInt8(ascii: "\\") ? 2 : 1
        }
        return first + 1..<min(last, bytes.endIndex)
    }

    private static func hasEscape(_ bytes: [UInt8]) -> Bool {
        zip(bytes, bytes.dropFirst()).contains {
            $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "u")
        }
    }

    /// Where the first of the words begins.
    private static func position(in bytes: ArraySlice<UInt8>) -> Int? {
        (words + [nameOfKey]).compactMap { position(of: $0, in: bytes) }.min()
    }

    /// Where the word begins, in capital or small letters.
    private static func position(of word: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= word.count else { return nil }
        return (bytes.startIndex...bytes.endIndex - word.count).first { start in
            zip(bytes[start...], word).allSatisfy { $0 | 0x20 == $1 }
        }
    }
}
