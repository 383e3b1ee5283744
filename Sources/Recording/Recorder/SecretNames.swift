/// The words in the names of members by which passwords and codes are found.
struct SecretNames {
    private static let usual = ["password", "passphrase", "secret", "totp", "recover"]
        .map { Array($0.utf8) }
    /// What has many meanings, and where second factors are spoken of but one.
    private static let code = Array("code".utf8)
    /// The end of a name that may be one, besides.
    private static let nameOfKey = Array(#"key""#.utf8)

    private let words: [[UInt8]]

    /// - Parameter path: where the request goes.
    init(_ path: String) {
        let isOfFactors = path.contains("second-factor") || path.contains("/mfa")
        words = Self.usual + (isOfFactors ? [Self.code] : [])
    }

    func arePart(of key: String) -> Bool {
        position(of: words, in: Array(key.utf8)[...]) != nil
    }

    /// Whether the word stands there, or an escape that it could hide behind.
    func mayBe(in bytes: [UInt8]) -> Bool {
        position(in: bytes[...]) != nil || hasEscape(bytes)
    }

    /// The value behind each occurrence with asterisks for its characters: a string of JSON, or
    /// everything up to the end of a form's field.
    func masked(_ bytes: [UInt8]) -> [UInt8] {
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

    private func values(in bytes: [UInt8]) -> [Range<Int>] {
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
    private func value(in bytes: [UInt8], after name: Int) -> Range<Int> {
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

    private func hasEscape(_ bytes: [UInt8]) -> Bool {
        zip(bytes, bytes.dropFirst()).contains {
            $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "u")
        }
    }

    /// Where the first of the words begins.
    private func position(in bytes: ArraySlice<UInt8>) -> Int? {
        position(of: words + [Self.nameOfKey], in: bytes)
    }

    /// Where the first of them begins, in capital or small letters.
    private func position(of words: [[UInt8]], in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.indices.first { start in
            words.contains { word in
                bytes[start] | 0x20 == word[0] && bytes.endIndex - start >= word.count
                    && zip(bytes[start...], word).allSatisfy { $0 | 0x20 == $1 }
            }
        }
    }
}
