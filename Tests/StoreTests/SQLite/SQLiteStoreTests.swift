import Engine
import Store
import Testing

@Suite(.timeLimit(.minutes(2)))
struct SQLiteStoreTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `turns from many tasks are all stored`() async throws {
        let store = try SQLiteStore(directory: directory.path)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<100 {
                        await withCheckedContinuation { continuation in
                            store.commit([.counter("\(task) \(number)", 1)]) {
                                continuation.resume()
                            }
                        }
                    }
                }
            }
        }
        #expect(try store.rows(in: "counters", orderedBy: "name").count == 800)
        try store.close()
    }

    @Test(arguments: [1, 3, 256])
    func `any size of group stores the same`(turnsPerTransactionMax: Int) async throws {
        var limits = StoreLimits()
        limits.turnsPerTransactionMax = turnsPerTransactionMax
        let store = try SQLiteStore(directory: directory.path, limits: limits)
        var acknowledged = Heard<Int>()
        for number in 0..<50 {
            store.commit(
                [.counter("c\(number % 7)", Int64(number))],
                whenDurable: acknowledged.acknowledge(number))
        }
        await acknowledged.wait { $0.count >= 50 }
        #expect(acknowledged.all == Array(0..<50))
        let values = try store.rows(in: "counters", orderedBy: "value")[column: "value"]
        #expect(values == (43..<50).map { .integer($0) })
        try store.close()
    }

    @Test func `a group is one transaction for everybody else`() async throws {
        var limits = StoreLimits.impatient
        limits.turnsPerTransactionMax = 10
        var health = Heard<StoreHealth>()
        var acknowledged = Heard<Int>()
        let store = try SQLiteStore(
            directory: directory.path, limits: limits, whenHealthChanges: health.listener)
        let other = try SQLiteConnection(path: directory.databasePath)
        try other.run("BEGIN IMMEDIATE")
        for number in 0..<25 {
            store.commit(
                [.counter("\(number)", 0)], whenDurable: acknowledged.acknowledge(number))
        }
        await health.wait { !$0.isEmpty }
        try other.run("ROLLBACK")
        var seen: Set<Int> = []
        let reader = try SQLiteConnection(path: directory.databasePath, access: .readOnly)
        while acknowledged.all.count < 25 {
            if case .integer(let count) = try reader.rows("SELECT count(*) FROM counters").first?
                .first
            {
                seen.insert(Int(count))
            }
        }
        await acknowledged.wait { $0.count >= 25 }
        #expect(seen.subtracting([0, 10, 20, 25]).isEmpty)
        try store.close()
    }

    @Test func `a store let go without closing frees the directory when its turns are stored`()
        async throws
    {
        var acknowledged = Heard<Int>()
        do {
            let store = try SQLiteStore(directory: directory.path)
            store.commit([.counter("a", 1)], whenDurable: acknowledged.acknowledge(1))
        }
        await acknowledged.wait { !$0.isEmpty }
        var store: SQLiteStore?
        while store == nil {
            store = try? SQLiteStore(directory: directory.path)
            await Task.yield()
        }
        #expect(try store?.rows(in: "counters", orderedBy: "name").count == 1)
        try store?.close()
    }

    @Test func `closing from a callback is an error of the program`() async throws {
        await #expect(processExitsWith: .trap) { [path = directory.path as String] in
            let store = try SQLiteStore(directory: path)
            await withCheckedContinuation { continuation in
                store.commit([]) {
                    try? store.close()
                    continuation.resume()
                }
            }
        }
    }
}
