import Synchronization

/// What other threads have for the core: inputs, and news that turns are durable.
final class Inbox: Sendable {
    private struct Contents {
        var arrivals: [Arrival] = []
        var durableTurn: UInt64 = 0
        var stopRequested = false
    }

    private let contents = Mutex(Contents())
    /// True when there may be something to take, so that an idle turn needs no lock.
    private let hasNews = Atomic<Bool>(false)
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
        if accepted { announce() }
        return accepted
    }

    /// Notes that `turn` and all before it have reached the disk.
    func markDurable(_ turn: UInt64) {
        contents.withLock { $0.durableTurn = max($0.durableTurn, turn) }
        announce()
    }

    var durableTurn: UInt64 { contents.withLock { $0.durableTurn } }

    func requestStop() {
        contents.withLock { $0.stopRequested = true }
        announce()
    }

    private func announce() {
        hasNews.store(true, ordering: .releasing)
        wake.signal()
    }

    /// Takes at most `limit` arrivals, and the news; nil when nothing came since the last time.
    func take(limit: Int) -> (arrivals: [Arrival], durableTurn: UInt64, stop: Bool)? {
        guard hasNews.exchange(false, ordering: .acquiring) else { return nil }
        return contents.withLock { contents in
            var taken: [Arrival] = []
            if contents.arrivals.count <= limit {
                swap(&taken, &contents.arrivals)
            } else {
                taken = Array(contents.arrivals.prefix(limit))
                contents.arrivals.removeFirst(limit)
                hasNews.store(true, ordering: .releasing)
            }
            return (taken, contents.durableTurn, contents.stopRequested)
        }
    }
}
