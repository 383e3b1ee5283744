private import CSodium
private import Glibc

/// Argon2id (RFC 9106) by libsodium, with its limits for interactive use: 64 MB, two passes.
///
/// <https://doc.libsodium.org/password_hashing/default_phf>
enum Argon2 {
    /// A hash that no known password has and that costs what any other does.
    static let nobodys = PasswordHash(
        stored: "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")

    /// Nil when there is no memory for it.
    static func hash(_ password: Password) -> PasswordHash? {
        // Also makes the library ready; a second call does nothing.
        guard sodium_init() >= 0 else { return nil }
        var text = [CChar](repeating: 0, count: crypto_pwhash_strbytes())
        let characters = password.bytes.map { CChar(bitPattern: $0) }
        let code = crypto_pwhash_str(
            &text, characters, UInt64(characters.count),
            UInt64(crypto_pwhash_opslimit_interactive()), crypto_pwhash_memlimit_interactive())
        guard code == 0 else { return nil }
        let stored = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return PasswordHash(stored: String(decoding: stored, as: UTF8.self))
    }

    /// Whether the hash is the password's; nil when there is no memory to find out.
    static func verify(_ password: Password, _ hash: PasswordHash) -> Bool? {
        guard sodium_init() >= 0 else { return nil }
        let characters = password.bytes.map { CChar(bitPattern: $0) }
        return hash.stored.withCString { stored in
            errno = 0
            let code = crypto_pwhash_str_verify(stored, characters, UInt64(characters.count))
            // The library says EINVAL for a mismatch, and nothing for want of memory.
            return code == 0 ? true : errno == EINVAL ? false : nil
        }
    }
}
