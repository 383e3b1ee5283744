extension Migration {
    /// Devices, and who had them when.
    static let version3 = Migration(
        version: 3,
        sql: """
            CREATE TABLE devices (
                id TEXT PRIMARY KEY,
                organization_id TEXT NOT NULL,
                name TEXT NOT NULL,
                mac_address TEXT NOT NULL,
                platform TEXT NOT NULL,
                type TEXT NOT NULL,
                os_version TEXT NOT NULL,
                created_ns INTEGER NOT NULL,
                modified_ns INTEGER NOT NULL,
                UNIQUE (organization_id, name)
            ) STRICT;

            CREATE TABLE leases (
                id TEXT PRIMARY KEY,
                organization_id TEXT NOT NULL,
                user_id TEXT NOT NULL,
                device_id TEXT NOT NULL,
                platform TEXT NOT NULL, -- the device as it was then
                type TEXT NOT NULL,
                name TEXT NOT NULL,
                os_version TEXT NOT NULL,
                created_ns INTEGER NOT NULL,
                expires_ns INTEGER,
                heartbeat_ns INTEGER, -- how often its holder has to be heard
                released_ns INTEGER,
                end_reason TEXT
            ) STRICT;
            """)
}
