import Engine
import Store
import Testing

/// What every implementation of `DurableStore` promises.
@Suite(.timeLimit(.minutes(2)))
struct StoreContractTests {
    @Test(arguments: StoreKind.allCases)
    func `a stored row has every column in the table's order`(kind: StoreKind) async throws {
        let subject = try StoreUnderTest(kind)
        await subject.store(.rotor(7, name: "roof"))
        let row = StoreRow([
            "id": .integer(7), "name": .text("roof"), "settings": .text("{}"),
            "paired_token_hash": .null, "mode": .text("stop"), "target": .null,
            "device_id": .null, "paired_by": .null, "ordered_by": .null,
        ])
        #expect(try subject.rows("rotors", by: "id") == [row])
    }

    @Test(arguments: StoreKind.allCases)
    func `a put replaces the whole row with its primary key`(kind: StoreKind) async throws {
        let subject = try StoreUnderTest(kind)
        await subject.store(.rotor(7, name: "roof", target: .text("moon")))
        await subject.store(.rotor(7, name: "mast"))
        let rows = try subject.rows("rotors", by: "id")
        #expect(rows[column: "name"] == [.text("mast")])
        #expect(rows[column: "target"] == [.null])
    }

    @Test(arguments: StoreKind.allCases)
    func `a row may take the unique value that its own older self had`(kind: StoreKind) async throws
    {
        let subject = try StoreUnderTest(kind)
        await subject.store(.organization("a", name: "one"))
        await subject.store(.organization("a", name: "two"), .organization("b", name: "one"))
        let rows = try subject.rows("organizations", by: "id")
        #expect(rows[column: "name"] == [.text("two"), .text("one")])
        #expect(subject.store.health == .ok)
    }

    @Test(arguments: StoreKind.allCases)
    func `a delete removes the rows that equal the whole key`(kind: StoreKind) async throws {
        let subject = try StoreUnderTest(kind)
        await subject.store(
            .rotor(1, name: "a"), .rotor(2, name: "b", target: .text("moon")),
            .rotor(3, name: "c"), .counter("x", 1))
        await subject.store(.delete(table: "rotors", key: ["id": .integer(9)]))
        #expect(try subject.rows("rotors", by: "id").count == 3)
        await subject.store(
            .delete(table: "rotors", key: ["target": .null, "name": .text("c")]))
        #expect(try subject.rows("rotors", by: "id")[column: "id"] == [.integer(1), .integer(2)])
        await subject.store(.delete(table: "rotors", key: ["id": .integer(1)]))
        #expect(try subject.rows("rotors", by: "id")[column: "id"] == [.integer(2)])
        await subject.store(.delete(table: "rotors", key: [:]))
        #expect(try subject.rows("rotors", by: "id").isEmpty)
        #expect(try subject.rows("counters", by: "name").count == 1)
    }

    @Test(arguments: StoreKind.allCases)
    func `a deleted row's unique value is free again`(kind: StoreKind) async throws {
        let subject = try StoreUnderTest(kind)
        await subject.store(.organization("a", name: "one"))
        await subject.store(
            .delete(table: "organizations", key: ["name": .text("one")]),
            .organization("b", name: "one"))
        #expect(try subject.rows("organizations", by: "id")[column: "id"] == [.text("b")])
    }

    @Test(arguments: StoreKind.allCases)
    func `every value comes back as it was`(kind: StoreKind) async throws {
        let subject = try StoreUnderTest(kind)
        let texts = ["", "a\u{0}b", "Ω🛰️", "'; DROP TABLE rotors; --"]
        let blobs: [[UInt8]] = [[], [0], Array(0...255), [UInt8](repeating: 7, count: 100_000)]
        for (index, (text, blob)) in zip(texts, blobs).enumerated() {
            await subject.store(
                .put(
                    table: "pairing_sessions",
                    row: [
                        "token_hash": .blob([UInt8(index)]), "created_ns": .integer(.min),
                        "expires_ns": .integer(.max), "is_paired": .integer(0),
                        "device_info": .text(text), "last_target": .blob(blob),
                    ]))
        }
        let rows = try subject.rows("pairing_sessions", by: "token_hash")
        #expect(rows[column: "device_info"] == texts.map { .text($0) })
        #expect(rows[column: "last_target"] == blobs.map { .blob($0) })
        #expect(rows[column: "last_mode"] == [.null, .null, .null, .null])
        #expect(rows[column: "created_ns"].allSatisfy { $0 == .integer(.min) })
        #expect(rows[column: "expires_ns"].allSatisfy { $0 == .integer(.max) })
    }

