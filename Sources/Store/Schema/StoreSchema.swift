/// The tables that the migrations make: the one source of table and column names.
package struct StoreSchema: Sendable, Equatable {
    /// Sorted by name.
    package let tables: [TableSchema]
    private let positions: [String: Int]

    /// What this program's migrations make, read back from a database in memory.
    package static let current: StoreSchema = {
        do {
            let connection = try SQLiteConnection(path: ":memory:")
            try SchemaMigrator().migrate(connection)
            return try StoreSchema(of: connection)
        } catch {
            preconditionFailure("the migrations of this program fail: \(error)")
        }
    }()

    init(tables: [TableSchema]) {
        self.tables = tables
        self.positions = Dictionary(
            uniqueKeysWithValues: tables.enumerated().map { ($1.name, $0) })
    }

    /// The table; an unknown name is an error of the program.
    func table(_ name: String) -> TableSchema {
        guard let position = positions[name] else { preconditionFailure("no table \(name)") }
        return tables[position]
    }

    /// Says in what way `other` differs; nil when it does not.
    package func difference(to other: StoreSchema) -> String? {
        for table in tables {
            guard let position = other.positions[table.name] else {
                return "table \(table.name) is missing"
            }
            guard other.tables[position] == table else { return "table \(table.name) is different" }
        }
        return nil
    }
}
