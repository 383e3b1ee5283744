extension Migration {
    /// Rotors that are leased.
    static let version7 = Migration(
        version: 7,
        sql: """
            ALTER TABLE rotors ADD COLUMN device_id TEXT; -- whose lease gives the rotor to one user
            ALTER TABLE rotors ADD COLUMN paired_by TEXT;
            ALTER TABLE rotors ADD COLUMN ordered_by TEXT; -- who chose mode or target
            """)
}
