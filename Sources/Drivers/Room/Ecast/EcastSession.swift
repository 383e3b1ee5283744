package import Engine

/// The watch of one room of the public room service: events in, actions out, no clock, no socket
/// and no randomness.
///
/// A look-up says which host has the room; a WebSocket to that host then tells what happens in it.
/// Every now and then a second socket, a probe, looks who is there, because some games tell
/// watchers nothing of who joins. What cannot be understood is ignored and counted.
package struct EcastSession: Sendable {
    /// What the session speaks on; at most one of each is under way.
    package enum Line: Sendable, CaseIterable {
        case lookUp
        /// The socket that stays in the room.
        case room
        case probe
    }

    package enum Event: Sendable, Equatable {
        case start
        /// End without a word.
        case stop
        /// After a final event, or after `end`, nothing comes on a line until it is begun again.
        case web(Line, WebEvent)
        /// The armed deadline has come.
        case deadline
    }

    package enum Action: Sendable, Equatable {
        case begin(Line, WebAction)
        case send(Line, String)
        /// Ends what is under way on a line.
        case end(Line)
        case report(RoomEvent)
        /// Replaces the deadline that was armed before.
        case arm(Instant)
        case disarm
    }

    let settings: EcastSettings
    let limits: EcastLimits
    var phase = Phase.idle
    var probe = Probe.none
    var room: EcastRoom
    var place: EcastPlace?
    var backoff: EcastBackoff
    /// The room was seen once: when it cannot be found any more, it is over.
    var wasInside = false
    /// Frames that could not be understood.
    package internal(set) var ignored = 0
    /// The last thing that went wrong, for the log.
    package internal(set) var problem: String?
    var actions: [Action] = []
    private var underWay: [Line] = []
    private var reported: RoomStatus?
    private var armed: Instant?

    /// Where the watch stands.
    enum Phase: Equatable {
        /// Exits: `lookingUp` on `start`.
        case idle
        /// Exits: `joining` when the host is known, `waiting` when that fails, `ended` when there
        /// is no such room.
        case lookingUp(until: Instant)
        /// A socket is opened; the welcome is awaited.
        /// Exits: `inside` on the welcome, `waiting` when none comes, `ended` when refused.
        case joining(host: String, until: Instant)
        /// Exits: `waiting` when the connection is lost, `ended` when the room is over.
        case inside(host: String, since: Instant)
        /// Exits: `joining` with a host, else `lookingUp`.
        case waiting(host: String?, until: Instant)
        /// No exits.
        case ended
    }

    /// The look at who is there.
    enum Probe: Equatable {
        case none
        /// - Parameter earliest: a notice may bring it forward to then.
        case due(Instant, earliest: Instant)
        /// - Parameter isStale: something happened that it may not have seen.
        case underWay(until: Instant, isStale: Bool)
    }

    package init(settings: EcastSettings, limits: EcastLimits = EcastLimits()) {
        self.settings = settings
        self.limits = limits
        room = EcastRoom(limits)
        backoff = EcastBackoff(limits)
    }

    /// Takes one event; `jitter` is a random number in 0..<1 for a pause that may become due.
    package mutating func handle(_ event: Event, at now: Instant, jitter: Double) -> [Action] {
        switch event {
        case .start: if phase == .idle { lookUp(at: now) }
        case .stop: finish(nil)
        case .web(let line, let event): heard(event, on: line, at: now, jitter: jitter)
        case .deadline: deadlineCame(at: now, jitter: jitter)
        }
        updateDeadline()
        defer { actions = [] }
        return actions
    }

    /// True once nothing more will come of this session.
    var isEnded: Bool { phase == .ended }

    var addresses: EcastAddress { EcastAddress(settings: settings) }

    private mutating func heard(
        _ event: WebEvent, on line: Line, at now: Instant, jitter: Double
    ) {
        guard underWay.contains(line) else { return }
        if event.isFinal { underWay.removeAll { $0 == line } }
        switch line {
        case .lookUp: heardOfLookUp(event, at: now, jitter: jitter)
        case .room:
            switch phase {
            case .joining(let host, _): heardAtDoor(event, of: host, at: now, jitter: jitter)
            case .inside: heardInside(event, at: now, jitter: jitter)
            case .idle, .lookingUp, .waiting, .ended: break
            }
        case .probe: heardOfProbe(event, at: now)
        }
    }

    // MARK: Lines and reports

    mutating func begin(_ line: Line, _ action: WebAction) {
        precondition(!underWay.contains(line), "one of each is under way at a time")
        underWay.append(line)
        actions.append(.begin(line, action))
    }

    mutating func end(_ line: Line) {
        guard underWay.contains(line) else { return }
        underWay.removeAll { $0 == line }
        actions.append(.end(line))
    }

    /// Reads a frame; one that cannot be understood is counted.
    mutating func frame(_ bytes: [UInt8]) -> EcastFrame? {
        let frame = EcastFrame(bytes, limits: limits)
        if frame == nil { ignored += 1 }
        return frame
    }

    mutating func reportConnected() {
        reported = room.status
        actions.append(.report(.connected(room.status)))
    }

    /// Reports the room when it is otherwise than it was reported last.
    mutating func reportChange() {
        guard case .inside = phase, room.status != reported else { return }
        reported = room.status
        actions.append(.report(.status(room.status)))
    }

    /// Ends the watch; without a reason nobody is told.
    mutating func finish(_ end: RoomEnd?) {
        guard !isEnded else { return }
        for line in Line.allCases { self.end(line) }
        probe = .none
        phase = .ended
        if let end { actions.append(.report(.ended(end))) }
    }

    // MARK: Deadlines

    private mutating func updateDeadline() {
        let wanted = [phase.deadline, probe.deadline].compactMap(\.self).min()
        guard wanted != armed else { return }
        armed = wanted
        actions.append(wanted.map { .arm($0) } ?? .disarm)
    }

    private mutating func deadlineCame(at now: Instant, jitter: Double) {
        armed = nil
        if let deadline = phase.deadline, deadline <= now {
            phaseIsOver(at: now, jitter: jitter)
        }
        if let deadline = probe.deadline, deadline <= now { probeIsDue(at: now) }
    }

    private mutating func phaseIsOver(at now: Instant, jitter: Double) {
        switch phase {
        case .idle, .inside, .ended: break
        case .lookingUp:
            end(.lookUp)
            tryAgain(after: "no answer in time", at: now, jitter: jitter)
        case .joining:
            end(.room)
            tryAgain(after: "no welcome in time", at: now, jitter: jitter)
        case .waiting(let host?, _): join(host, at: now)
        case .waiting(nil, _): lookUp(at: now)
        }
    }
}

extension EcastSession.Phase {
    fileprivate var deadline: Instant? {
        switch self {
        case .lookingUp(let until), .joining(_, let until), .waiting(_, let until): until
        case .idle, .inside, .ended: nil
        }
    }
}

extension EcastSession.Probe {
    fileprivate var deadline: Instant? {
        switch self {
        case .none: nil
        case .due(let time, _): time
        case .underWay(let until, _): until
        }
    }
}
