import Engine
import Synchronization
import TestSupport
import Testing

@Suite struct PortTests {
    /// A store whose disk the test plays.
    private final class HeldStore: TurnStore {
        private let waiting = Mutex<[@Sendable () -> Void]>([])

        func commit(_ writes: [StoreWrite], whenDurable: @escaping @Sendable () -> Void) {
            waiting.withLock { $0.append(whenDurable) }
        }

        func flush() {
            for done in waiting.withLock({ waiting in
                defer { waiting = [] }
                return waiting
            }) { done() }
        }
    }

    private final class Sink: Sendable {
        let notes = Mutex<[Int]>([])
        var all: [Int] { notes.withLock { $0 } }
    }

    private static let write = StoreWrite.delete(table: "t", key: [:])

    @Test func `answers wait for the disk in their order, commands to devices do not`() {
        let store = HeldStore()
        let core = Core(pace: .virtual, seed: 1, store: store)
        let answers = Sink()
        let commands = Sink()
        let (answer, command) = core.perform {
            (
                core.outputPort(release: .durable) { (notes: [Note]) in
                    answers.notes.withLock { $0 += notes.map(\.number) }
                },
                core.outputPort(release: .immediate) { (notes: [Note]) in
                    commands.notes.withLock { $0 += notes.map(\.number) }
                }
            )
        }
        core.perform {
            core.schedule(at: .start.advanced(by: .seconds(1))) {
                core.write(Self.write)
                answer.emit(Note(number: 1))
                command.emit(Note(number: 1))
            }
            core.schedule(at: .start.advanced(by: .seconds(2))) { answer.emit(Note(number: 2)) }
        }
        core.run(for: .seconds(3))
        #expect(commands.all == [1])
        #expect(answers.all == [], "the second read what the first could still lose")
        store.flush()
        core.run(for: .seconds(1))
        #expect(answers.all == [1, 2])
    }

    @Test func `inputs of one port keep their order from every thread into a live core`()
        async throws
    {
        let core = Core(pace: .live, seed: 1)
        let ear = NoteEar(core: core)
        let port = core.inputPort(to: ear) { $0.hear($1) }
        let thread = try SystemThread(name: "core") { core.runLive() }
        let senders = try (0..<4).map { sender in
            try SystemThread(name: "sender") {
                for index in 0..<1000 { port.send(Note(number: sender * 1000 + index)) }
            }
        }
        for sender in senders { sender.join() }
        #expect(await eventually { ear.count.load(ordering: .relaxed) == 4000 })
        core.stop()
        thread.join()
        let heard = core.perform { ear.enter { $0.heard } }
        for sender in 0..<4 {
            let own = heard.filter { $0 / 1000 == sender }
            #expect(own == own.sorted())
        }
    }

    @Test func `a full inbox refuses a batch whole`() {
        var limits = CoreLimits()
        limits.pendingInputs = 3
        let core = Core(pace: .virtual, seed: 1, limits: limits)
        let ear = NoteEar(core: core)
        let port = core.inputPort(to: ear) { $0.hear($1) }
        #expect(port.send(contentsOf: [Note(number: 1), Note(number: 2)]))
        #expect(!port.send(contentsOf: [Note(number: 3), Note(number: 4)]))
        #expect(port.send(Note(number: 5)))
        core.run(for: .zero)
        #expect(core.perform { ear.enter { $0.heard } } == [1, 2, 5])
    }

    @Test func `the core ends only when what it promised is on the disk`() async throws {
        let store = HeldStore()
        let core = Core(pace: .live, seed: 1, store: store)
        let answers = Sink()
        let answer = core.perform {
            core.outputPort(release: .durable) { (notes: [Note]) in
                answers.notes.withLock { $0 += notes.map(\.number) }
            }
        }
        core.perform {
            core.write(Self.write)
            answer.emit(Note(number: 1))
        }
        let thread = try SystemThread(name: "core") { core.runLive() }
        core.stop()
        #expect(answers.all == [])
        store.flush()
        thread.join()
        #expect(answers.all == [1])
    }
}

private actor NoteEar: CoreActor {
    nonisolated let core: Core
    nonisolated let count = Counter()
    var heard: [Int] = []

    init(core: Core) { self.core = core }

    func hear(_ note: Note) {
        heard.append(note.number)
        count.value.add(1, ordering: .relaxed)
    }
}

private final class Counter: Sendable {
    let value = Atomic<Int>(0)

    func load(ordering: AtomicLoadOrdering) -> Int { value.load(ordering: .relaxed) }
}
