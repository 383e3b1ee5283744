import CBenchPeer
import Engine

/// Dispatch into actors beside a bare loop over a C++ priority queue: the hold model, popping the
/// earliest event and scheduling it again 1 to 1,024 later.
enum EngineBench {
    private static let events: UInt64 = 2_000_000
    private static let rounds = 5

    static func run() throws {
        print("  pending   engine Mev/s   C++ queue Mev/s   engine is slower by")
        for pending in [10, 1000, 100_000] {
            var ours: [Double] = []
            var peer: [Double] = []
            // In turns, so that a change of the machine's speed meets both.
            for _ in 0..<rounds {
                ours.append(dispatch(pending))
                peer.append(Stopwatch.seconds { _ = cbench_hold(UInt64(pending), events) })
            }
            let rate = Double(events) / 1e6
            let ratios = zip(ours, peer).map { $0 / $1 }
            print(
                "  " + Figure.padded(String(pending), 7)
                    + Figure.padded(Figure.fixed(rate / Stopwatch.median(ours)), 15)
                    + Figure.padded(Figure.fixed(rate / Stopwatch.median(peer)), 18)
                    + Figure.padded(Figure.fixed(Stopwatch.median(ratios)) + " ×", 22))
        }
    }

    /// Seconds for `events` timer events among `pending` actors, each entered by its event.
    private static func dispatch(_ pending: Int) -> Double {
        let core = Core(pace: .virtual, seed: 1)
        let actors = (0..<pending).map { HoldActor(core: core, number: $0) }
        core.perform { for actor in actors { actor.enter { $0.begin() } } }
        // The mean delay is 512.5 ns, so this span holds about `events` events.
        let span = Int64(Double(events) / Double(pending) * 512.5)
        var ran: UInt64 = 0
        // A core holds its actors weakly.
        let seconds = withExtendedLifetime(actors) {
            Stopwatch.seconds { ran = core.run(for: .nanoseconds(span)) }
        }
        return seconds * Double(events) / Double(max(ran, 1))
    }
}

/// Rings, and sets its alarm again.
private actor HoldActor: CoreActor {
    nonisolated let core: Core
    private var state: UInt64
    private lazy var timer = Timer(on: self) { $0.ring() }

    init(core: Core, number: Int) {
        self.core = core
        state = 88_172_645_463_325_252 &+ UInt64(number) &* 7_919
    }

    func begin() { ring() }

    private func ring() {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        timer.arm(after: .nanoseconds(Int64(state & 1023) + 1))
    }
}
