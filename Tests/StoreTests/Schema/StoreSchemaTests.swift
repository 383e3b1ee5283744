import Engine
import Testing

@testable import Store

@Suite struct StoreSchemaTests {
    @Test func `a schema is read back with keys, nulls and unique rules`() throws {
        let connection = try SQLiteConnection(path: ":memory:")
        try connection.execute(
            """
            CREATE TABLE t (
                a TEXT, b INTEGER, c BLOB NOT NULL, d REAL,
                PRIMARY KEY (b, a), UNIQUE (c, d), UNIQUE (d)
            ) STRICT
            """)
        let table = try StoreSchema(of: connection).table("t")
        #expect(table.columns.map(\.name) == ["a", "b", "c", "d"])
        #expect(table.columns.map(\.type) == [.text, .integer, .blob, .real])
        #expect(table.columns.map(\.isNullable) == [false, false, false, true])
        #expect(table.primaryKey == [1, 0])
        #expect(Set(table.uniqueRules) == [[2, 3], [3]])
    }

    @Test(arguments: [
        ("DROP TABLE counters", "table counters is missing"),
        ("ALTER TABLE counters RENAME COLUMN value TO count", "table counters is different"),
        ("ALTER TABLE users ADD COLUMN age ANY", "table users is different"),
        ("CREATE UNIQUE INDEX i ON tokens(name)", "table tokens is different"),
        ("CREATE TABLE extra(x)", nil),
    ])
    func `a changed database differs`(change: String, difference: String?) throws {
        let connection = try SQLiteConnection(path: ":memory:")
        try SchemaMigrator().migrate(connection)
        try connection.execute(change)
        #expect(StoreSchema.current.difference(to: try StoreSchema(of: connection)) == difference)
    }

    @Test func `not a number is stored as null`() throws {
        let connection = try SQLiteConnection(path: ":memory:")
        try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x REAL) STRICT")
        let schema = try StoreSchema(of: connection)
        let row = StoreRow(["id": .integer(1), "x": .real(.nan)])
        guard case .put(_, let values) = schema.checked(.put(table: "t", row: row)) else {
            Issue.record("a put became something else")
            return
        }
        #expect(values == [.integer(1), .null])
    }
}
