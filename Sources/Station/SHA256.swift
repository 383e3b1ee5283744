private import CSodium

/// SHA-256 (FIPS 180-4).
enum SHA256 {
    static let byteCount = Int(crypto_hash_sha256_BYTES)

    static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
        return digest
    }
}
