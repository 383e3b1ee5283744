import Synchronization

/// The deterministic core: one thread, one clock, and the actors that live on it.
///
/// Everything that can differ between two runs enters as a numbered input. The loop works in turns:
/// take the waiting inputs, run events until none is due, hand the turn's writes to the store, and
/// release the turn's outputs when they may leave. Functions marked «core only» trap elsewhere.
package final class Core: Sendable {
    package let executor: CoreExecutor
    package let pace: Pace
    package let limits: CoreLimits
    // Confined to the thread that owns the executor: every access passes `confined`.
    private nonisolated(unsafe) let loop: TurnLoop
    private let wake = Wakeup()
    private let inbox: Inbox
    private let store: (any TurnStore)?
    private let entropySource: @Sendable (Int) -> [UInt8]
    private let logSink: @Sendable (LogEntry) -> Void
    private let inputHandler: HandlerID
    private let sleepHandler: HandlerID
    private let retired = Mutex<[HandlerID]>([])
    private let hasRetired = Atomic<Bool>(false)

    /// - Parameters:
    ///   - seed: the root of every `random` stream, and of the order in a `.seeded` schedule.
    ///   - start: engine time at the start; a station that is started again in a simulation goes
    ///     on in the time of its world.
    ///   - utc: the wall clock at engine time zero.
    ///   - entropy: makes secrets, as many bytes as asked; each draw is an input.
    package init(
        pace: Pace,
        seed: UInt64,
        schedule: Schedule = .arrival,
        start: Instant = .start,
        utc: UTCTime = UTCTime(nanoseconds: 0),
        limits: CoreLimits = CoreLimits(),
        store: (any TurnStore)? = nil,
        observer: (any CoreObserver)? = nil,
        entropy: (@Sendable (Int) -> [UInt8])? = nil,
        log: @escaping @Sendable (LogEntry) -> Void = { _ in }
    ) {
        self.pace = pace
        self.limits = limits
        self.store = store
        self.logSink = log
        executor = CoreExecutor(wake: wake)
        inbox = Inbox(capacity: limits.pendingInputs, wake: wake)
        let loop = TurnLoop(seed: seed, schedule: schedule, utc: utc)
        loop.observer = observer
        loop.now = start
        inputHandler = loop.addHandler { [unowned loop] slot in loop.deliverArrival(slot) }
        sleepHandler = loop.addHandler(for: CoreClock.self) { [unowned loop] number in
            loop.sleepers.wake(number)
        }
        self.loop = loop
        entropySource = entropy ?? Core.seededEntropy(seed: seed)
    }

    private var confined: TurnLoop {
        executor.checkIsolated()
        return loop
    }

    // MARK: Time

    /// Engine time of the turn in hand. Core only.
    package var now: Instant { confined.now }

    /// The wall clock of the turn in hand. Core only.
    package var utc: UTCTime {
        UTCTime(nanoseconds: loop.utcOffsetNanoseconds).advanced(
            by: Instant.start.duration(to: now))
    }

    /// Engine time for `async` code. Core only.
    package var clock: CoreClock { CoreClock(core: self) }

    // MARK: Randomness

    /// A reproducible stream of numbers for one purpose. The same name gives the same stream.
    package func random(_ purpose: String) -> SeededRandom {
        SeededRandom(seed: loop.seed, purpose: purpose)
    }

    /// Secret bytes, such as a token's; each draw is a numbered input. Core only.
    package func entropy(_ count: Int) -> [UInt8] {
        let loop = confined
        let draw = EntropyDraw(bytes: entropySource(count))
        loop.inputCount += 1
        draw.feed(into: &loop.borderTrace)
        loop.observer?.input(
            loop.inputCount, event: loop.eventCount, at: loop.now, payload: draw)
        return draw.bytes
    }

    /// For virtual runs: the secrets follow from the seed.
    private static func seededEntropy(seed: UInt64) -> @Sendable (Int) -> [UInt8] {
        let random = Mutex(SeededRandom(seed: seed, purpose: "entropy"))
        return { count in
            random.withLock { random in
                (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 32) }
            }
        }
    }

    // MARK: Ports

    /// Opens a door for inputs; `handler` runs inside `actor`.
    package func inputPort<Owner: CoreActor, Payload: StreamPayload>(
        to actor: Owner, _ handler: @escaping @Sendable (isolated Owner, Payload) -> Void
    ) -> InputPort<Payload> {
        InputPort(core: self) { payload in actor.enter { handler($0, payload) } }
    }

    /// Where a step of the wall clock enters: from the machine's clock, a recording, a scenario.
    package var clockPort: InputPort<WallClockStep> {
        InputPort(core: self) { [unowned self] step in
            loop.utcOffsetNanoseconds = step.utcOffsetNanoseconds
        }
    }

    /// Opens a door for outputs. Core only.
    package func outputPort<Payload: StreamPayload>(
        release: Release, sink: @escaping @Sendable ([Payload]) -> Void
    ) -> OutputPort<Payload> {
        let port = OutputPort(core: self, release: release, sink: sink)
        confined.ports.append(port)
        return port
    }

    /// Adds a write to the turn in hand, which reaches the store whole or not at all. Core only.
    package func write(_ write: StoreWrite) {
        let loop = confined
        loop.writes.append(write)
        loop.noteOutput(write)
    }

    /// Writes a log line. Core only.
    package func log(
        _ level: LogLevel, _ component: String, _ message: StaticString,
        _ fields: KeyValuePairs<String, String> = [:]
    ) {
        let entry = LogEntry(
            time: utc, level: level, component: component, message: "\(message)",
            fields: fields.map { (name: $0.key, value: $0.value) })
        logSink(entry)
        loop.observer?.note(entry, event: loop.eventCount, at: loop.now)
    }

    // MARK: Tasks

    /// Starts `async` work on the core, such as a script or a request that waits for a device.
    @discardableResult
    package func task(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: executor) { await body() }
    }

    /// Runs `body` inside the core at `time`: a script's step. Core only.
    package func schedule(at time: Instant, _ body: @escaping @Sendable () -> Void) {
        let loop = confined
        let step = ScriptStep(body: body)
        let handler = loop.addHandler(for: ScriptStep.self) { [unowned self] _ in
            step.run(in: self)
        }
        step.handler = handler
        loop.push(handler, at: time, argument: 0)
    }
}

