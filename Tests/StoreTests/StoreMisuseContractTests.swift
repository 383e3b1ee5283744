import Engine
import Store
import Testing

/// Writes that no running program may make: each ends the process in the call that makes it.
@Suite(.timeLimit(.minutes(5)))
struct StoreMisuseContractTests {
    enum Misuse: String, CaseIterable, Codable, Sendable {
        case unknownTable, unknownColumn, unknownKeyColumn, missingPrimaryKey, missingColumn
        case wrongType, wrongKeyType, readingUnknownTable, readingByUnknownColumn

        func commit(to store: any DurableStore) throws {
            switch self {
            case .unknownTable:
                store.commit([.put(table: "rotor", row: ["id": .integer(1)])]) {}
            case .unknownColumn:
                let row: StoreRow = ["name": .text("a"), "value": .integer(1), "vale": .integer(1)]
                store.commit([.put(table: "counters", row: row)]) {}
            case .unknownKeyColumn:
                store.commit([.delete(table: "counters", key: ["id": .text("a")])]) {}
            case .missingPrimaryKey:
                store.commit([.put(table: "counters", row: ["value": .integer(1)])]) {}
            case .missingColumn:
                store.commit([.put(table: "counters", row: ["name": .text("a")])]) {}
            case .wrongType:
                let row: StoreRow = ["name": .text("a"), "value": .text("1")]
                store.commit([.put(table: "counters", row: row)]) {}
            case .wrongKeyType:
                store.commit([.delete(table: "counters", key: ["name": .blob([1])])]) {}
            case .readingUnknownTable:
                _ = try store.rows(in: "sqlite_schema", orderedBy: "name")
            case .readingByUnknownColumn:
                _ = try store.rows(in: "counters", orderedBy: "1; DROP TABLE counters")
            }
        }
    }

    @Test(arguments: Misuse.allCases)
    func `the SQLite store traps on`(misuse: Misuse) async throws {
        let directory = try TemporaryDirectory()
        await #expect(processExitsWith: .trap) {
            [misuse = misuse as Misuse, path = directory.path as String] in
            try misuse.commit(to: SQLiteStore(directory: path))
        }
    }

    @Test(arguments: Misuse.allCases)
    func `the store in memory traps on`(misuse: Misuse) async {
        await #expect(processExitsWith: .trap) { [misuse = misuse as Misuse] in
            try misuse.commit(to: InMemoryStore())
        }
    }
}
