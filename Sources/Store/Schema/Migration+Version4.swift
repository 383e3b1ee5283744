extension Migration {
    /// Passwords.
    static let version4 = Migration(
        version: 4,
        sql: """
            -- As crypto_pwhash_str of libsodium writes it; null: acts with tokens only.
            ALTER TABLE users ADD COLUMN password_hash TEXT;
            """)
}
