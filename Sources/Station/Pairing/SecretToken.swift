package import Engine

/// A secret that is shown once: 32 random bytes as base64url without padding, 43 characters.
///
/// RFC 4648 §5.
package struct SecretToken: Sendable {
    package let text: String

    /// Draws a new token from the core's entropy. Core only.
    package init(from core: Core) {
        text = Self.base64URL(core.entropy(32))
    }

    package var hash: SecretHash { SecretHash(of: text) }

    private static let characters = 43

    /// Whether a text has the form of a token. Every secret of the station has, whoever chose it,
    /// so that recordings and logs know one when they see it.
    static func isOne(_ text: String) -> Bool {
        text.utf8.count == characters && text.utf8.allSatisfy(alphabet.contains)
    }

    /// RFC 4648 §5, in its order.
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// What `isOne` accepts, as a regular expression (ECMA-262).
    package static let pattern = "[A-Za-z0-9_-]{\(characters)}"

    static func base64URL(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 4 / 3 + 1)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for digit in 0...group.count {
                text.append(alphabet[Int(bits >> UInt32(18 - 6 * digit) & 63)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
