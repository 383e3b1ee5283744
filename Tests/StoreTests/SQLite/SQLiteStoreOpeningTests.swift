import Engine
import Store
import Testing

@Suite struct SQLiteStoreOpeningTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open(_ path: String? = nil) throws(StoreError) -> SQLiteStore {
        try SQLiteStore(directory: path ?? directory.path, limits: .impatient)
    }

    private func script(_ sql: String) throws {
        try SQLiteConnection(path: directory.databasePath).execute(sql)
    }

    @Test func `the directories and files are for their owner alone`() throws {
        let store = try open("\(directory.path)/var/boresight")
        #expect(try directory.mode(of: "var") == 0o700)
        #expect(try directory.mode(of: "var/boresight") == 0o700)
        for file in ["boresight.db", "boresight.db-wal", "boresight.db-shm", "boresight.lock"] {
            #expect(try directory.mode(of: "var/boresight/\(file)") == 0o600, "\(file)")
        }
        try store.close()
    }

    @Test func `a database that others could read is closed to them`() throws {
        try script("PRAGMA user_version = 0")
        #expect(try directory.mode(of: "boresight.db") != 0o600)
        try open().close()
        #expect(try directory.mode(of: "boresight.db") == 0o600)
    }

    @Test func `the log is in use while open and folded in when closed`() throws {
        let store = try open()
        let reader = try SQLiteConnection(path: directory.databasePath, access: .readOnly)
        #expect(try reader.rows("PRAGMA journal_mode") == [[.text("wal")]])
        try store.close()
        #expect(try reader.rows("SELECT count(*) FROM counters") == [[.integer(0)]])
    }

    @Test func `after closing, the database file alone is complete`() async throws {
        let store = try open()
        store.commit([.counter("a", 1)]) {}
        try store.close()
        #expect(try directory.names() == ["boresight.db", "boresight.lock"])
        let reader = try SQLiteConnection(path: directory.databasePath, access: .readOnly)
        #expect(try reader.rows("SELECT value FROM counters") == [[.integer(1)]])
    }

    @Test func `a version 1 database made elsewhere opens with its rows`() throws {
        try script(
            """
            CREATE TABLE organizations (id TEXT PRIMARY KEY, name TEXT UNIQUE NOT NULL,
                created_ns INTEGER NOT NULL) STRICT;
            CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT UNIQUE NOT NULL,
                name TEXT NOT NULL, superuser INTEGER NOT NULL, staff INTEGER NOT NULL,
                permissions TEXT NOT NULL, created_ns INTEGER NOT NULL) STRICT;
            CREATE TABLE tokens (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, organization_id TEXT,
                name TEXT NOT NULL, hash BLOB UNIQUE NOT NULL, created_ns INTEGER NOT NULL) STRICT;
            CREATE TABLE pairing_sessions (token_hash BLOB PRIMARY KEY, created_ns INTEGER NOT NULL,
                expires_ns INTEGER NOT NULL, is_paired INTEGER NOT NULL, device_info TEXT,
                last_target BLOB, last_mode BLOB) STRICT;
            CREATE TABLE rotors (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL,
                settings TEXT NOT NULL, paired_token_hash BLOB, mode TEXT NOT NULL,
                target TEXT) STRICT;
            CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
            INSERT INTO rotors VALUES (3, 'roof', '{"min": 0}', x'01', 'park', NULL);
            PRAGMA user_version = 1;
            """)
        let store = try open()
        let rows = try store.rows(in: "rotors", orderedBy: "id")
        #expect(rows[column: "name"] == [.text("roof")])
        #expect(rows[column: "paired_token_hash"] == [.blob([1])])
        try store.close()
    }

    @Test func `a newer database is refused, names both versions and is left as it was`() throws {
        let newest = SchemaMigrator().newestVersion
        try script("CREATE TABLE counters(x); PRAGMA user_version = \(newest + 1)")
        let error = #expect(throws: StoreError.self) { try open() }
        let path = directory.databasePath
        #expect(error == .newerSchema(path: path, found: newest + 1, known: newest))
        #expect(error?.description.contains("version \(newest + 1)") == true)
        #expect(error?.description.contains("up to \(newest)") == true)
        let reader = try SQLiteConnection(path: directory.databasePath, access: .readOnly)
        #expect(try reader.rows("SELECT name FROM sqlite_schema") == [[.text("counters")]])
    }

    @Test(arguments: [
        ("CREATE TABLE songs(name TEXT)", "it holds songs and no version number"),
        (
            "CREATE TABLE songs(name TEXT); PRAGMA user_version = \(SchemaMigrator().newestVersion)",
            "table audit is missing"
        ),
    ])
    func `another program's database is refused`(sql: String, detail: String) throws {
        try script(sql)
        #expect(throws: StoreError.foreignSchema(path: directory.databasePath, detail: detail)) {
            try open()
        }
    }

    @Test func `another program's database of an older version is left as it was`() throws {
        try script("CREATE TABLE songs(name TEXT); PRAGMA user_version = 1")
        #expect(throws: StoreError.self) { try open() }
        let reader = try SQLiteConnection(path: directory.databasePath, access: .readOnly)
        #expect(try reader.rows("SELECT name FROM sqlite_schema") == [[.text("songs")]])
        #expect(try reader.rows("PRAGMA user_version") == [[.integer(1)]])
    }

    @Test func `a file that is no database is refused and left as it was`() throws {
        let bytes = [UInt8]("Dear diary, today the rotor followed the phone.\n".utf8)
        let file = Array(repeating: bytes, count: 100).flatMap { $0 }
        try directory.write(file, to: "boresight.db")
        #expect(throws: StoreError.notADatabase(path: directory.databasePath)) { try open() }
        #expect(try directory.read("boresight.db") == file)
    }

    @Test func `a damaged database is refused`() throws {
        let store = try open()
        for number in 0..<500 { store.commit([.counter("counter \(number)", 1)]) {} }
        try store.close()
        var file = try directory.read("boresight.db")
        // Every page but the first, which holds the header and the schema.
        for index in file.indices where index >= 4096 && index % 4096 < 64 { file[index] = 0xA5 }
        try directory.write(file, to: "boresight.db")
        let error = #expect(throws: StoreError.self) { try open() }
        guard case .corrupt(path: directory.databasePath, _) = error else {
            Issue.record("opening threw \(String(describing: error))")
            return
        }
    }

    @Test func `a directory in the database's place is refused`() throws {
        try open("\(directory.path)/boresight.db").close()
        let error = #expect(throws: StoreError.self) { try open() }
        guard case .directory(path: directory.databasePath, _) = error else {
            Issue.record("opening threw \(String(describing: error))")
            return
        }
    }

    @Test func `a file in the directory's place is refused`() throws {
        try directory.write([], to: "data")
        #expect(throws: StoreError.self) { try open("\(directory.path)/data") }
        #expect(throws: StoreError.self) { try open("\(directory.path)/data/deeper") }
    }

    @Test func `a database locked by another program is refused`() throws {
        let other = try SQLiteConnection(path: directory.databasePath)
        try other.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        let error = #expect(throws: StoreError.self) { try open() }
        guard case .database(_, let cause) = error else {
            Issue.record("opening threw \(String(describing: error))")
            return
        }
        // SQLITE_BUSY
        #expect(cause.code == 5)
        try other.execute("ROLLBACK")
    }

    @Test func `one data directory has one store, until it is closed`() throws {
        let first = try open()
        let error = #expect(throws: StoreError.self) { try open() }
        guard case .inUse(directory: directory.path, processID: .some) = error else {
            Issue.record("opening threw \(String(describing: error))")
            return
        }
        #expect(error?.description.contains("in use by process") == true)
        try first.close()
        try open().close()
    }

    @Test func `a store refused at opening does not keep the directory`() throws {
        try directory.write([UInt8](repeating: 1, count: 5000), to: "boresight.db")
        #expect(throws: StoreError.notADatabase(path: directory.databasePath)) { try open() }
        try directory.write([], to: "boresight.db")
        try open().close()
    }
}
