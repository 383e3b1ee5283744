import Drivers
import Engine

/// One command from its begin to its end: events in, actions out, no clock and no device.
///
/// It ends once. Whoever follows it hears of its end at once, of its output at a bounded rate, and
/// never misses the last of it.
struct CommandProgress: Sendable {
    enum Event: Sendable, Equatable {
        /// It exists, and waits for its turn.
        case submitted
        /// Its turn has come.
        case begin
        case driver(CommandEvent)
        /// The armed deadline has come.
        case deadline
        /// It shall not go on, for this reason.
        case abort(String)
    }

    enum Action: Sendable, Equatable {
        /// Give the order to a driver.
        case attempt
        /// Break off the attempt that is under way.
        case cancel
        /// Show how far it is.
        case show
        /// Store how far it is.
        case save
        /// Replaces the deadline that was armed before.
        case arm(Instant)
        case disarm
    }

    private enum Phase: Sendable, Equatable {
        /// Exits: `attempting` when its turn comes, `ended` when it expires or is aborted.
        case queued
        /// Exits: `running` when the device is reached; `waiting` when it is not and there is time
        /// left, else `ended`.
        case attempting(until: Instant)
        /// Exits: `attempting` at the moment given, `ended` when it expires or is aborted.
        case waiting(until: Instant)
        /// Exits: `ended` with what the driver says, or at the moment given.
        case running(until: Instant)
        /// No exits.
        case ended
    }

    private let limits: CommandLimits
    private let timeout: Duration
    private let expiry: Instant?
    private var phase = Phase.queued
    private var backoff: ReconnectBackoff
    private var lastReason: String?
    private var show = Pacing()
    private var save = Pacing()
    private var armed: Instant?
    private var actions: [Action] = []
    private(set) var output: CommandOutput
    private(set) var status = Command.Status.inProgress

    /// - Parameters:
    ///   - timeout: how long one attempt may take, from its begin to its end.
    ///   - expiry: until when the device is waited for; nil tries once.
    init(timeout: Duration, expiry: Instant?, limits: CommandLimits) {
        self.timeout = timeout
        self.expiry = expiry
        self.limits = limits
        output = CommandOutput(limit: limits.outputBytes)
        backoff = ReconnectBackoff(
            minimum: limits.retries.lowerBound, maximum: limits.retries.upperBound)
    }

    var isEnded: Bool { phase == .ended }

    /// The device knows nothing of it yet.
    var isWaiting: Bool {
        switch phase {
        case .queued, .attempting, .waiting: true
        case .running, .ended: false
        }
    }

    /// Takes one event; `jitter` is a random number in 0..<1 for a pause that may become due.
    mutating func handle(_ event: Event, at now: Instant, jitter: Double = 0) -> [Action] {
        guard !isEnded else { return [] }
        switch event {
        case .submitted: break
        case .begin: if phase == .queued { attempt(at: now) }
        case .driver(let event): hear(event, at: now, jitter: jitter)
        case .deadline:
            armed = nil
            deadlineCame(at: now, jitter: jitter)
        case .abort(let reason):
            cancelAttempt()
            fail(reason)
        }
        pace(at: now)
        updateDeadline()
        defer { actions = [] }
        return actions
    }

    // MARK: Attempts

    private mutating func attempt(at now: Instant) {
        phase = .attempting(until: now.advanced(by: timeout))
        actions.append(.attempt)
    }

    private mutating func cancelAttempt() {
        switch phase {
        case .attempting, .running: actions.append(.cancel)
        case .queued, .waiting, .ended: break
        }
    }

    private mutating func hear(_ event: CommandEvent, at now: Instant, jitter: Double) {
        guard let until = attemptEnd else { return }
        switch event {
        case .reached: phase = .running(until: until)
        case .output(let bytes):
            phase = .running(until: until)
            guard output.append(bytes) else { return }
            show.changed()
            save.changed()
        case .ended(exitCode: 0):
            output.finish()
            end(.success)
        case .ended(let code): fail("the command ended with exit code \(code)")
        case .signalled(let name): fail("the command was ended by the signal \(name)")
        case .failed(let failure):
            failure.isUnreachable
                ? notReached(failure.reason, at: now, jitter: jitter) : fail(failure.reason)
        }
    }

    /// Until when the attempt under way may go on; nil when there is none.
    private var attemptEnd: Instant? {
        switch phase {
        case .attempting(let until), .running(let until): until
        case .queued, .waiting, .ended: nil
        }
    }

    private mutating func notReached(_ reason: String, at now: Instant, jitter: Double) {
        guard expiry != nil else { return fail("cannot connect: \(reason)") }
        lastReason = reason
        phase = .waiting(until: now.advanced(by: backoff.next(jitter: jitter)))
        if hasExpired(at: now) { expire() }
    }

    // MARK: Deadlines

    private mutating func deadlineCame(at now: Instant, jitter: Double) {
        if isWaiting, hasExpired(at: now) {
            cancelAttempt()
            return expire()
        }
        switch phase {
        case .attempting(let until) where until <= now:
            actions.append(.cancel)
            notReached("no answer within \(timeoutText)", at: now, jitter: jitter)
        case .running(let until) where until <= now:
            actions.append(.cancel)
            fail("the command did not end within \(timeoutText)")
        case .waiting(let until) where until <= now: attempt(at: now)
        case .queued, .attempting, .waiting, .running, .ended: break
        }
    }

    private func hasExpired(at now: Instant) -> Bool {
        expiry.map { $0 <= now } ?? false
    }

    private mutating func expire() {
        if let lastReason { output.note("cannot connect: \(lastReason)") }
        fail("expired")
    }

    private var timeoutText: String {
        timeout == .seconds(1) ? "1 second" : "\(timeout.components.seconds) seconds"
    }

    private mutating func updateDeadline() {
        let wanted = nextDeadline
        guard wanted != armed else { return }
        armed = wanted
        actions.append(wanted.map { .arm($0) } ?? .disarm)
    }

    private var nextDeadline: Instant? {
        switch phase {
        case .ended: nil
        case .queued: expiry
        case .attempting(let until), .waiting(let until): min(until, expiry ?? until)
        case .running(let until): [until, show.due, save.due].compactMap(\.self).min()
        }
    }

    // MARK: News

    private mutating func pace(at now: Instant) {
        guard !isEnded else { return }
        let share = 1 + output.text.utf8.count / limits.pushBytes
        if show.take(at: now, spacing: limits.pushSpacing * share) { actions.append(.show) }
        if save.take(at: now, spacing: limits.saveSpacing) { actions.append(.save) }
    }

    private mutating func fail(_ reason: String) {
        output.note(reason)
        end(.failed)
    }

    private mutating func end(_ status: Command.Status) {
        self.status = status
        phase = .ended
        actions += [.show, .save]
    }
}
