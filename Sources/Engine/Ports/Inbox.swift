import Synchronization

/// What other threads have for the core: inputs, and news that turns are durable.
final class Inbox: Sendable {
    private struct Contents {
        var arrivals: [Arrival] = []
        var durableTurn: UInt64 = 0
        var stopRequested = false
    }

    private let contents = Mutex(Contents())
    private let wake: Wakeup
    private let capacity: Int

    init(capacity: Int, wake: Wakeup) {
        self.capacity = capacity
        self.wake = wake
    }

    /// False, and nothing is taken, when the inbox would exceed its capacity.
    func add(_ arrivals: [Arrival]) -> Bool {
        let accepted = contents.withLock { contents in
            guard contents.arrivals.count + arrivals.count <= capacity else { return false }
            contents.arrivals += arrivals
            return true
        }
        if accepted { wake.signal() }
        return accepted
    }

    /// Notes that `turn` and all before it have reached the disk.
    func markDurable(_ turn: UInt64) {
        contents.withLock { $0.durableTurn = max($0.durableTurn, turn) }
        wake.signal()
    }

    var durableTurn: UInt64 { contents.withLock { $0.durableTurn } }

    func requestStop() {
        contents.withLock { $0.stopRequested = true }
        wake.signal()
    }

    /// Takes at most `limit` arrivals, and the news.
    func take(limit: Int) -> (arrivals: [Arrival], durableTurn: UInt64, stop: Bool) {
        contents.withLock { contents in
            var taken: [Arrival] = []
            if contents.arrivals.count <= limit {
                swap(&taken, &contents.arrivals)
            } else {
                taken = Array(contents.arrivals.prefix(limit))
                contents.arrivals.removeFirst(limit)
            }
            return (taken, contents.durableTurn, contents.stopRequested)
        }
    }
}
