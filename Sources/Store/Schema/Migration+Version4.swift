extension Migration {
    /// Locations and their trails, and which device is where.
    static let version4 = Migration(
        version: 4,
        sql: """
            CREATE TABLE locations (
                id TEXT PRIMARY KEY,
                organization_id TEXT NOT NULL,
                name TEXT NOT NULL,
                address TEXT NOT NULL,
                type TEXT NOT NULL,
                is_mobile INTEGER NOT NULL,
                longitude REAL, -- where it was seen last, or before the trail began
                latitude REAL,
                altitude REAL,
                accuracy REAL,
                seen_ns INTEGER,
                source TEXT, -- whom it follows
                source_hash BLOB,
                created_ns INTEGER NOT NULL,
                modified_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE location_trails (
                location_id TEXT NOT NULL,
                chunk INTEGER NOT NULL,
                sightings BLOB NOT NULL, -- 40 bytes each
                PRIMARY KEY (location_id, chunk)
            ) STRICT, WITHOUT ROWID;

            ALTER TABLE devices ADD COLUMN key_hash BLOB; -- what the device reports with
            ALTER TABLE devices ADD COLUMN location_id TEXT;
            """)
}
