import Engine
import Testing

@Suite struct TimerTests {
    @Test func `a virtual day of a thousand timers rings each once a minute`() {
        let core = Core(pace: .virtual, seed: 1)
        let actors = (0..<1000).map { _ in Minute(core: core) }
        core.perform { for actor in actors { actor.enter { $0.begin() } } }
        core.run(for: .seconds(86_400))
        let rings = core.perform { actors.reduce(0) { $0 + $1.enter { $0.rings } } }
        #expect(rings == 1_440_000)
    }

    @Test func `moving an alarm a million times leaves one ring and keeps the queue small`() {
        let core = Core(pace: .virtual, seed: 1)
        let actor = Minute(core: core)
        core.perform {
            for step in 0..<1_000_000 {
                actor.enter { $0.moveTo(.nanoseconds(Int64(step) + 1_000_000)) }
            }
        }
        let events = core.run(for: .seconds(59))
        #expect(core.perform { actor.enter { $0.rings } } == 1)
        #expect(events <= 3, "\(events) entries were queued for one alarm")
    }

    @Test func `an alarm moves earlier and later, and is silent when cancelled`() {
        let core = Core(pace: .virtual, seed: 1)
        let actor = Minute(core: core)
        core.perform { actor.enter { $0.moveTo(.seconds(50)) } }
        core.perform { actor.enter { $0.moveTo(.seconds(10)) } }
        core.run(for: .seconds(10))
        #expect(core.perform { actor.enter { $0.rings } } == 1)
        core.perform { actor.enter { $0.moveTo(.seconds(10)) } }
        core.perform { actor.enter { $0.cancel() } }
        core.run(for: .seconds(49))
        #expect(core.perform { actor.enter { $0.rings } } == 1)
    }

    @Test func `an armed alarm keeps its actor, a silent one does not`() {
        let core = Core(pace: .virtual, seed: 1)
        weak var armed: Minute?
        weak var silent: Minute?
        do {
            let first = Minute(core: core)
            let second = Minute(core: core)
            (armed, silent) = (first, second)
            core.perform {
                first.enter { $0.moveTo(.seconds(1)) }
                second.enter { $0.moveTo(.seconds(1)) }
                second.enter { $0.cancel() }
            }
        }
        #expect(armed != nil)
        #expect(silent == nil)
    }
}

private actor Minute: CoreActor {
    nonisolated let core: Core
    var rings = 0
    private lazy var timer = Timer(on: self) { $0.ring() }

    init(core: Core) { self.core = core }

    func begin() { timer.arm(after: .seconds(60)) }
    func moveTo(_ delay: Duration) { timer.arm(after: delay) }
    func cancel() { timer.cancel() }

    private func ring() {
        rings += 1
        timer.arm(after: .seconds(60))
    }
}
