extension Migration {
    /// Passwords, and rotors that are leased.
    static let version5 = Migration(
        version: 5,
        sql: """
            -- As crypto_pwhash_str of libsodium writes it; null: acts with tokens only.
            ALTER TABLE users ADD COLUMN password_hash TEXT;

            ALTER TABLE rotors ADD COLUMN device_id TEXT; -- whose lease gives the rotor to one user
            ALTER TABLE rotors ADD COLUMN paired_by TEXT;
            ALTER TABLE rotors ADD COLUMN ordered_by TEXT; -- who chose mode or target
            """)
}