// MARK: - Turns

extension Core {
    /// The number of events run, and the hash over them so far.
    ///
    /// The hash covers the events, and everything that crossed the core's border.
    package var progress: (turn: UInt64, events: UInt64, trace: UInt64) {
        executor.own {
            var trace = loop.eventTrace
            trace.append(loop.borderTrace.value)
            return (loop.turn, loop.eventCount, trace.value)
        }
    }

    /// When the next event is due; nil when nothing will happen by itself. Core's owner only.
    package var nextDue: Instant? {
        executor.own { loop.queue.hasImmediate ? loop.now : loop.queue.nextTime }
    }

    /// Lets virtual time pass in which nothing is due, so that inputs sent next are of that time.
    /// Core's owner only.
    package func advance(to time: Instant) {
        precondition(pace == .virtual, "only virtual time can be moved")
        executor.own {
            precondition(!loop.queue.hasImmediate, "something is due now")
            precondition(loop.queue.nextTime.map { $0 >= time } ?? true, "something is due before")
            loop.now = max(loop.now, time)
        }
    }

    /// Looks at state between turns, on the calling thread. `body` changes nothing.
    package func look<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try executor.own(body)
    }

    /// Runs `body` on the calling thread as the core, then whatever it made runnable.
    ///
    /// A turn of its own: what it wrote goes to the store, and its outputs leave. For setting up
    /// before a run; `look` is for looking.
    package func perform<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try executor.own { () throws(Failure) in
            beginTurn(at: loop.now)
            let result = try body()
            executor.drain()
            endTurn()
            return result
        }
    }

    /// Runs until `stop()` on the calling thread, with the machine's clock.
    package func runLive() {
        let factor: Double
        switch pace {
        case .live: factor = 1
        case .paced(let given): factor = given
        case .virtual: preconditionFailure("virtual time has no live run")
        }
        executor.own {
            let clock = MachineClock(factor: factor)
            let started = loop.now
            var isStopping = false
            while !liveTurn(clock, since: started, &isStopping) {}
        }
    }

    /// Asks `runLive` to return after the turn in hand. Callable from any thread.
    package func stop() {
        inbox.requestStop()
    }

    private func liveTurn(
        _ clock: MachineClock, since started: Instant, _ isStopping: inout Bool
    ) -> Bool {
        let news = inbox.take(limit: limits.inputsPerTurn)
        if let news { loop.noteDurable(news.durableTurn) }
        let fresh = news?.arrivals ?? []
        // Nearly always there is none, and nothing is to be copied.
        let arrivals = loop.echoes.isEmpty ? fresh : loop.takeEchoes() + fresh
        isStopping = isStopping || news?.stop == true
        let now = started.advanced(by: .nanoseconds(clock.read().nanoseconds))
        let due = loop.queue.hasImmediate || loop.queue.nextTime.map { $0 <= now } ?? false
        executor.adoptForeignJobs()
        executor.drain()
        if arrivals.isEmpty && !due {
            loop.releaseOutputs()
            guard loop.echoes.isEmpty else { return false }
            // What was promised must reach the disk, and its answers the clients, before the end.
            if isStopping && loop.undurable.isEmpty { return true }
            let next = loop.queue.nextTime ?? .distantFuture
            wake.wait(
                nanoseconds: clock.nanosecondsUntil(
                    next == .distantFuture
                        ? next
                        : Instant(nanoseconds: started.duration(to: next).nanoseconds)))
            return false
        }
        turn(at: now, eventLimit: limits.eventsPerTurn) {
            followWallClock(at: now)
            for arrival in arrivals { loop.admit(arrival, handler: inputHandler) }
        }
        return isStopping && loop.undurable.isEmpty
    }

    /// Runs virtual time up to and including `end`, then stops there. Core's owner only.
    ///
    /// - Returns: the number of events that ran.
    @discardableResult
    package func run(until end: Instant) -> UInt64 {
        precondition(pace == .virtual, "only virtual time can be run up to a moment")
        return executor.own {
            let before = loop.eventCount
            executor.drain()
            while true {
                let news = inbox.take(limit: .max)
                if let news { loop.noteDurable(news.durableTurn) }
                let arrivals = news?.arrivals ?? []
                let due = loop.queue.hasImmediate ? loop.now : loop.queue.nextTime
                if arrivals.isEmpty {
                    guard let due, due <= end else { break }
                    turn(at: max(due, loop.now), eventLimit: limits.eventsPerInstant) {}
                } else {
                    turn(at: loop.now, eventLimit: limits.eventsPerInstant) {
                        for arrival in arrivals { loop.admit(arrival, handler: inputHandler) }
                    }
                }
            }
            loop.now = max(loop.now, end)
            loop.releaseOutputs()
            return loop.eventCount - before
        }
    }

    /// Runs virtual time for a while.
    @discardableResult
    package func run(for duration: Duration) -> UInt64 {
        run(until: executor.own { loop.now }.advanced(by: duration))
    }

    /// Runs one turn of virtual time again as a recording has it. Core's owner only.
    ///
    /// - Parameters:
    ///   - events: how many the turn ran; a live turn ends at its limit and the rest waits.
    ///   - admit: sends the turn's inputs through their ports.
    package func replayTurn(at now: Instant, events: Int, _ admit: () -> Void) {
        precondition(pace == .virtual, "only virtual time can be told its turns")
        executor.own {
            executor.drain()
            turn(at: max(now, loop.now), eventLimit: max(events, limits.eventsPerTurn), admit)
        }
    }

    private func turn(at now: Instant, eventLimit: Int, _ admit: () -> Void) {
        beginTurn(at: now)
        retireHandlers()
        admit()
        var events = 0
        while events < eventLimit, loop.runNextEvent() {
            executor.drain()
            events += 1
        }
        precondition(
            events < limits.eventsPerInstant || pace != .virtual,
            "\(events) events at one instant of virtual time")
        endTurn()
    }

    private func beginTurn(at now: Instant) {
        loop.turn += 1
        loop.now = now
        loop.isInTurn = true
        loop.observer?.turnBegan(loop.turn, at: now, utc: utc)
    }

    private func endTurn() {
        commit()
        loop.observer?.turnEnded(loop.turn, events: loop.eventCount, trace: loop.eventTrace.value)
        loop.isInTurn = false
        loop.releaseOutputs()
    }

    private func commit() {
        guard !loop.writes.isEmpty else { return }
        var writes: [StoreWrite] = []
        swap(&writes, &loop.writes)
        guard let store else { return }
        let turn = loop.turn
        loop.undurable.append(turn)
        store.commit(writes) { [inbox] in inbox.markDurable(turn) }
        // A store in memory is durable by now.
        loop.noteDurable(inbox.durableTurn)
    }

    /// A step of the wall clock is an input, so that a replay steps at the same turn.
    private func followWallClock(at now: Instant) {
        guard pace == .live else { return }
        let offset = MachineClock.utcNanoseconds() &- now.nanoseconds
        guard (offset &- loop.utcOffsetNanoseconds).magnitude > Core.wallClockTolerance else {
            return
        }
        clockPort.send(WallClockStep(utcOffsetNanoseconds: offset))
    }

    /// Smaller differences are slewing and jitter; a longer one is somebody setting the clock.
    private static let wallClockTolerance: UInt64 = 10_000_000

    private func retireHandlers() {
        guard hasRetired.exchange(false, ordering: .acquiring) else { return }
        let ids = retired.withLock { retired in
            defer { retired.removeAll() }
            return retired
        }
        for id in ids { loop.removeHandler(id) }
    }
}

