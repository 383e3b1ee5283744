private import CGnuTLS
private import CSodium

/// Codes from a secret and the time (RFC 6238), as authenticators on phones make them: SHA-1, six
/// digits, half a minute each.
enum OneTimeCode {
    private static let periodSeconds: Int64 = 30
    /// Steps before and after: clocks are apart, and people take a while to type (RFC 6238 §5.2).
    private static let window: Int64 = 1
    private static let modulus: UInt32 = 1_000_000

    static func step(at seconds: Int64) -> Int64 {
        seconds / periodSeconds - (seconds % periodSeconds < 0 ? 1 : 0)
    }

    /// The step near that time whose code this is; nil for none of them.
    ///
    /// It takes as long for every text.
    static func step(
        of text: [UInt8], _ secret: FactorSecret, at seconds: Int64
    ) throws(PasswordError) -> Int64? {
        guard let key = Base32.bytes(secret.base32) else { throw .failed }
        let now = step(at: seconds)
        var found: Int64?
        for step in (now - window)...(now + window) {
            let code = Array(try code(key, counter: UInt64(bitPattern: step)).utf8)
            if text.count == code.count, sodium_memcmp(text, code, code.count) == 0 { found = step }
        }
        return found
    }

    /// The code of a counter (RFC 4226 §5.3).
    static func code(_ key: [UInt8], counter: UInt64) throws(PasswordError) -> String {
        let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> UInt64(56 - 8 * $0)) }
        var digest = [UInt8](repeating: 0, count: 20)
        let code = gnutls_hmac_fast(
            GNUTLS_MAC_SHA1, key, key.count, message, message.count, &digest)
        guard code == 0 else { throw .failed }
        // Four bytes from where the last four bits say, without the sign.
        let offset = Int(digest[19] & 15)
        let number = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let digits = String((number & 0x7FFF_FFFF) % modulus)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}
