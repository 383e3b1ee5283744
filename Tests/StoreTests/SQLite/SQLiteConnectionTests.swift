import Engine
import Store
import Testing

@Suite struct SQLiteConnectionTests {
    private let connection: SQLiteConnection

    init() throws {
        connection = try SQLiteConnection(path: ":memory:")
    }

    @Test func `values of every kind go in and come out`() throws {
        let values: [StoreValue] = [
            .null, .integer(.min), .real(-0.5), .text("a\u{0}Ω"), .text(""), .blob([0, 255]),
            .blob([]),
        ]
        let rows = try connection.rows("SELECT ?, ?, ?, ?, ?, ?, ?", values)
        #expect(rows == [values])
    }

    @Test func `an error has the primary and the extended code and SQLite's words`() throws {
        try connection.execute("CREATE TABLE t(x INTEGER UNIQUE); INSERT INTO t VALUES (1)")
        let error = #expect(throws: SQLiteError.self) {
            try connection.run("INSERT INTO t VALUES (?)", [.integer(1)])
        }
        // SQLITE_CONSTRAINT and SQLITE_CONSTRAINT_UNIQUE.
        #expect(error?.code == 19)
        #expect(error?.extendedCode == 2067)
        #expect(error?.family == .constraint)
        #expect(error?.message == "UNIQUE constraint failed: t.x")
    }

    @Test func `a statement can run again after it failed`() throws {
        try connection.execute("CREATE TABLE t(x INTEGER UNIQUE); INSERT INTO t VALUES (1)")
        let sql = "INSERT INTO t VALUES (?)"
        #expect(throws: SQLiteError.self) { try connection.run(sql, [.integer(1)]) }
        try connection.run(sql, [.integer(2)])
        #expect(try connection.rows("SELECT count(*) FROM t") == [[.integer(2)]])
    }

    @Test func `a transaction that throws leaves nothing`() throws {
        try connection.execute("CREATE TABLE t(x INTEGER UNIQUE)")
        #expect(throws: SQLiteError.self) {
            try connection.transaction { () throws(SQLiteError) in
                try connection.run("INSERT INTO t VALUES (1)")
                try connection.run("INSERT INTO t VALUES (1)")
            }
        }
        #expect(!connection.isInTransaction)
        #expect(try connection.rows("SELECT * FROM t").isEmpty)
    }

    @Test func `prepared statements are kept up to the bound`() throws {
        var limits = StoreLimits()
        limits.preparedStatementsMax = 4
        let connection = try SQLiteConnection(path: ":memory:", limits: limits)
        var most = 0
        for number in 0..<20 {
            let rows = try connection.rows("SELECT \(number)")
            #expect(rows == [[.integer(Int64(number))]])
            _ = try connection.rows("SELECT \(number)")
            most = max(most, connection.preparedStatements)
        }
        #expect(most == 4)
    }

    @Test func `reading needs a file that exists`() throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: SQLiteError.self) {
            _ = try SQLiteConnection(path: directory.databasePath, access: .readOnly)
        }
        #expect(error?.family == .passing)
        #expect(try directory.names().isEmpty)
    }

    @Test func `a reading connection cannot write`() throws {
        let directory = try TemporaryDirectory()
        let writer = try SQLiteConnection(path: directory.databasePath)
        try writer.execute("CREATE TABLE t(x)")
        let reader = try SQLiteConnection(path: directory.databasePath, access: .readOnly)
        #expect(throws: SQLiteError.self) { try reader.run("INSERT INTO t VALUES (1)") }
    }

    @Test func `a wrong number of parameters is an error of the program`() async {
        await #expect(processExitsWith: .trap) {
            try SQLiteConnection(path: ":memory:").run("SELECT ?", [])
        }
    }
}
