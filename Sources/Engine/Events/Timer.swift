/// A one-shot alarm that belongs to one actor; arming it again moves it.
///
/// Confined to its actor. Moving the deadline later costs nothing until the earlier one is reached,
/// so an idle time-out may be moved at every frame. It holds its actor weakly and is gone with it.
package final class Timer {
    private let core: Core
    private var handler: HandlerID?
    private var body: (() -> Void)?
    private var deadline: Instant?
    /// The time of the entry in the event queue that counts, and its number.
    private var queuedFor: Instant?
    private var queuedNumber: UInt64 = 0

    /// - Parameter body: runs inside `actor` when the deadline is reached.
    package init<Owner: CoreActor>(
        on actor: Owner, _ body: @escaping @Sendable (isolated Owner) -> Void
    ) {
        core = actor.core
        self.body = { [weak actor] in actor?.enter(body) }
        handler = core.addHandler { [weak self] number in self?.reached(number) }
    }

    deinit {
        if let handler { core.retire(handler) }
    }

    /// Whether the alarm will ring.
    package var isArmed: Bool { deadline != nil }

    package func arm(after delay: Duration) {
        arm(at: core.now.advanced(by: delay))
    }

    /// Rings at `time`, or at once in this turn when that has passed.
    package func arm(at time: Instant) {
        deadline = time
        if let queuedFor, queuedFor <= time { return }
        enqueue(at: time)
    }

    package func cancel() {
        deadline = nil
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
        body?()
    }
}
