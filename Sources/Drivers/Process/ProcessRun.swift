import Engine

/// One run's life, from its spawned program to its end: what is to be done when.
///
/// Times are nanoseconds of the monotonic clock.
struct ProcessRun {
    /// What its owner is to do next, in order.
    enum Step: Equatable {
        /// Try the port, then say how that went with `tried`.
        case tryPort
        case reportStarted
        /// Look for every process of the run, signal what is found, then say with `looked` how
        /// many there are.
        case look(Signal?)
        /// Nothing of it is left.
        case finish(ProcessError?)
    }

    enum Signal: Equatable {
        case terminate
        case kill
    }

    private enum Phase: Equatable {
        case starting(until: Int64)
        case running
        /// Asked to end; killed when the time has come.
        case ending(until: Int64)
        case killing
        case finished
    }

    private let grace: Int64
    private let limits: ProcessLimits
    private var phase: Phase
    private var next = Int64.max
    private var pause: Int64 = 0
    private var cleanLooks = 0
    private var failure: ProcessError?

    /// - Parameter waitsForPort: whether it is ready only when its port is.
    init(
        at now: Int64, waitsForPort: Bool, startTimeout: Duration, stopGrace: Duration,
        limits: ProcessLimits
    ) {
        self.limits = limits
        grace = max(.zero, min(stopGrace, limits.stopGrace)).nanoseconds
        let timeout = max(.zero, min(startTimeout, limits.startTimeout)).nanoseconds
        phase = waitsForPort ? .starting(until: now + timeout) : .running
        if waitsForPort { next = now }
    }

    /// When `wake` is to be called again.
    var nextDue: Int64 {
        switch phase {
        case .starting(let until), .ending(let until): min(next, until)
        case .running, .finished: .max
        case .killing: next
        }
    }

    private var isEnding: Bool {
        switch phase {
        case .starting, .running: false
        case .ending, .killing, .finished: true
        }
    }

    // MARK: What happens

    /// Time has passed.
    mutating func wake(at now: Int64) -> [Step] {
        switch phase {
        case .starting(let until):
            if now >= until { return fail(.startTimedOut, at: now) }
            return now >= next ? [.tryPort] : []
        case .ending(let until):
            guard now < until else {
                phase = .killing
                beginLooking()
                return [.look(.kill)]
            }
            return now >= next ? [.look(nil)] : []
        case .killing: return now >= next ? [.look(.kill)] : []
        case .running, .finished: return []
        }
    }

    mutating func tried(isOpen: Bool, at now: Int64) -> [Step] {
        guard case .starting = phase else { return [] }
        guard isOpen else {
            next = now + limits.tries.nanoseconds
            return []
        }
        phase = .running
        return [.reportStarted]
    }

    /// Somebody wants its end; `most` shortens the time that it has for it.
    mutating func stop(at now: Int64, most: Duration? = nil) -> [Step] {
        let until = now + min(grace, most?.nanoseconds ?? .max)
        switch phase {
        case .starting, .running: return end(until: until)
        case .ending(let earlier):
            phase = .ending(until: min(earlier, until))
            return []
        case .killing, .finished: return []
        }
    }

    /// It cannot go on.
    mutating func fail(_ error: ProcessError, at now: Int64) -> [Step] {
        guard !isEnding else { return [] }
        failure = error
        return end(until: now + grace)
    }

    /// The leader has ended; what it left behind follows it.
    mutating func leaderEnded(at now: Int64) -> [Step] {
        guard isEnding else { return end(until: now + grace) }
        // What was seen before is no longer true.
        next = now
        return []
    }

    /// - Parameter left: processes that a look found, the leader included.
    mutating func looked(left: Int, at now: Int64) -> [Step] {
        guard phase != .finished else { return [] }
        guard left == 0 else {
            cleanLooks = 0
            next = now + pause
            pause = min(pause * 2, limits.looks.longest.nanoseconds)
            return []
        }
        cleanLooks += 1
        next = now + limits.looks.first.nanoseconds
        guard cleanLooks >= limits.cleanLooks else { return [] }
        phase = .finished
        return [.finish(failure)]
    }

    // MARK: Ending

    private mutating func end(until: Int64) -> [Step] {
        phase = .ending(until: until)
        beginLooking()
        return [.look(.terminate)]
    }

    private mutating func beginLooking() {
        pause = limits.looks.first.nanoseconds
        cleanLooks = 0
    }
}
