extension Migration {
    /// Identity, pairing sessions, rotors and counters.
    ///
    /// Times are nanoseconds since 1970, `…_hash` is a token's hash and never the token.
    /// `STRICT`: a value of another type is refused. <https://www.sqlite.org/stricttables.html>
    static let version1 = Migration(
        version: 1,
        sql: """
            CREATE TABLE organizations (
                id TEXT PRIMARY KEY,
                name TEXT UNIQUE NOT NULL,
                created_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE users (
                id TEXT PRIMARY KEY,
                email TEXT UNIQUE NOT NULL,
                name TEXT NOT NULL,
                superuser INTEGER NOT NULL,
                staff INTEGER NOT NULL,
                permissions TEXT NOT NULL, -- JSON array
                created_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE tokens (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL,
                organization_id TEXT,
                name TEXT NOT NULL,
                hash BLOB UNIQUE NOT NULL,
                created_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE pairing_sessions (
                token_hash BLOB PRIMARY KEY,
                created_ns INTEGER NOT NULL,
                expires_ns INTEGER NOT NULL,
                is_paired INTEGER NOT NULL,
                device_info TEXT,
                last_target BLOB,
                last_mode BLOB
            ) STRICT;

            CREATE TABLE rotors (
                id INTEGER PRIMARY KEY,
                name TEXT UNIQUE NOT NULL,
                settings TEXT NOT NULL, -- JSON
                paired_token_hash BLOB,
                mode TEXT NOT NULL,
                target TEXT
            ) STRICT;

            CREATE TABLE counters (
                name TEXT PRIMARY KEY,
                value INTEGER NOT NULL
            ) STRICT;
            """)
}
