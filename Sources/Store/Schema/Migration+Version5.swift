extension Migration {
    /// Passwords.
    static let version5 = Migration(
        version: 5,
        sql: """
            -- As crypto_pwhash_str of libsodium writes it; null: acts with tokens only.
            ALTER TABLE users ADD COLUMN password_hash TEXT;
            """)
}
