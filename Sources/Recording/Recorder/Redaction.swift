import Engine

/// Replaces secrets by pseudonyms that keep a replay working.
///
/// A secret is a token of the station: 43 characters of base64url (RFC 4648 §5). The station keeps
/// SHA-256 hashes only, so a pseudonym follows from a token's hash under a key that is never
/// written: the same token gets the same pseudonym everywhere, a stored hash becomes the hash of
/// the pseudonym, and nobody can go back.
package struct Redaction: Sendable {
    private let key: [UInt8]

    /// What stands for the hash of a password, which the station only keeps and hands on.
    static let passwordHash = "redacted"

    private static let tokenBytes = 32
    private static let tokenCharacters = 43

    /// - Parameter key: 32 secret random bytes, made anew for every recording.
    package init(key: [UInt8]) {
        self.key = key
    }

    /// The text with every token in it replaced.
    func text(_ text: String) -> String {
        guard text.utf8.count >= Self.tokenCharacters else { return text }
        var text = text
        let tokens = text.withUTF8 { Self.tokens(in: $0) }
        guard !tokens.isEmpty else { return text }
        return String(decoding: replace(tokens, in: Array(text.utf8)), as: UTF8.self)
    }

    /// The same for a text that is at hand as bytes.
    func text(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= Self.tokenCharacters else { return bytes }
        return replace(bytes.withUnsafeBufferPointer { Self.tokens(in: $0) }, in: bytes)
    }

    /// A pseudonym is as long as its token.
    private func replace(_ tokens: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for token in tokens {
            let pseudonym = pseudonym(ofHash: Digest.sha256(Array(bytes[token])))
            bytes.replaceSubrange(token, with: Base64URL.text(pseudonym))
        }
        return bytes
    }

    /// Where there are exactly as many token characters in a row as a token has.
    ///
    /// No run of that length fits between two looks that are as far apart as a token is long, so
    /// most of a text is never looked at.
    private static func tokens(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var tokens: [Range<Int>] = []
        var look = tokenCharacters - 1
        while look < text.count {
            guard isTokenCharacter[Int(text[look])] else {
                look += tokenCharacters
                continue
            }
            var start = look
            while start > 0, isTokenCharacter[Int(text[start - 1])] { start -= 1 }
            var end = look + 1
            while end < text.count, isTokenCharacter[Int(text[end])] { end += 1 }
            start += escape(at: start, in: text)
            if end - start == tokenCharacters, !isFingerprint(start, in: text) {
                tokens.append(start..<end)
            }
            look = end + tokenCharacters
        }
        return tokens
    }

    /// How many characters from there belong to an escape of JSON (RFC 8259 §7) and not to a token.
    private static func escape(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        var slash = start
        while slash > 0, text[slash - 1] == UInt8(ascii: "\\") { slash -= 1 }
        guard (start - slash) % 2 == 1 else { return 0 }
        switch text[start] {
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"):
            return 1
        case UInt8(ascii: "u"): return 5
        default: return 0
        }
    }

    /// OpenSSH's fingerprints of keys look like tokens and are no secrets.
    private static func isFingerprint(
        _ start: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let word = "SHA256:".utf8
        guard start >= word.count else { return false }
        return zip(text[(start - word.count)..<start], word).allSatisfy { $0 == $1 }
    }

    /// The bytes that a token's pseudonym is made of, for the draw that made the token.
    func draw(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count == Self.tokenBytes else { return bytes }
        return pseudonym(ofHash: Digest.sha256(Base64URL.text(bytes)))
    }

    /// A row with the tokens in its texts replaced, and their hashes by those of their pseudonyms.
    func row(_ row: StoreRow) -> StoreRow {
        StoreRow(
            columns: row.columns.map { column in
                if column.name == "password_hash", column.value != .null {
                    return StoreRow.Column(
                        name: column.name, value: .text(Self.passwordHash))
                }
                if column.name == "secrets", case .text(let json) = column.value {
                    return StoreRow.Column(name: column.name, value: .text(secrets(json)))
                }
                if case .text(let text) = column.value {
                    return StoreRow.Column(name: column.name, value: .text(self.text(text)))
                }
                guard column.name.hasSuffix("hash"), case .blob(let hash) = column.value,
                    hash.count == Self.tokenBytes
                else { return column }
                let stored = Digest.sha256(Base64URL.text(pseudonym(ofHash: hash)))
                return StoreRow.Column(name: column.name, value: .blob(stored))
            })
    }

    /// What stands for a password: as long, and with the same spaces and control characters, so
    /// that a replay refuses what was refused, and equal for equal ones. Asterisks stay: they stand
    /// for a password already.
    func password(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 == UInt8(ascii: "*") }) else { return text }
        let digest = Base64URL.text(Digest.keyed(Array("password \(text)".utf8), key: key))
        let scalars = text.unicodeScalars.enumerated().map { index, scalar in
            scalar.value <= 0x20 || scalar.value == 0x7F
                ? scalar : Unicode.Scalar(digest[index % digest.count])
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private func pseudonym(ofHash hash: [UInt8]) -> [UInt8] {
        Digest.keyed(hash, key: key)
    }

    /// By the byte: letters, digits, hyphen and underscore.
    private static let isTokenCharacter: [Bool] = (0...255).map { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// Base64 for URLs, without padding (RFC 4648 §5).
private enum Base64URL {
    static func text(_ bytes: [UInt8]) -> [UInt8] {
        Base64.text(bytes).utf8.compactMap { character in
            switch character {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: character
            }
        }
    }
}
