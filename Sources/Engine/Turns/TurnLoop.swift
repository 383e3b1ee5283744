/// The machinery of one core: events, handlers, numbering, the turn in hand.
///
/// Confined to the core's thread; `Core` checks that at its door.
final class TurnLoop {
    struct Handler {
        var generation: UInt32
        /// Tells handlers apart in the trace and in seeded order; never used again.
        var lane: UInt64
        /// Whose timer this is; nil for what runs at once.
        var owner: Any.Type?
        var call: ((UInt64) -> Void)?
    }

    let seed: UInt64
    var now = Instant.start
    /// UTC minus engine time.
    var utcOffsetNanoseconds: Int64
    var queue = EventQueue()
    var handlers: ContiguousArray<Handler> = []
    var freeSlots: [Int] = []
    var arrivals: ContiguousArray<Arrival?> = []
    var freeArrivals: [Int] = []
    /// Over the events: their times, handlers and arguments. No secret reaches it.
    var eventTrace: TraceHash
    /// Over inputs and outputs.
    var borderTrace: TraceHash
    var turn: UInt64 = 0
    var isInTurn = false
    /// What came between two turns from the core's own thread.
    private(set) var echoes: [Arrival] = []
    var eventCount: UInt64 = 0
    var inputCount: UInt64 = 0
    var outputCount: UInt64 = 0
    var writes: [StoreWrite] = []
    /// Turns that wrote and may not have reached the disk yet, oldest first.
    var undurable: ArraySlice<UInt64> = []
    var ports: [any ReleasablePort] = []
    var sleepers = Sleepers()
    /// False when no port can have an output to release.
    var hasHeldOutputs = false
    var observer: (any CoreObserver)?
    private var sequence: UInt64 = 0
    private var nextLane: UInt64 = 0
    private var tieBreak: TieBreak

    init(seed: UInt64, schedule: Schedule, utc: UTCTime) {
        self.seed = seed
        self.utcOffsetNanoseconds = utc.nanoseconds
        tieBreak = TieBreak(schedule, seed: seed)
        eventTrace = TraceHash(seed: seed)
        borderTrace = TraceHash(seed: seed)
    }

    // MARK: Handlers

    func addHandler(
        for owner: Any.Type? = nil, _ call: @escaping (UInt64) -> Void
    ) -> HandlerID {
        nextLane += 1
        guard let slot = freeSlots.popLast() else {
            handlers.append(Handler(generation: 0, lane: nextLane, owner: owner, call: call))
            return HandlerID(slot: handlers.count - 1, generation: 0)
        }
        handlers[slot].lane = nextLane
        handlers[slot].owner = owner
        handlers[slot].call = call
        return HandlerID(slot: slot, generation: handlers[slot].generation)
    }

    func removeHandler(_ id: HandlerID) {
        guard handlers[id.slot].generation == id.generation else { return }
        handlers[id.slot].generation &+= 1
        handlers[id.slot].call = nil
        freeSlots.append(id.slot)
    }

    // MARK: Events

    func push(_ id: HandlerID, at time: Instant, argument: UInt64) {
        let time = max(time, now)
        let tie = tieBreak.tie(lane: handlers[id.slot].lane, time: time)
        queue.push(event(id, time, tie, argument))
    }

    func pushImmediate(_ id: HandlerID, argument: UInt64) {
        // Where the order is searched, what is due at once competes with the timers of the instant.
        guard !tieBreak.isSearching else { return push(id, at: now, argument: argument) }
        queue.pushImmediate(event(id, now, 0, argument))
    }

    private func event(
        _ id: HandlerID, _ time: Instant, _ tie: UInt64, _ argument: UInt64
    ) -> Event {
        sequence += 1
        return Event(
            time: time, tie: tie, sequence: sequence, slot: id.slot, generation: id.generation,
            argument: argument)
    }

    /// Runs the next event that is due; false when none is.
    func runNextEvent() -> Bool {
        guard let event = queue.pop(dueAt: now) else { return false }
        let handler = handlers[event.slot]
        guard handler.generation == event.generation, let call = handler.call else { return true }
        eventCount += 1
        eventTrace.append(UInt64(bitPattern: event.time.nanoseconds) ^ handler.lane << 48)
        eventTrace.append(event.argument)
        tieBreak.ran(lane: handler.lane, event: eventCount)
        if let observer, let owner = handler.owner {
            observer.timer(owner, event: eventCount, at: now)
        }
        call(event.argument)
        return true
    }

    // MARK: Inputs and outputs

    func addEchoes(_ arrivals: [Arrival]) {
        echoes += arrivals
    }

    func takeEchoes() -> [Arrival] {
        defer { echoes = [] }
        return echoes
    }

    func admit(_ arrival: Arrival, handler: HandlerID) {
        inputCount += 1
        arrival.feed(into: &borderTrace)
        if let observer {
            let event = eventCount + UInt64(queue.immediateCount) + 1
            arrival.show(to: observer, as: inputCount, event: event, at: now)
        }
        if let slot = freeArrivals.popLast() {
            arrivals[slot] = arrival
            pushImmediate(handler, argument: UInt64(slot))
        } else {
            arrivals.append(arrival)
            pushImmediate(handler, argument: UInt64(arrivals.count - 1))
        }
    }

    func deliverArrival(_ slot: UInt64) {
        let slot = Int(slot)
        guard let arrival = arrivals[slot] else { return }
        arrivals[slot] = nil
        freeArrivals.append(slot)
        arrival.deliver()
    }

    func noteOutput(_ payload: some StreamPayload) {
        outputCount += 1
        payload.feed(into: &borderTrace)
        observer?.output(outputCount, event: eventCount, at: now, payload: payload)
    }

    /// Hands held outputs to their sinks, what moves devices first.
    func releaseOutputs() {
        guard hasHeldOutputs else { return }
        // Only what waits for the disk can still be held afterwards.
        hasHeldOutputs = !undurable.isEmpty
        for port in ports where port.isImmediate { port.release(upTo: turn) }
        // A turn that only read may have read what an undurable turn before it could still lose.
        let limit = undurable.first.map { $0 - 1 } ?? turn
        for port in ports where !port.isImmediate { port.release(upTo: limit) }
    }

    func noteDurable(_ turn: UInt64) {
        undurable = undurable.drop { $0 <= turn }
    }
}

/// Names a handler of one core; a stale name is recognised.
struct HandlerID: Sendable, Equatable {
    let slot: Int
    let generation: UInt32
}
