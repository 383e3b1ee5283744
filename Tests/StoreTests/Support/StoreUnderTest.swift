import Engine
import Store

/// The implementations that the contract suite runs on.
enum StoreKind: String, CaseIterable, Codable, Sendable {
    case sqlite
    case memory
}

/// One store, with the same handles on each kind: restart it, break its writing, mend it.
struct StoreUnderTest {
    private(set) var store: any DurableStore
    var health = Heard<StoreHealth>()

    private let home: Home
    private let limits: StoreLimits
    /// Holds the database's write lock while the SQLite store is to fail.
    private var blocker: SQLiteConnection?

    /// The directory, removed only when no store writes into it any more.
    private final class Home {
        let directory: TemporaryDirectory
        var stores: [any DurableStore] = []

        init() throws { directory = try TemporaryDirectory() }

        deinit {
            for store in stores { try? store.close() }
        }
    }

    init(_ kind: StoreKind, limits: StoreLimits = .impatient) throws {
        home = try Home()
        self.limits = limits
        switch kind {
        case .sqlite:
            store = try SQLiteStore(
                directory: home.directory.path, limits: limits, whenHealthChanges: health.listener)
        case .memory:
            store = InMemoryStore(limits: limits, whenHealthChanges: health.listener)
        }
        home.stores.append(store)
    }

    /// Closes the store and opens another one on what it left.
    mutating func restart() throws {
        try store.close()
        if let memory = store as? InMemoryStore {
            store = memory.restarted()
        } else {
            store = try SQLiteStore(directory: home.directory.path, limits: limits)
        }
        home.stores.append(store)
    }

    /// Makes every attempt to write fail.
    mutating func fail() throws {
        if let memory = store as? InMemoryStore {
            memory.fail("no space left")
        } else {
            let blocker = try SQLiteConnection(path: home.directory.databasePath)
            try blocker.run("BEGIN IMMEDIATE")
            self.blocker = blocker
        }
    }

    mutating func heal() throws {
        (store as? InMemoryStore)?.heal()
        try blocker?.run("ROLLBACK")
        blocker = nil
    }

    /// Commits the writes as one turn and waits until it is durable.
    func store(_ writes: StoreWrite...) async {
        await withCheckedContinuation { continuation in
            store.commit(writes) { continuation.resume() }
        }
    }

    func rows(_ table: String, by column: String) throws -> [StoreRow] {
        try store.rows(in: table, orderedBy: column)
    }
}

extension StoreLimits {
    /// Short pauses, so that a test of failures is soon over.
    static var impatient: StoreLimits {
        var limits = StoreLimits()
        limits.retryDelayMin = .milliseconds(1)
        limits.retryDelayMax = .milliseconds(4)
        limits.busyTimeoutMilliseconds = 1
        return limits
    }
}

extension StoreWrite {
    static func counter(_ name: String, _ value: Int64) -> StoreWrite {
        .put(table: "counters", row: ["name": .text(name), "value": .integer(value)])
    }

    static func organization(_ id: String, name: String) -> StoreWrite {
        .put(
            table: "organizations",
            row: ["id": .text(id), "name": .text(name), "created_ns": .integer(1)])
    }

    static func rotor(_ id: Int64, name: String, target: StoreValue = .null) -> StoreWrite {
        .put(
            table: "rotors",
            row: [
                "id": .integer(id), "name": .text(name), "settings": .text("{}"),
                "mode": .text("stop"), "target": target,
            ])
    }
}

extension [StoreRow] {
    /// One column of every row.
    subscript(column name: String) -> [StoreValue?] { map { $0[name] } }
}
