import Engine
import Testing

private actor Counter: CoreActor {
    nonisolated let core: Core
    var rings: [Instant] = []
    private lazy var timer = Timer(on: self) { $0.ring() }

    init(core: Core) { self.core = core }

    func start(after delay: Duration) { timer.arm(after: delay) }

    func ring() {
        rings.append(core.now)
        if rings.count < 3 { timer.arm(after: .seconds(1)) }
    }

    func doubled(_ value: Int) async -> Int { value * 2 }
}

@Suite struct CoreTests {
    @Test func `a timer rings at its time, and virtual time skips what is idle`() {
        let core = Core(pace: .virtual, seed: 1)
        let counter = Counter(core: core)
        core.perform { counter.enter { $0.start(after: .seconds(3600)) } }
        core.run(for: .seconds(86_400))
        let rings = core.perform { counter.enter { $0.rings } }
        #expect(rings.map { $0.nanoseconds / 1_000_000_000 } == [3600, 3601, 3602])
        #expect(core.perform { core.now } == Instant.start.advanced(by: .seconds(86_400)))
    }

    @Test func `a task sleeps in engine time and stays on the core`() {
        let core = Core(pace: .virtual, seed: 1)
        let counter = Counter(core: core)
        core.perform {
            _ = core.task {
                do {
                    for _ in 0..<3 { try await core.clock.sleep(for: .seconds(10)) }
                    let value = await counter.doubled(21)
                    if value == 42 { await counter.ring() }
                } catch {
                    Issue.record(error)
                }
            }
        }
        core.run(for: .seconds(31))
        let rings = core.perform { counter.enter { $0.rings } }
        #expect(rings.first == Instant.start.advanced(by: .seconds(30)))
        #expect(core.executor.foreignJobCount == 0)
    }
}
