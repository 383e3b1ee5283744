private import CSodium

/// Codes that stand in for a lost authenticator: 80 random bits, in four groups of letters.
///
/// So many bits cannot be tried out, so a plain hash keeps them: it is not salted, and fast.
enum RecoveryCode {
    static let bytes = 10
    private static let group = 4

    static func text(of random: [UInt8]) -> String {
        let characters = Array(Base32.text(random).lowercased())
        return stride(from: 0, to: characters.count, by: group)
            .map { String(characters[$0..<min($0 + group, characters.count)]) }
            .joined(separator: "-")
    }

    /// The place of the code among those that a hash is kept of.
    static func index(of text: [UInt8], in hashes: [RecoveryHash]) -> Int? {
        hashes.firstIndex(of: hash(of: text))
    }

    /// Of the letters and digits, large or small, with whatever is between them.
    static func hash(of text: [UInt8]) -> RecoveryHash {
        let letters = text.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: nil
            }
        }
        var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        crypto_hash_sha256(&digest, letters, UInt64(letters.count))
        return RecoveryHash(stored: Base32.text(digest))
    }
}
