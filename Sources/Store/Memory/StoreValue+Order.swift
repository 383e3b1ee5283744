import Engine

extension StoreValue {
    /// Whether SQLite sorts this value before the other: null, numbers, text by bytes, blobs.
    ///
    /// <https://www.sqlite.org/datatype3.html#sort_order>
    func precedes(_ other: StoreValue) -> Bool {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): left < right
        case (.real(let left), .real(let right)): left < right
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.blob(let left), .blob(let right)): left.lexicographicallyPrecedes(right)
        default: rank < other.rank
        }
    }

    /// The place of the value's kind.
    ///
    /// A column holds one kind and nulls, so that integers and reals never meet.
    private var rank: Int {
        switch self {
        case .null: 0
        case .integer, .real: 1
        case .text: 2
        case .blob: 3
        }
    }
}
