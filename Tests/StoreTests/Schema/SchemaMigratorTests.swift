import Engine
import Store
import Testing

@Suite struct SchemaMigratorTests {
    private let connection: SQLiteConnection

    init() throws {
        connection = try SQLiteConnection(path: ":memory:")
    }

    private func version() throws -> StoreValue? {
        try connection.rows("PRAGMA user_version").first?.first
    }

    @Test func `a fresh database gets every step`() throws {
        try SchemaMigrator().migrate(connection)
        #expect(try version() == .integer(SchemaMigrator().newestVersion))
        #expect(try StoreSchema(of: connection) == StoreSchema.current)
    }

    @Test func `a second run changes nothing`() throws {
        try SchemaMigrator().migrate(connection)
        try connection.run("INSERT INTO counters VALUES ('a', 1)")
        try SchemaMigrator().migrate(connection)
        #expect(try connection.rows("SELECT * FROM counters") == [[.text("a"), .integer(1)]])
    }

    @Test func `the newest version has the documented tables and columns`() throws {
        let columns = Dictionary(
            uniqueKeysWithValues: StoreSchema.current.tables.map {
                ($0.name, $0.columns.map(\.name).joined(separator: " "))
            })
        #expect(
            columns == [
                "organizations": "id name created_ns",
                "memberships": "organization_id user_id role created_ns",
                "users": "id email name superuser staff permissions created_ns password_hash",
                "tokens": "id user_id organization_id name hash created_ns is_mfa_verified",
                "pairing_sessions":
                    "token_hash created_ns expires_ns is_paired device_info last_target last_mode",
                "rotors":
                    "id name settings paired_token_hash mode target device_id paired_by ordered_by",
                "counters": "name value",
                "devices":
                    "id organization_id name mac_address platform type os_version created_ns "
                    + "modified_ns key_hash location_id",
                "locations":
                    "id organization_id name address type is_mobile longitude latitude altitude "
                    + "accuracy seen_ns source source_hash created_ns modified_ns",
                "location_trails": "location_id chunk sightings",
                "leases":
                    "id organization_id user_id device_id platform type name os_version created_ns "
                    + "expires_ns heartbeat_ns released_ns end_reason",
                "connections":
                    "id device_id driver parameters secrets created_ns modified_ns",
                "commands":
                    "id device_id connection_id user_id type input output status "
                    + "idempotency_key created_ns modified_ns",
                "games":
                    "id title pack_name min_players max_players length_minutes has_audience "
                    + "family_friendly game_type secondary_type enabled favor_bias play_count "
                    + "upvotes downvotes created_ns",
                "game_nights": "id notes created_ns closed_ns",
                "night_games":
                    "id night_id game_id manually_added status room_code played_ns player_count "
                    + "check_status",
                "night_votes":
                    "id night_id night_game_id game_id username is_up time_ns created_ns",
                "night_chats": "night_id number messages",
                "webhooks": "id name url secrets events enabled created_ns",
                "webhook_deliveries":
                    "id webhook_id event payload state attempts response_status error created_ns",
                "host_logins": "token_hash claims expires_ns",
                "workspaces": "id name type status description settings created_ns",
                "workspace_sessions":
                    "id user_id user_email workspace_id workspace_name workspace_type status "
                    + "started_ns ended_ns end_reason ip_address tunnel_status is_mfa_verified "
                    + "is_recorded",
                "second_factors": "user_id secrets is_confirmed last_step created_ns",
                "audit":
                    "number time_ns user_id user_email api action resource details ip_address "
                    + "is_success end_reason device_id session_id organization_id previous digest",
            ])
    }

    @Test func `the administrator of a first start owns its organisation from version 2 on`() throws
    {
        try SchemaMigrator(Array(Migration.all.prefix(1))).migrate(connection)
        try connection.execute(
            """
            INSERT INTO organizations VALUES ('o', 'Default', 1);
            INSERT INTO users VALUES ('u', 'admin@localhost', '', 1, 1, '[]', 2);
            """)
        try SchemaMigrator().migrate(connection)
        #expect(
            try connection.rows("SELECT * FROM memberships")
                == [[.text("o"), .text("u"), .text("owner"), .integer(2)]])
    }

    @Test func `an older database gets the steps it lacks and keeps its rows`() throws {
        try connection.execute(
            "CREATE TABLE a(x INTEGER); INSERT INTO a VALUES (5); PRAGMA user_version = 1")
        try SchemaMigrator([
            Migration(version: 1, sql: "CREATE TABLE a(x INTEGER)"),
            Migration(version: 2, sql: "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x"),
            Migration(version: 3, sql: "UPDATE a SET y = y + 1"),
        ]).migrate(connection)
        #expect(try connection.rows("SELECT x, y FROM a") == [[.integer(5), .integer(6)]])
        #expect(try version() == .integer(3))
    }

    @Test func `a step that fails leaves the version before it`() throws {
        let migrator = SchemaMigrator([
            Migration(version: 1, sql: "CREATE TABLE a(x INTEGER)"),
            Migration(version: 2, sql: "CREATE TABLE b(x INTEGER); INSERT INTO missing VALUES (1)"),
        ])
        #expect(throws: SchemaMigrator.Failure.self) { try migrator.migrate(connection) }
        #expect(try version() == .integer(1))
        #expect(
            try connection.rows("SELECT name FROM sqlite_schema") == [[.text("a")]])
        #expect(!connection.isInTransaction)
    }

    @Test func `a newer database is refused with both versions`() throws {
        try connection.execute("PRAGMA user_version = 9")
        let known = SchemaMigrator().newestVersion
        #expect(throws: SchemaMigrator.Failure.newer(found: 9, known: known)) {
            try SchemaMigrator().migrate(connection)
        }
    }

    @Test func `another program's database is refused`() throws {
        try connection.execute("CREATE TABLE songs(name TEXT)")
        #expect(throws: SchemaMigrator.Failure.foreign(table: "songs")) {
            try SchemaMigrator().migrate(connection)
        }
    }
}
