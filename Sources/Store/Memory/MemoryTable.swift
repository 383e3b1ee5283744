import Engine

/// The rows of one table by primary key, with an index for each unique rule.
struct MemoryTable: Sendable {
    private let schema: TableSchema
    private var rows: [[StoreValue]: [StoreValue]] = [:]
    /// For each unique rule: the rule's values to the primary key of the row that has them.
    private var owners: [[[StoreValue]: [StoreValue]]]

    init(_ schema: TableSchema) {
        self.schema = schema
        self.owners = schema.uniqueRules.map { _ in [:] }
    }

    /// Inserts or replaces a row and returns what it replaced.
    mutating func put(_ values: [StoreValue]) throws(StoreError) -> [StoreValue]? {
        let key = schema.primaryKey.map { values[$0] }
        for (rule, owner) in zip(schema.uniqueRules, owners) {
            guard let holder = owner[rule.map { values[$0] }], holder != key else { continue }
            throw .duplicate(table: schema.name, columns: rule.map { schema.columns[$0].name })
        }
        let old = rows[key]
        restore(key, to: values)
        return old
    }

    /// Removes every row that has these values at these positions and returns them.
    mutating func delete(matching positions: [Int], _ values: [StoreValue]) -> [[StoreValue]] {
        let removed: [[StoreValue]]
        if positions == schema.primaryKey {
            removed = rows[values].map { [$0] } ?? []
        } else {
            removed = rows.values.filter { row in
                zip(positions, values).allSatisfy { row[$0] == $1 }
            }
        }
        for row in removed { restore(schema.primaryKey.map { row[$0] }, to: nil) }
        return removed
    }

    /// Makes the row with this primary key what it is given; nil removes it.
    mutating func restore(_ key: [StoreValue], to values: [StoreValue]?) {
        let old = rows[key]
        rows[key] = values
        for (index, rule) in schema.uniqueRules.enumerated() {
            if let old { owners[index][rule.map { old[$0] }] = nil }
            // Null is not equal to null under a unique rule.
            guard let values, !rule.contains(where: { values[$0] == .null }) else { continue }
            owners[index][rule.map { values[$0] }] = key
        }
    }

    /// All rows by a column's value, then by primary key.
    func sorted(by position: Int) -> [[StoreValue]] {
        let order = [position] + schema.primaryKey
        return rows.values.sorted { left, right in
            for column in order where left[column] != right[column] {
                return left[column].precedes(right[column])
            }
            return false
        }
    }
}
