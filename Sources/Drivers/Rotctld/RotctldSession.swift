package import Engine

/// The conversation with one rotctld: events in, actions out, no clock and no socket.
///
/// One command is in flight at a time, and each answer belongs to it. What goes unanswered ends the
/// connection, so that a late answer is never read as the next one's. After a reconnection nothing
/// is repeated: the owner knows where the rotor should point by then.
package struct RotctldSession: Sendable {
    package enum Event: Sendable, Equatable {
        /// Begin to connect, and keep connected.
        case start
        /// Send a stop that waits, sign off, and let go for good.
        case close
        case link(LinkEvent)
        /// The armed deadline has come.
        case deadline
        case submit(RotorCommand)
    }

    package enum Action: Sendable, Equatable {
        case link(LinkAction)
        case report(RotorEvent)
        /// Replaces the deadline that was armed before.
        case arm(Instant)
        case disarm
    }

    let settings: RotctldSettings
    let limits: RotctldLimits
    var phase = Phase.stopped
    var rung = Rung.extended
    /// The link ended during the last greeting.
    var greetingWasCut = false
    var backoff: ReconnectBackoff
    var condition = DriverState.Condition.absent
    var queue = RotctldQueue()
    var polling: RotctldPolling
    var actions: [Action] = []
    private var armed: Instant?

    /// Where the conversation stands.
    enum Phase {
        /// Exits: `connecting` on `start`.
        case stopped
        /// Exits: `talking` when connected; `waiting` when that fails, or when nothing is heard of
        /// it by the moment given: the news may be lost when the core's inbox is full.
        case connecting(until: Instant)
        /// Exits: `waiting` when the link ends, an answer is late or is not understood.
        case talking(Talk)
        /// Exits: `connecting` at the moment given.
        case waiting(until: Instant)
        /// Signed off; rotctld closes the link when it has obeyed what was sent before.
        /// Exits: `closed` when the link ends, or at the moment given.
        case leaving(until: Instant)
        /// No exits.
        case closed
    }

    struct Talk {
        /// False during the greeting.
        var isReady = false
        var exchange: Exchange?
    }

    /// The command in flight.
    struct Exchange {
        let command: RotctldCommand
        /// The owner's command behind it; nil for the session's own questions.
        let origin: RotorCommand?
        let deadline: Instant
        var parser: RotctldReplyParser
    }

    /// How the next connection greets; each greeting that fails goes one further.
    enum Rung {
        /// `\dump_state`, then `+\get_pos`: Hamlib.
        case extended
        /// `\dump_state`, then `p`: an imitation without extended answers.
        case plain
        /// `p` only: an imitation that knows little more.
        case plainWithoutState

        var dialect: RotctldDialect { self == .extended ? .extended : .plain }
    }

    package init(
        settings: RotctldSettings, limits: RotctldLimits = RotctldLimits(),
        backoff: ReconnectBackoff = ReconnectBackoff()
    ) {
        self.settings = settings
        self.limits = limits
        self.backoff = backoff
        polling = RotctldPolling(settings: settings)
    }

    /// Takes one event; `jitter` is a random number in 0..<1 for a pause that may become due.
    package mutating func handle(
        _ event: Event, at now: Instant, jitter: Double
    ) -> [Action] {
        switch event {
        case .start: start(at: now)
        case .close: close(at: now)
        case .link(.connected): greet(at: now)
        case .link(.received(let bytes)): receive(bytes, at: now, jitter: jitter)
        case .link(.closed(let error)): linkClosed(error, at: now, jitter: jitter)
        case .deadline: deadlineCame(at: now, jitter: jitter)
        case .submit(let command): submit(command, at: now)
        }
        updateDeadline()
        defer { actions = [] }
        return actions
    }

    private mutating func start(at now: Instant) {
        guard case .stopped = phase else { return }
        report(.connecting, at: now)
        connect(at: now)
    }

    private mutating func close(at now: Instant) {
        switch phase {
        case .leaving, .closed: return
        case .stopped, .waiting: phase = .closed
        case .connecting:
            actions.append(.link(.close))
            phase = .closed
        case .talking(let talk):
            // Not held back for the answer that is awaited: rotctld obeys in order, and nobody
            // reads answers any more.
            if queue.hasStop { send(RotctldCommand.stop.bytes(in: rung.dialect)) }
            send(Array("q\n".utf8))
            finishAll(in: talk, with: .disconnected)
            phase = .leaving(until: now.advanced(by: settings.replyTimeout))
        }
        report(.absent, at: now)
    }

    /// True once nothing more will come of this session.
    var isClosed: Bool {
        if case .closed = phase { true } else { false }
    }

    private mutating func submit(_ command: RotorCommand, at now: Instant) {
        guard case .talking(let talk) = phase, talk.isReady else {
            return finish(command, .notConnected)
        }
        if case .point(let azimuth, let elevation) = command {
            guard RotctldCommand.isSendable(degrees: azimuth),
                RotctldCommand.isSendable(degrees: elevation)
            else { return finish(command, .invalidAngle) }
        }
        for replaced in queue.add(command) { finish(replaced, .superseded) }
        pump(at: now)
    }

    private mutating func updateDeadline() {
        let wanted = nextDeadline
        guard wanted != armed else { return }
        armed = wanted
        actions.append(wanted.map { .arm($0) } ?? .disarm)
    }

    private var nextDeadline: Instant? {
        switch phase {
        case .stopped, .closed: nil
        case .connecting(let until), .waiting(let until), .leaving(let until): until
        case .talking(let talk): talk.exchange?.deadline ?? (talk.isReady ? polling.due : nil)
        }
    }

    private mutating func deadlineCame(at now: Instant, jitter: Double) {
        armed = nil
        switch phase {
        case .stopped, .closed: break
        case .leaving(let until):
            guard until <= now else { break }
            actions.append(.link(.close))
            phase = .closed
        case .connecting(let until):
            if until <= now { giveUpConnecting(at: now, jitter: jitter) }
        case .waiting(let until):
            if until <= now { connect(at: now) }
        case .talking(let talk):
            if let exchange = talk.exchange {
                if exchange.deadline <= now { giveUp(.replyTimedOut, at: now, jitter: jitter) }
            } else {
                pump(at: now)
            }
        }
    }
}
