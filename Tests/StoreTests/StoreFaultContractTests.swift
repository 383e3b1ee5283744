import Engine
import Store
import Testing

/// What every implementation of `DurableStore` promises when writing fails.
@Suite(.timeLimit(.minutes(2)))
struct StoreFaultContractTests {
    @Test(arguments: StoreKind.allCases)
    func `turns outlive a failing disk and become durable in order`(kind: StoreKind) async throws {
        var subject = try StoreUnderTest(kind)
        var acknowledged = Heard<Int>()
        await subject.store(.counter("turn", -1))
        try subject.fail()
        for number in 0..<100 {
            subject.store.commit(
                [.counter("turn", Int64(number)), .counter("c\(number)", 0)],
                whenDurable: acknowledged.acknowledge(number))
        }
        await subject.health.wait { $0.contains { $0.isFailing(atLeast: 3) } }
        #expect(acknowledged.all.isEmpty)
        let during = try subject.rows("counters", by: "name")
        #expect(during[column: "value"] == [.integer(-1)])

        try subject.heal()
        await acknowledged.wait { $0.count >= 100 }
        #expect(acknowledged.all == Array(0..<100))
        await subject.health.wait { $0.last == .ok }
        #expect(subject.store.health == .ok)
        #expect(try subject.rows("counters", by: "name").count == 101)
    }

    @Test(arguments: StoreKind.allCases)
    func `too many waiting turns are an overload until half are gone`(kind: StoreKind) async throws
    {
        var limits = StoreLimits.impatient
        limits.pendingTurnsOverload = 10
        var subject = try StoreUnderTest(kind, limits: limits)
        var acknowledged = Heard<Int>()
        try subject.fail()
        for number in 0..<50 {
            subject.store.commit(
                [.counter("c\(number)", 0)], whenDurable: acknowledged.acknowledge(number))
        }
        await subject.health.wait { $0.contains { $0.isOverloaded } }
        guard case .overloaded(let pending, _) = subject.store.health else {
            Issue.record("health is \(subject.store.health)")
            return
        }
        #expect(pending == 50)
        try subject.heal()
        await acknowledged.wait { $0.count >= 50 }
        #expect(acknowledged.all == Array(0..<50))
        await subject.health.wait { $0.last == .ok }
    }

    @Test(arguments: StoreKind.allCases)
    func `a queue over its memory bound halts and keeps what it took`(kind: StoreKind) async throws
    {
        var limits = StoreLimits.impatient
        limits.pendingBytesMax = 100_000
        var subject = try StoreUnderTest(kind, limits: limits)
        var acknowledged = Heard<Int>()
        try subject.fail()
        for number in 0..<20 {
            subject.store.commit(
                [.rotor(Int64(number), name: String(repeating: "\(number) ", count: 5000))],
                whenDurable: acknowledged.acknowledge(number))
        }
        // Small enough for the space that is left; taking it would skip the turns before it.
        subject.store.commit([.counter("late", 0)], whenDurable: acknowledged.acknowledge(20))
        #expect(subject.store.health == .halted(reason: .tooManyPendingTurns(bytesMax: 100_000)))

        try subject.heal()
        // Each takes 10,000 bytes and a few hundred of our own, so nine fit.
        await acknowledged.wait { $0.count >= 9 }
        try subject.store.close()
        #expect(acknowledged.all == Array(0..<9))
        guard case .halted = subject.store.health else {
            Issue.record("a halt ended by itself")
            return
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a turn with a duplicate stays out whole and halts the store`(kind: StoreKind) async throws
    {
        var subject = try StoreUnderTest(kind)
        var acknowledged = Heard<Int>()
        // Behind a fault all four wait together, so that they meet in one transaction.
        try subject.fail()
        let turns: [[StoreWrite]] = [
            [.organization("a", name: "one")],
            [.counter("before", 1)],
            [
                .counter("half", 1), .organization("b", name: "two"),
                .organization("c", name: "one"),
            ],
            [.counter("after", 1)],
        ]
        for (number, writes) in turns.enumerated() {
            subject.store.commit(writes, whenDurable: acknowledged.acknowledge(number))
        }
        try subject.heal()
        let reason = StoreError.duplicate(table: "organizations", columns: ["name"])
        await subject.health.wait { $0.last == .halted(reason: reason) }
        await acknowledged.wait { $0.count >= 2 }
        subject.store.commit([.counter("late", 1)], whenDurable: acknowledged.acknowledge(4))

        #expect(try subject.rows("counters", by: "name")[column: "name"] == [.text("before")])
        #expect(try subject.rows("organizations", by: "id")[column: "id"] == [.text("a")])
        #expect(throws: StoreError.closedWithPendingTurns(count: 2, reason: reason)) {
            try subject.store.close()
        }
        #expect(acknowledged.all == [0, 1])
    }

    @Test(arguments: StoreKind.allCases)
    func `closing on a failing disk gives up and says what is lost`(kind: StoreKind) async throws {
        var subject = try StoreUnderTest(kind)
        let acknowledged = Heard<Int>()
        try subject.fail()
        for number in 0..<3 {
            subject.store.commit(
                [.counter("c", 0)], whenDurable: acknowledged.acknowledge(number))
        }
        let error = #expect(throws: StoreError.self) { try subject.store.close() }
        guard case .closedWithPendingTurns(count: 3, reason: .some) = error else {
            Issue.record("closing threw \(String(describing: error))")
            return
        }
        #expect(acknowledged.all.isEmpty)
        try subject.heal()
        try subject.restart()
        #expect(try subject.rows("counters", by: "name").isEmpty)
    }
}

extension StoreHealth {
    fileprivate func isFailing(atLeast attemptsMin: Int) -> Bool {
        guard case .failing(_, let attempts) = self else { return false }
        return attempts >= attemptsMin
    }

    fileprivate var isOverloaded: Bool {
        guard case .overloaded = self else { return false }
        return true
    }
}
