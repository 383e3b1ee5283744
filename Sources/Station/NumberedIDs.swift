import Engine

/// Numbers for things of one kind: each is given once, across restarts and deletions, too.
struct NumberedIDs {
    private let core: Core
    private let name: String
    private var last: Int64 = 0

    /// - Parameter name: what the counter is stored under.
    init(core: Core, name: String) {
        self.core = core
        self.name = name
    }

    /// - Parameter used: the numbers that are in use.
    mutating func start(counters: [StoreRow], used: some Sequence<Int>) {
        let counted = counters.first { $0.text("name") == name }?.integer("value")
        last = max(counted ?? 0, Int64(used.max() ?? 0))
    }

    mutating func next() -> Int {
        last += 1
        save()
        return Int(last)
    }

    /// Stores how far they have come.
    func save() {
        core.write(
            .put(table: "counters", row: ["name": .text(name), "value": .integer(last)]))
    }
}
