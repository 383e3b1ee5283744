/// Decides what a store's writer does next, without thread, clock or database.
///
/// Turns leave in the order in which they came, and only when they are durable. The caller holds
/// the lock around each call and performs the answer outside it.
struct TurnQueue {
    /// The writer's next step.
    enum Step {
        /// Write these turns, in order, each whole, as one transaction; then call `wrote` or
        /// `failed`.
        case write([PendingTurn])
        /// Sleep until the bell rings.
        case sleep
        /// Clean up and end. `close` was called.
        case end
    }

    /// What to do after a failure.
    enum AfterFailure: Equatable {
        /// Sleep for this long, or until the bell rings, then ask for the next step.
        case pause(Duration)
        /// Ask for the next step at once.
        case goOn
    }

    /// What `add` did with the turn.
    enum Admission: Equatable {
        /// Kept. The bell must ring when the writer is asleep without a deadline.
        case kept(mustRing: Bool)
        /// Not kept, and never acknowledged: the store is closed or halted.
        case refused
    }

    private let limits: StoreLimits
    private var turns: [PendingTurn] = []
    /// Where the waiting turns begin in `turns`; those before it are durable.
    private var head = 0
    private var pendingBytes = 0
    private var isWriterAsleep = false
    private var isOverloaded = false
    private var isClosing = false
    /// Why no further turn is taken.
    private var haltReason: StoreError?
    /// Whether the first waiting turn can never be written.
    private var isBlocked = false
    private var failure: (reason: StoreError, attempts: Int)?
    /// The next transaction ends before a turn that the database refused.
    private var turnsBeforeRefused: Int?

    init(limits: StoreLimits) {
        self.limits = limits
    }

    /// Turns that are not yet durable.
    var pendingTurns: Int { turns.count - head }

    /// Why turns are still waiting, when they should not be.
    var waitReason: StoreError? { haltReason ?? failure?.reason }

    var health: StoreHealth {
        if let haltReason { return .halted(reason: haltReason) }
        if isOverloaded {
            return .overloaded(pendingTurns: pendingTurns, reason: failure?.reason)
        }
        if let failure { return .failing(reason: failure.reason, attempts: failure.attempts) }
        return .ok
    }

    /// Takes a turn at the end of the line.
    mutating func add(_ turn: PendingTurn) -> Admission {
        guard !isClosing, haltReason == nil else { return .refused }
        let (bytes, overflow) = pendingBytes.addingReportingOverflow(turn.byteCount)
        guard !overflow, bytes <= limits.pendingBytesMax else {
            // Leaving one turn out and taking the next would store a state that never was.
            haltReason = .tooManyPendingTurns(bytesMax: limits.pendingBytesMax)
            return .refused
        }
        turns.append(turn)
        pendingBytes = bytes
        if pendingTurns > limits.pendingTurnsOverload { isOverloaded = true }
        defer { isWriterAsleep = false }
        return .kept(mustRing: isWriterAsleep)
    }

    /// Takes no further turn; the writer ends when the waiting ones are written or fail once more.
    mutating func close() {
        isClosing = true
    }

    /// What the writer does now.
    mutating func next() -> Step {
        guard pendingTurns > 0, !isBlocked else {
            if isClosing { return .end }
            isWriterAsleep = true
            return .sleep
        }
        let count = min(turnsBeforeRefused ?? limits.turnsPerTransactionMax, pendingTurns)
        return .write(Array(turns[head..<head + count]))
    }

    /// The first `count` waiting turns are durable.
    mutating func wrote(_ count: Int) {
        precondition(count <= pendingTurns, "more turns written than were waiting")
        for turn in turns[head..<head + count] { pendingBytes -= turn.byteCount }
        head += count
        // Moving the rest down only when it is the smaller part keeps the cost per turn constant.
        if head * 2 >= turns.count {
            turns.removeFirst(head)
            head = 0
        }
        failure = nil
        turnsBeforeRefused = nil
        if pendingTurns <= limits.pendingTurnsOverload / 2 { isOverloaded = false }
    }

    /// Nothing of the last `write` was stored.
    ///
    /// - Parameters:
    ///   - refusedTurn: The place, in that write, of a turn that will never be accepted; nil when
    ///     the same turns may succeed later.
    mutating func failed(_ reason: StoreError, refusedTurn: Int?) -> AfterFailure {
        if let refusedTurn {
            if refusedTurn > 0 {
                turnsBeforeRefused = refusedTurn
            } else {
                haltReason = reason
                isBlocked = true
            }
            return .goOn
        }
        let attempts = (failure?.attempts ?? 0) + 1
        failure = (reason, attempts)
        if isClosing { isBlocked = true }
        return isClosing ? .goOn : .pause(pause(afterAttempts: attempts))
    }

    private func pause(afterAttempts attempts: Int) -> Duration {
        // 20 doublings of any useful shortest pause are past any useful longest one.
        let doublings = min(attempts - 1, 20)
        return min(limits.retryDelayMin * (1 << doublings), limits.retryDelayMax)
    }
}
