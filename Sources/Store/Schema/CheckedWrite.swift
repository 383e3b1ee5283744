import Engine

/// One write whose table, columns and types are known to fit the schema.
enum CheckedWrite: Sendable {
    /// All columns' values in the table's order.
    case put(TableSchema, [StoreValue])
    /// The values of the columns at these positions.
    case delete(TableSchema, positions: [Int], values: [StoreValue])

    /// About how much memory the write takes while it waits.
    var byteCount: Int {
        let values =
            switch self {
            case .put(_, let values): values
            case .delete(_, _, let values): values
            }
        // 64: the write itself, its array and one value's slot, rounded up.
        return values.reduce(64) { $0 + 64 + $1.payloadByteCount }
    }
}

extension StoreSchema {
    /// Checks a write; one that does not fit is an error of the program and traps.
    func checked(_ write: StoreWrite) -> CheckedWrite {
        switch write {
        case .put(let table, let row):
            let table = self.table(table)
            return .put(table, table.checkedValues(row))
        case .delete(let table, let key):
            let table = self.table(table)
            let positions = key.columns.map { table.position(of: $0.name) }
            let values = key.columns.map { $0.value.storable }
            for (position, value) in zip(positions, values) { table.check(value, at: position) }
            return .delete(table, positions: positions, values: values)
        }
    }
}

extension TableSchema {
    /// A put's values in the table's order, null where the row has none.
    fileprivate func checkedValues(_ row: StoreRow) -> [StoreValue] {
        var values = [StoreValue](repeating: .null, count: columns.count)
        for column in row.columns {
            values[position(of: column.name)] = column.value.storable
        }
        for (position, value) in values.enumerated() {
            check(value, at: position)
            precondition(
                value != .null || columns[position].isNullable,
                "column \(name).\(columns[position].name) may not be null")
        }
        return values
    }

    fileprivate func check(_ value: StoreValue, at position: Int) {
        precondition(
            columns[position].type.accepts(value),
            "column \(name).\(columns[position].name) is of type \(columns[position].type.rawValue)"
        )
    }
}

extension StoreValue {
    /// The value as a database keeps it: SQLite has no "not a number" and stores null for it.
    fileprivate var storable: StoreValue {
        if case .real(let real) = self, real.isNaN { return .null }
        return self
    }

    fileprivate var payloadByteCount: Int {
        switch self {
        case .null, .integer, .real: 0
        case .text(let text): text.utf8.count
        case .blob(let blob): blob.count
        }
    }
}