    @Test(arguments: StoreKind.allCases)
    func `rows are sorted by the column and then by the primary key`(kind: StoreKind) async throws {
        let subject = try StoreUnderTest(kind)
        let targets: [StoreValue] = [
            .text("é"), .null, .text("z"), .text(""), .null, .text("Z"), .text("ab"), .text("a"),
        ]
        for (index, target) in targets.enumerated() {
            // Descending ids, so that the order of insertion is not the wanted one.
            await subject.store(.rotor(Int64(-index), name: "\(index)", target: target))
        }
        let byTarget = try subject.rows("rotors", by: "target")[column: "name"]
        #expect(byTarget == ["4", "1", "3", "5", "7", "6", "2", "0"].map { .text($0) })
        let byID = try subject.rows("rotors", by: "id")[column: "name"]
        #expect(byID == (0..<8).reversed().map { .text("\($0)") })
    }

    @Test(arguments: StoreKind.allCases)
    func `blobs are sorted by their bytes`(kind: StoreKind) async throws {
        let subject = try StoreUnderTest(kind)
        let hashes: [[UInt8]] = [[255], [1, 0], [1], [], [0, 200]]
        for hash in hashes {
            await subject.store(
                .put(
                    table: "pairing_sessions",
                    row: [
                        "token_hash": .blob(hash), "created_ns": .integer(0),
                        "expires_ns": .integer(0), "is_paired": .integer(1),
                    ]))
        }
        let sorted = try subject.rows("pairing_sessions", by: "token_hash")[column: "token_hash"]
        #expect(sorted == [[], [0, 200], [1], [1, 0], [255]].map { .blob($0) })
    }

    @Test(arguments: StoreKind.allCases)
    func `turns are acknowledged once and in order, empty ones too`(kind: StoreKind) async throws {
        let subject = try StoreUnderTest(kind)
        var acknowledged = Heard<Int>()
        for number in 0..<1000 {
            subject.store.commit(
                number.isMultiple(of: 3) ? [] : [.counter("turn", Int64(number))],
                whenDurable: acknowledged.acknowledge(number))
        }
        await acknowledged.wait { $0.count >= 1000 }
        #expect(acknowledged.all == Array(0..<1000))
        #expect(try subject.rows("counters", by: "name")[column: "value"] == [.integer(998)])
        try subject.store.close()
        #expect(acknowledged.all.count == 1000)
    }

    @Test(arguments: StoreKind.allCases)
    func `an acknowledged turn is visible to the callback that says so`(kind: StoreKind)
        async throws
    {
        let subject = try StoreUnderTest(kind)
        let store = subject.store
        let rows: [StoreRow]? = await withCheckedContinuation { continuation in
            store.commit([.counter("turn", 1)]) {
                continuation.resume(returning: try? store.rows(in: "counters", orderedBy: "name"))
            }
        }
        #expect(rows?[column: "value"] == [.integer(1)])
    }

    @Test(arguments: StoreKind.allCases)
    func `a callback may hand over the next turn`(kind: StoreKind) async throws {
        let subject = try StoreUnderTest(kind)
        let store = subject.store
        var acknowledged = Heard<Int>()
        let listener = acknowledged.listener
        store.commit([.counter("turn", 1)]) {
            listener(1)
            store.commit([.counter("turn", 2)]) { listener(2) }
        }
        await acknowledged.wait { $0.count >= 2 }
        #expect(acknowledged.all == [1, 2])
        #expect(try subject.rows("counters", by: "name")[column: "value"] == [.integer(2)])
    }

    @Test(arguments: StoreKind.allCases)
    func `a restart finds what was stored`(kind: StoreKind) async throws {
        var subject = try StoreUnderTest(kind)
        await subject.store(.counter("a", 1), .organization("o", name: "n"))
        try subject.restart()
        await subject.store(.counter("b", 2))
        try subject.restart()
        let counters = try subject.rows("counters", by: "name")
        #expect(counters[column: "value"] == [.integer(1), .integer(2)])
        #expect(try subject.rows("organizations", by: "id").count == 1)
    }

    @Test(arguments: StoreKind.allCases)
    func `closing writes what waits, and later turns are never acknowledged`(
        kind: StoreKind
    ) async throws {
        let subject = try StoreUnderTest(kind)
        let acknowledged = Heard<Int>()
        for number in 0..<500 {
            subject.store.commit(
                [.counter("c\(number)", 0)], whenDurable: acknowledged.acknowledge(number))
        }
        try subject.store.close()
        #expect(acknowledged.all == Array(0..<500))
        subject.store.commit([.counter("late", 0)], whenDurable: acknowledged.acknowledge(500))
        try subject.store.close()
        #expect(acknowledged.all.count == 500)
        #expect(throws: StoreError.closed) { try subject.rows("counters", by: "name") }
    }
}
