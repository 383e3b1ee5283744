import Engine
import Store
import Testing

@Suite struct InMemoryStoreTests {
    private var acknowledged = Heard<Int>()

    private func commit(_ numbers: Range<Int>, to store: InMemoryStore) {
        for number in numbers {
            store.commit(
                [.counter("c\(number)", Int64(number))],
                whenDurable: acknowledged.acknowledge(number))
        }
    }

    @Test func `a turn is durable before commit returns`() throws {
        let store = InMemoryStore()
        commit(0..<1, to: store)
        #expect(acknowledged.all == [0])
        #expect(try store.rows(in: "counters", orderedBy: "name").count == 1)
    }

    @Test func `turns wait until they are flushed, the oldest first`() throws {
        let store = InMemoryStore(acknowledging: .whenFlushed)
        commit(0..<5, to: store)
        #expect(acknowledged.all.isEmpty)
        #expect(try store.rows(in: "counters", orderedBy: "name").isEmpty)
        store.flush(turns: 2)
        #expect(acknowledged.all == [0, 1])
        #expect(try store.rows(in: "counters", orderedBy: "name").count == 2)
        store.flush(turns: 0)
        #expect(acknowledged.all == [0, 1])
        store.flush()
        #expect(acknowledged.all == [0, 1, 2, 3, 4])
    }

    @Test func `a crash loses what was not durable, and the old store cannot reach the new one`()
        throws
    {
        let store = InMemoryStore(acknowledging: .whenFlushed)
        commit(0..<3, to: store)
        store.flush(turns: 1)
        let next = store.restarted()
        store.flush()
        #expect(try next.rows(in: "counters", orderedBy: "name")[column: "name"] == [.text("c0")])
        commit(3..<4, to: next)
        #expect(try store.rows(in: "counters", orderedBy: "name").count == 3)
    }

    @Test func `acknowledgements keep their order when one hands over a turn`() {
        let store = InMemoryStore()
        let listener = acknowledged.listener
        store.fail("no space left")
        store.commit([]) {
            store.commit([]) { listener(2) }
            listener(0)
        }
        store.commit([]) { listener(1) }
        store.heal()
        #expect(acknowledged.all == [0, 1, 2])
    }

    @Test func `a fault is tried and counted at each turn`() {
        let store = InMemoryStore()
        store.fail("no space left")
        commit(0..<3, to: store)
        let reason = StoreError.simulated(reason: "no space left")
        #expect(store.health == .failing(reason: reason, attempts: 3))
        #expect(acknowledged.all.isEmpty)
        store.heal()
        #expect(store.health == .ok)
        #expect(acknowledged.all == [0, 1, 2])
    }
}
