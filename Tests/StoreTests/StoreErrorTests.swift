import Store
import Testing

@Suite struct StoreErrorTests {
    @Test(arguments: [
        (
            StoreError.newerSchema(path: "/d/boresight.db", found: 3, known: 2),
            "the database /d/boresight.db has schema version 3; this program knows versions up to 2"
        ),
        (
            .inUse(directory: "/d", processID: 12),
            "the data directory /d is in use by process 12"
        ),
        (
            .inUse(directory: "/d", processID: nil),
            "the data directory /d is in use by another process"
        ),
        (.notADatabase(path: "/d/x"), "/d/x is not an SQLite database"),
        (
            .closedWithPendingTurns(count: 2, reason: .simulated(reason: "disk full")),
            "closed with 2 changes not yet on the disk: disk full"
        ),
        (
            .duplicate(table: "rotors", columns: ["name"]),
            "two rows of rotors have the same name"
        ),
    ])
    func `the message tells an operator what is wrong and where`(error: StoreError, text: String) {
        #expect(error.description == text)
    }
}
