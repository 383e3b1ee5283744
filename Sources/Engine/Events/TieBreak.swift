/// Orders events of the same instant as the schedule says.
struct TieBreak {
    private let schedule: Schedule
    private let seed: UInt64
    /// Events at which the running handler falls behind, soonest last.
    private var changes: [UInt64] = []
    /// How far each fallen handler fell.
    private var fallen: [UInt64: UInt64] = [:]

    init(_ schedule: Schedule, seed: UInt64) {
        self.schedule = schedule
        self.seed = seed
        guard case .priorities(let count, let events) = schedule, events > 0 else { return }
        var random = SeededRandom(seed: seed, purpose: "schedule")
        changes = (0..<max(count, 0)).map { _ in random.next() % events + 1 }.sorted(by: >)
    }

    /// Whether what is due at once is ordered like everything else of its instant.
    var isSearching: Bool { schedule != .arrival }

    /// Orders an event of the handler with number `lane` among those of the same time.
    func tie(lane: UInt64, time: Instant) -> UInt64 {
        switch schedule {
        case .arrival: return 0
        case .random: return hash(lane, UInt64(bitPattern: time.nanoseconds))
        case .priorities:
            if let depth = fallen[lane] { return 1 << 63 | depth }
            return hash(lane, 0) >> 1
        }
    }

    /// Notes which handler ran the event with this number.
    mutating func ran(lane: UInt64, event: UInt64) {
        while let next = changes.last, next <= event {
            changes.removeLast()
            fallen[lane] = UInt64(fallen.count) + 1
        }
    }

    private func hash(_ lane: UInt64, _ time: UInt64) -> UInt64 {
        var hash = TraceHash(seed: seed)
        hash.append(lane)
        hash.append(time)
        return hash.value
    }
}
