/// One column's value on its way to or from the store.
package enum StoreValue: Sendable, Equatable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// One row of one table: its columns by name, in the order they were given.
package struct StoreRow: Sendable, Equatable {
    package struct Column: Sendable, Equatable {
        package let name: String
        package let value: StoreValue

        package init(name: String, value: StoreValue) {
            self.name = name
            self.value = value
        }
    }

    package let columns: [Column]

    package init(_ columns: KeyValuePairs<String, StoreValue>) {
        self.columns = columns.map { Column(name: $0.key, value: $0.value) }
    }

    package init(columns: [Column]) {
        self.columns = columns
    }

    /// The value of a column; nil when the row has no such column.
    package subscript(name: String) -> StoreValue? {
        columns.first { $0.name == name }?.value
    }
}

extension StoreRow: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, StoreValue)...) {
        self.init(columns: elements.map { Column(name: $0.0, value: $0.1) })
    }
}

/// One change that a turn makes to durable state.
///
/// Table and column names come from our own code, never from a client.
package enum StoreWrite: Sendable, Equatable {
    /// Inserts the row, or replaces the row that has the same primary key.
    case put(table: String, row: StoreRow)
    /// Deletes every row whose columns equal all of `key`; none is not an error.
    case delete(table: String, key: StoreRow)
}

/// Where a turn's writes go. Implemented outside the core, on a thread of its own.
package protocol TurnStore: AnyObject, Sendable {
    /// Queues one turn's writes as one all-or-nothing transaction and returns at once.
    ///
    /// Callable from any thread. Turns become durable in the order of the calls. `whenDurable` is
    /// called once, on the store's thread, after the writes have reached the disk; it is never
    /// called for a write that could still be lost. A store that cannot write (disk full) keeps the
    /// turn, tries again, and says so through its own health.
    func commit(_ writes: [StoreWrite], whenDurable: @escaping @Sendable () -> Void)
}
