private import CSodium

/// The key that hosts of game nights share. Whoever shows it gets a token that it has signed.
package struct HostKey: HostKeyEdge, CustomStringConvertible {
    private let secret: [UInt8]

    /// - Parameter text: what hosts type in; white space around it does not count.
    package init?(_ text: String) {
        let trimmed = Self.trimmed(Array(text.utf8))
        guard !trimmed.isEmpty else { return nil }
        secret = trimmed
    }

    /// How many random bytes a key is drawn from.
    package static let drawnBytes = 32

    /// A key that nobody has to think of: in the form of every secret of the station.
    package static func drawn(from random: [UInt8]) -> String { base64URL(random) }

    package var description: String { "********" }

    /// A JSON Web Token with HS256 (RFC 7515 appendix A.1, RFC 7518 §3.2), whose secret is the key.
    package func token(for key: Password, issuedAt: Int64, expiresAt: Int64) -> String? {
        guard isTheSame(Self.trimmed(key.bytes)) else { return nil }
        let header = Self.base64URL(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
        let claims = Self.base64URL(
            Array(#"{"role":"admin","iat":\#(issuedAt),"exp":\#(expiresAt)}"#.utf8))
        let signed = header + "." + claims
        return signed + "." + Self.base64URL(signature(of: Array(signed.utf8)))
    }

    /// Takes as long for every key of a length.
    private func isTheSame(_ key: [UInt8]) -> Bool {
        key.count == secret.count && sodium_memcmp(key, secret, secret.count) == 0
    }

    private func signature(of bytes: [UInt8]) -> [UInt8] {
        var state = crypto_auth_hmacsha256_state()
        crypto_auth_hmacsha256_init(&state, secret, secret.count)
        crypto_auth_hmacsha256_update(&state, bytes, UInt64(bytes.count))
        var signature = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        crypto_auth_hmacsha256_final(&state, &signature)
        return signature
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed())
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        let variant = Int32(sodium_base64_VARIANT_URLSAFE_NO_PADDING)
        var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, variant))
        sodium_bin2base64(&text, text.count, bytes, bytes.count, variant)
        return String(decoding: text.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
