import Engine
import TestSupport
import Testing

/// One seed, one trace: in one process, beside others, in another process, in debug and release.
@Suite(.quiet) struct DeterminismTests {
    /// The trace of the workload under seed 42. It must not change with the build or the process;
    /// a change of the engine that alters the order of events on purpose renews it here.
    private static let expected = DeterminismExpectation.trace

    @Test func `a thousand actors and a hundred thousand events give one trace`() {
        let first = Workload.run(seed: 42)
        let second = Workload.run(seed: 42)
        #expect(first.trace == second.trace)
        #expect(first.events >= 100_000)
        #expect(first.trace == Self.expected, "the trace is \(first.trace)")
        #expect(first.foreignJobs == 0)
        #expect(Workload.run(seed: 43).trace != first.trace)
    }

    @Test func `runs side by side give the same trace`() async {
        let traces = await withTaskGroup(of: UInt64.self) { group in
            for _ in 0..<8 { group.addTask { Workload.run(seed: 42).trace } }
            return await group.reduce(into: Set<UInt64>()) { $0.insert($1) }
        }
        #expect(traces == [Self.expected])
    }

    @Test func `another seed orders events of one instant anew, each handler's own stay in order`()
    {
        func order(_ seed: UInt64) -> [Int] {
            let core = Core(pace: .virtual, seed: seed, schedule: .random)
            let log = OrderLog(core: core)
            let actors = (0..<20).map { Ringer(core: core, number: $0, log: log) }
            core.perform { for actor in actors { actor.enter { $0.begin() } } }
            withExtendedLifetime(actors) { _ = core.run(for: .seconds(2)) }
            return core.perform { log.enter { $0.numbers } }
        }
        let first = order(1)
        #expect(first == order(1))
        #expect(first != order(2))
        #expect(first.sorted() == (0..<20).flatMap { [$0, $0] })
        let rounds = [first.prefix(20), first.suffix(20)].map { Set($0) }
        #expect(rounds.allSatisfy { $0.count == 20 }, "no handler overtook itself")
    }
}

private actor OrderLog: CoreActor {
    nonisolated let core: Core
    var numbers: [Int] = []

    init(core: Core) { self.core = core }

    func note(_ number: Int) { numbers.append(number) }
}

private actor Ringer: CoreActor {
    nonisolated let core: Core
    private let number: Int
    private let log: OrderLog
    private var count = 0
    private lazy var timer = Timer(on: self) { $0.ring() }

    init(core: Core, number: Int, log: OrderLog) {
        (self.core, self.number, self.log) = (core, number, log)
    }

    func begin() { timer.arm(after: .seconds(1)) }

    private func ring() {
        log.enter { $0.note(number) }
        count += 1
        if count < 2 { timer.arm(after: .seconds(1)) }
    }
}

/// Timers, sleeps, bus messages, random draws, inputs and outputs among a thousand actors.
enum Workload {
    struct Result {
        let trace: UInt64
        let events: UInt64
        let foreignJobs: Int
    }

    static func run(seed: UInt64) -> Result {
        let core = Core(pace: .virtual, seed: seed, schedule: .random)
        let topic = Topic<Int>("workload")
        let output = core.perform {
            core.outputPort(release: .durable) { (_: [Note]) in }
        }
        let actors = (0..<1000).map { Worker(core: core, number: $0, topic: topic, output: output) }
        let port = core.inputPort(to: actors[0]) { (worker: isolated Worker, note: Note) in
            worker.hear(note)
        }
        core.perform {
            for actor in actors { actor.enter { $0.begin() } }
            for actor in actors.prefix(100) {
                core.task {
                    for _ in 0..<20 {
                        try? await core.clock.sleep(for: .milliseconds(7))
                        await actor.wander()
                    }
                }
            }
        }
        for step in 0..<100 {
            port.send(Note(number: step))
            core.run(for: .milliseconds(20))
        }
        let progress = core.progress
        return withExtendedLifetime(actors) {
            Result(
                trace: progress.trace, events: progress.events,
                foreignJobs: core.executor.foreignJobCount)
        }
    }
}

struct Note: StreamPayload {
    let number: Int

    var stream: StreamName { "note" }

    func feed(into sink: inout some ByteSink) {
        sink.append(UInt64(bitPattern: Int64(number)))
    }
}

private actor Worker: CoreActor {
    nonisolated let core: Core
    private let number: Int
    private let topic: Topic<Int>
    private let output: OutputPort<Note>
    private var random: SeededRandom
    private var heard: Subscription<Int>?
    private var sum = 0
    private lazy var timer = Timer(on: self) { $0.ring() }

    init(core: Core, number: Int, topic: Topic<Int>, output: OutputPort<Note>) {
        (self.core, self.number, self.topic, self.output) = (core, number, topic, output)
        random = core.random("worker-\(number)")
    }

    func begin() {
        if number.isMultiple(of: 50) {
            heard = topic.subscribe(self, .everything(limit: 10_000)) { $0.sum &+= $1 }
        }
        again()
    }

    func wander() { sum &+= Int(truncatingIfNeeded: random.next() & 0xFF) }

    func hear(_ note: Note) {
        output.emit(Note(number: note.number &+ sum))
    }

    private func ring() {
        if number.isMultiple(of: 100) { topic.publish(number) }
        if number.isMultiple(of: 7) { output.emit(Note(number: sum)) }
        again()
    }

    /// Whole milliseconds, so that many fall on the same instant.
    private func again() {
        timer.arm(after: .milliseconds(Int64(random.next() % 37) + 1))
    }
}
