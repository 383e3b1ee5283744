private import Glibc
import Synchronization

/// What must still be undone when the test process ends: static values are never released.
final class AtExit: Sendable {
    private struct State {
        var isArmed = false
        var last = 0
        var actions: [Int: @Sendable () -> Void] = [:]
    }

    private static let state = Mutex(State())
    private let number: Int

    /// Performs the action when the process ends, unless this is released before.
    init(_ action: @escaping @Sendable () -> Void) {
        number = Self.state.withLock { state in
            if !state.isArmed {
                atexit { AtExit.performAll() }
                state.isArmed = true
            }
            state.last += 1
            state.actions[state.last] = action
            return state.last
        }
    }

    deinit {
        Self.state.withLock { $0.actions[number] = nil }
    }

    /// The newest first: a program writes into a folder that was there before it.
    private static func performAll() {
        let actions = state.withLock { $0.actions }
        for (_, action) in actions.sorted(by: { $0.key > $1.key }) { action() }
    }
}
