extension Migration {
    /// How devices are reached, and what they were told to do.
    static let version6 = Migration(
        version: 6,
        sql: """
            CREATE TABLE connections (
                id TEXT PRIMARY KEY,
                device_id TEXT NOT NULL,
                driver TEXT NOT NULL,
                parameters TEXT NOT NULL, -- JSON without secrets
                secrets TEXT NOT NULL, -- JSON; a recording replaces it
                created_ns INTEGER NOT NULL,
                modified_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE commands (
                id TEXT PRIMARY KEY,
                device_id TEXT NOT NULL,
                connection_id TEXT NOT NULL,
                user_id TEXT NOT NULL,
                type TEXT NOT NULL,
                input TEXT, -- JSON with passwords hidden
                output TEXT NOT NULL,
                status TEXT NOT NULL,
                idempotency_key TEXT,
                created_ns INTEGER NOT NULL,
                modified_ns INTEGER NOT NULL
            ) STRICT;
            """)
}
