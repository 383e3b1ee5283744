import Engine

extension StoreSchema {
    /// Reads the tables of an open database.
    ///
    /// A column without one of the four types of `ColumnType` makes its table empty of columns, so
    /// that it equals none of ours.
    package init(of connection: SQLiteConnection) throws(SQLiteError) {
        let sql = """
            SELECT name FROM sqlite_schema
            WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
            """
        var tables: [TableSchema] = []
        for row in try connection.rows(sql) {
            guard case .text(let name) = row.first else { continue }
            tables.append(try TableSchema(name, of: connection))
        }
        self.init(tables: tables)
    }
}

extension TableSchema {
    /// Reads one table. <https://www.sqlite.org/pragma.html#pragma_table_info>
    fileprivate init(_ name: String, of connection: SQLiteConnection) throws(SQLiteError) {
        let sql = """
            SELECT name, type, "notnull" OR pk > 0, pk FROM pragma_table_info(?) ORDER BY cid
            """
        var columns: [Column] = []
        var keyPositions: [(rank: Int64, position: Int)] = []
        for row in try connection.rows(sql, [.text(name)]) {
            guard row.count == 4, case .text(let column) = row[0], case .text(let type) = row[1],
                case .integer(let isRequired) = row[2], case .integer(let keyRank) = row[3],
                let type = ColumnType(rawValue: type)
            else {
                columns = []
                keyPositions = []
                break
            }
            if keyRank > 0 { keyPositions.append((keyRank, columns.count)) }
            columns.append(Column(name: column, type: type, isNullable: isRequired == 0))
        }
        self.init(
            name: name,
            columns: columns,
            primaryKey: keyPositions.sorted { $0.rank < $1.rank }.map(\.position),
            uniqueRules: try Self.uniqueRules(of: name, columns: columns, on: connection))
    }

    private static func uniqueRules(
        of table: String, columns: [Column], on connection: SQLiteConnection
    ) throws(SQLiteError) -> [[Int]] {
        let sql = """
            SELECT list.name, info.name FROM pragma_index_list(?) AS list
            JOIN pragma_index_info(list.name) AS info
            WHERE list."unique" AND list.origin <> 'pk' ORDER BY list.name, info.seqno
            """
        var names: [String] = []
        var rules: [[Int]] = []
        for row in try connection.rows(sql, [.text(table)]) {
            guard row.count == 2, case .text(let index) = row[0], case .text(let column) = row[1],
                let position = columns.firstIndex(where: { $0.name == column })
            else { continue }
            if names.last != index {
                names.append(index)
                rules.append([])
            }
            rules[rules.count - 1].append(position)
        }
        return rules
    }
}
