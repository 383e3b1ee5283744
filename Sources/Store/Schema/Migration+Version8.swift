extension Migration {
    /// Workspaces and their sessions, second factors, and the audit.
    static let version8 = Migration(
        version: 8,
        sql: """
            CREATE TABLE workspaces (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                status TEXT NOT NULL, -- what it is besides being used
                description TEXT NOT NULL, -- JSON: what is only shown
                settings TEXT NOT NULL, -- JSON: driver, bounds, what is asked of its users
                created_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE workspace_sessions (
                id TEXT PRIMARY KEY,
                user_id TEXT NOT NULL,
                user_email TEXT NOT NULL,
                workspace_id TEXT NOT NULL,
                workspace_name TEXT NOT NULL, -- the workspace as it was then
                workspace_type TEXT NOT NULL,
                status TEXT NOT NULL,
                started_ns INTEGER NOT NULL,
                ended_ns INTEGER,
                end_reason TEXT,
                ip_address TEXT NOT NULL,
                tunnel_status TEXT NOT NULL,
                is_mfa_verified INTEGER NOT NULL,
                is_recorded INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE second_factors (
                user_id TEXT PRIMARY KEY,
                secrets TEXT NOT NULL, -- JSON; a recording replaces it
                is_confirmed INTEGER NOT NULL,
                last_step INTEGER NOT NULL, -- of time whose code was taken
                created_ns INTEGER NOT NULL
            ) STRICT;

            ALTER TABLE tokens ADD COLUMN is_mfa_verified INTEGER; -- null: no

            CREATE TABLE audit (
                number INTEGER PRIMARY KEY,
                time_ns INTEGER NOT NULL,
                user_id TEXT,
                user_email TEXT NOT NULL,
                api TEXT NOT NULL,
                action TEXT NOT NULL,
                resource TEXT NOT NULL,
                details TEXT NOT NULL,
                ip_address TEXT NOT NULL,
                is_success INTEGER NOT NULL,
                end_reason TEXT,
                device_id TEXT,
                session_id TEXT,
                organization_id TEXT,
                previous BLOB NOT NULL, -- the digest of the entry before
                digest BLOB NOT NULL
            ) STRICT;
            """)
}
