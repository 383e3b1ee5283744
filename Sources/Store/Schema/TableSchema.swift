import Engine

/// One table as the database describes it, and the SQL that writes and reads it.
package struct TableSchema: Sendable, Equatable {
    /// One column.
    package struct Column: Sendable, Equatable {
        package let name: String
        package let type: ColumnType
        package let isNullable: Bool
    }

    /// The column types of a `STRICT` table that the store uses.
    package enum ColumnType: String, Sendable {
        case integer = "INTEGER"
        case real = "REAL"
        case text = "TEXT"
        case blob = "BLOB"

        /// Whether the column takes the value as it is.
        func accepts(_ value: StoreValue) -> Bool {
            switch (self, value) {
            case (_, .null), (.integer, .integer), (.real, .real), (.text, .text), (.blob, .blob):
                true
            default:
                false
            }
        }
    }

    package let name: String
    /// In the order of the table.
    package let columns: [Column]
    /// Positions of the primary key's columns, in the key's order.
    package let primaryKey: [Int]
    /// Positions of the columns of each further unique rule.
    package let uniqueRules: [[Int]]

    /// Inserts a row, all columns given in order, or replaces the one with its primary key.
    ///
    /// Not `INSERT OR REPLACE`: that would also delete rows that clash in a *unique* column.
    let putSQL: String

    init(name: String, columns: [Column], primaryKey: [Int], uniqueRules: [[Int]]) {
        self.name = name
        self.columns = columns
        self.primaryKey = primaryKey
        self.uniqueRules = uniqueRules
        let names = columns.map { $0.name }
        let keyNames = primaryKey.map { names[$0] }
        let assignments = names.filter { !keyNames.contains($0) }.map { "\($0) = excluded.\($0)" }
        let action = assignments.isEmpty ? "NOTHING" : "UPDATE SET \(Self.list(assignments))"
        self.putSQL =
            "INSERT INTO \(name) (\(Self.list(names))) "
            + "VALUES (\(Self.list(names.map { _ in "?" }))) "
            + "ON CONFLICT (\(Self.list(keyNames))) DO \(action)"
    }

    /// Deletes the rows whose columns at these positions equal the parameters.
    func deleteSQL(matching positions: [Int]) -> String {
        guard !positions.isEmpty else { return "DELETE FROM \(name)" }
        let terms = positions.map { "\(columns[$0].name) IS ?" }
        return "DELETE FROM \(name) WHERE \(terms.joined(separator: " AND "))"
    }

    /// Every row, all columns in order, ascending by the column and then by the primary key.
    func selectSQL(orderedBy position: Int) -> String {
        let order = ([position] + primaryKey).map { columns[$0].name }
        return "SELECT \(Self.list(columns.map { $0.name })) FROM \(name) ORDER BY "
            + Self.list(order)
    }

    /// The position of a column; an unknown name is an error of the program.
    func position(of column: String) -> Int {
        guard let position = columns.firstIndex(where: { $0.name == column }) else {
            preconditionFailure("table \(name) has no column \(column)")
        }
        return position
    }

    /// A row with the columns' names.
    func row(_ values: [StoreValue]) -> StoreRow {
        StoreRow(
            columns: zip(columns, values).map { StoreRow.Column(name: $0.name, value: $1) })
    }

    private static func list(_ terms: [String]) -> String { terms.joined(separator: ", ") }
}