// MARK: - For the engine's own pieces

extension Core {
    func addHandler(for owner: Any.Type?, _ call: @escaping (UInt64) -> Void) -> HandlerID {
        confined.addHandler(for: owner, call)
    }

    /// Frees a handler; callable from any thread, because the last reference may be dropped there.
    func retire(_ id: HandlerID) {
        guard !executor.isOwnedByCurrentThread else { return loop.removeHandler(id) }
        retired.withLock { $0.append(id) }
        hasRetired.store(true, ordering: .releasing)
    }

    func push(_ id: HandlerID, at time: Instant, argument: UInt64) {
        confined.push(id, at: time, argument: argument)
    }

    func pushImmediate(_ id: HandlerID) {
        confined.pushImmediate(id, argument: 0)
    }

    func receive(_ arrivals: [Arrival]) -> Bool {
        guard executor.isOwnedByCurrentThread else { return inbox.add(arrivals) }
        // What the sink of an output says at once belongs to the next turn, whose time is not known
        // yet, unless time stands still.
        guard loop.isInTurn || pace == .virtual else {
            loop.addEchoes(arrivals)
            return true
        }
        for arrival in arrivals { loop.admit(arrival, handler: inputHandler) }
        return true
    }

    func noteOutput(_ payload: some StreamPayload) -> UInt64 {
        let loop = confined
        loop.noteOutput(payload)
        loop.hasHeldOutputs = true
        return loop.turn
    }

    func newSleep() -> UInt64 { confined.sleepers.newNumber() }

    func beginSleep(
        _ number: UInt64, until deadline: Instant,
        _ continuation: CheckedContinuation<Void, any Error>
    ) {
        let loop = confined
        guard loop.sleepers.add(number, continuation) else { return }
        loop.push(sleepHandler, at: deadline, argument: number)
    }

    func cancelSleep(_ number: UInt64) {
        confined.sleepers.cancel(number)
    }

    func finishSleep(_ number: UInt64) {
        confined.sleepers.finish(number)
    }
}
