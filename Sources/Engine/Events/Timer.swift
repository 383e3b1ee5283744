/// A one-shot alarm that belongs to one actor; arming it again moves it.
///
/// Confined to its actor, which keeps it. While it is armed it keeps its actor alive, so an actor
/// that shall go must cancel what it has armed. Moving the deadline later costs nothing until the
/// earlier one is reached, so an idle time-out may be moved at every frame.
package final class Timer {
    private let alarm: Alarm

    /// - Parameter body: runs inside `actor` when the deadline is reached.
    package init<Owner: CoreActor>(
        on actor: Owner, _ body: @escaping @Sendable (isolated Owner) -> Void
    ) {
        alarm = OwnedAlarm(actor, body)
    }

    deinit {
        alarm.retire()
    }

    /// Whether the alarm will ring.
    package var isArmed: Bool { alarm.deadline != nil }

    package func arm(after delay: Duration) {
        alarm.arm(at: alarm.core.now.advanced(by: delay))
    }

    /// Rings at `time`, or at once in this turn when that has passed.
    package func arm(at time: Instant) {
        alarm.arm(at: time)
    }

    package func cancel() {
        alarm.cancel()
    }
}

/// The part of a timer that its core keeps.
private class Alarm {
    let core: Core
    private var handler: HandlerID?
    private(set) var deadline: Instant?
    /// The time of the entry in the event queue that counts, and its number.
    private var queuedFor: Instant?
    private var queuedNumber: UInt64 = 0

    init(core: Core) {
        self.core = core
    }

    /// Registers with the core, which then keeps the alarm until it is retired.
    func register(for owner: Any.Type) {
        handler = core.addHandler(for: owner) { [self] number in reached(number) }
    }

    func retire() {
        if let handler { core.retire(handler) }
    }

    /// Takes hold of the owner while there is something to ring for.
    func hold() {}
    func letGo() {}
    func ring() {}

    func arm(at time: Instant) {
        if deadline == nil { hold() }
        deadline = time
        if let queuedFor, queuedFor <= time { return }
        enqueue(at: time)
    }

    func cancel() {
        guard deadline != nil else { return }
        deadline = nil
        letGo()
    }

    private func enqueue(at time: Instant) {
        guard let handler else { return }
        queuedFor = time
        queuedNumber &+= 1
        core.push(handler, at: time, argument: queuedNumber)
    }

    private func reached(_ number: UInt64) {
        guard number == queuedNumber else { return }
        queuedFor = nil
        guard let deadline else { return }
        guard deadline <= core.now else { return enqueue(at: deadline) }
        self.deadline = nil
        ring()
    }
}

private final class OwnedAlarm<Owner: CoreActor>: Alarm {
    private let body: @Sendable (isolated Owner) -> Void
    /// The owner keeps the timer, so it is there whenever the timer is used.
    private unowned let owner: Owner
    private var held: Owner?

    init(_ owner: Owner, _ body: @escaping @Sendable (isolated Owner) -> Void) {
        self.owner = owner
        self.body = body
        super.init(core: owner.core)
        register(for: Owner.self)
    }

    override func hold() { held = owner }
    override func letGo() { held = nil }

    override func ring() {
        guard let owner = held else { return }
        held = nil
        owner.enterConfined(body)
    }
}
