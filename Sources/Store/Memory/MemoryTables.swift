import Engine

/// The rows of every table, in memory, under the rules of the database.
struct MemoryTables: Sendable {
    private var tables: [String: MemoryTable] = [:]

    /// Applies one turn, all of it or nothing.
    mutating func apply(_ writes: [CheckedWrite]) throws(StoreError) {
        var undo: [(table: String, key: [StoreValue], old: [StoreValue]?)] = []
        do throws(StoreError) {
            for write in writes {
                switch write {
                case .put(let schema, let values):
                    let key = schema.primaryKey.map { values[$0] }
                    let old = try tables[schema.name, default: MemoryTable(schema)].put(values)
                    undo.append((schema.name, key, old))
                case .delete(let schema, let positions, let values):
                    let removed = tables[schema.name, default: MemoryTable(schema)]
                        .delete(matching: positions, values)
                    for old in removed {
                        undo.append((schema.name, schema.primaryKey.map { old[$0] }, old))
                    }
                }
            }
        } catch {
            for (table, key, old) in undo.reversed() { tables[table]?.restore(key, to: old) }
            throw error
        }
    }

    /// All rows of a table, sorted by the column and then the primary key.
    func rows(of schema: TableSchema, orderedBy position: Int) -> [StoreRow] {
        (tables[schema.name]?.sorted(by: position) ?? []).map(schema.row)
    }
}
