/// The SHA-256 of a secret: what is kept and looked up instead of the secret itself.
package struct SecretHash: Sendable, Hashable {
    package let bytes: [UInt8]

    /// The hash of a secret that somebody presents.
    package init(of secret: String) {
        self.init(of: Array(secret.utf8))
    }

    package init(of secret: [UInt8]) {
        bytes = SHA256.hash(secret)
    }

    /// A hash as it was stored; nil when it has another length.
    package init?(stored bytes: [UInt8]) {
        guard bytes.count == SHA256.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The hash as a name: what topics are about.
    var text: String { SecretToken.base64URL(bytes) }
}
