import Engine
import Synchronization

/// Gives a replayed core the secrets that were drawn, in their order.
package final class ReplayEntropy: Sendable {
    private struct State {
        var draws: ArraySlice<[UInt8]> = []
        var spare: SeededRandom
    }

    private let state: Mutex<State>

    package init(seed: UInt64) {
        state = Mutex(State(spare: SeededRandom(seed: seed, purpose: "replay-entropy")))
    }

    /// Makes the draws of a turn available.
    package func add(_ draws: [[UInt8]]) {
        state.withLock { $0.draws += draws }
    }

    /// Drops what the turn did not draw.
    package func endTurn() {
        state.withLock { $0.draws = [] }
    }

    /// What was drawn here then; other bytes when nothing was.
    package func draw(_ count: Int) -> [UInt8] {
        state.withLock { state in
            if let draw = state.draws.popFirst(), draw.count == count { return draw }
            return (0..<count).map { _ in UInt8(truncatingIfNeeded: state.spare.next() >> 32) }
        }
    }
}
