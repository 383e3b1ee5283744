package import Engine

/// The conversation with a rotctld about one order: events in, actions out, no clock, no socket.
///
/// The lines go out one after the other, each when the one before was answered with `RPRT 0`; the
/// first other answer ends the order. The answers are the order's output, as they came.
package struct RotctldOrderSession: Sendable {
    package enum Event: Sendable, Equatable {
        case start
        case link(LinkEvent)
        /// The armed deadline has come.
        case deadline
    }

    package enum Action: Sendable, Equatable {
        case link(LinkAction)
        case report(CommandEvent)
        /// Replaces the deadline that was armed before.
        case arm(Instant)
    }

    private enum Phase {
        /// Exits: `talking` when connected, `closed` when not.
        case connecting
        /// Exits: `closed` after the last answer, or at the first that is none.
        case talking(RotctldLineReply)
        /// No exits.
        case closed
    }

    private let settings: RotctldSettings
    private let limits: RotctldOrderLimits
    private var lines: ArraySlice<String>
    private var phase = Phase.connecting
    private var actions: [Action] = []

    package init(
        _ order: DeviceOrder, settings: RotctldSettings,
        limits: RotctldOrderLimits = RotctldOrderLimits()
    ) throws(CommandFailure) {
        self.settings = settings
        self.limits = limits
        lines = try RotctldOrderLines(order, limits: limits).lines[...]
    }

    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        defer { actions = [] }
        switch event {
        case .start: start(at: now)
        case .link(.connected):
            guard case .connecting = phase else { break }
            actions.append(.report(.reached))
            sendNext(at: now)
        case .link(.received(let bytes)): receive(bytes, at: now)
        case .link(.closed(let error)): linkClosed(error)
        case .deadline: deadlineCame()
        }
        return actions
    }

    private mutating func start(at now: Instant) {
        let timeout = settings.connectTimeout
        actions.append(
            .link(.connect(host: settings.host, port: settings.port, timeout: timeout)))
        actions.append(.arm(now.advanced(by: timeout + LinkLimits.reportMargin)))
    }

    private mutating func sendNext(at now: Instant) {
        guard let line = lines.popFirst() else { return end(.ended(exitCode: 0)) }
        phase = .talking(RotctldLineReply(limits: limits))
        // The whole line at once: rotctld acts on half lines when the link ends.
        actions.append(.link(.send(Array((line + "\n").utf8))))
        actions.append(.arm(now.advanced(by: settings.replyTimeout)))
    }

    private mutating func receive(_ bytes: [UInt8], at now: Instant) {
        guard case .talking(var reply) = phase else { return }
        actions.append(.report(.output(bytes)))
        let code: Int?
        do throws(RotctldReplyError) {
            code = try reply.receive(bytes)
        } catch {
            return fail(
                error == .unsolicited
                    ? "a line may have one command only" : "the answer was not understood")
        }
        phase = .talking(reply)
        guard let code else { return }
        if let error = RotctldError(code: code) { return fail(error.description) }
        sendNext(at: now)
    }

    private mutating func linkClosed(_ error: LinkError) {
        switch phase {
        case .connecting:
            phase = .closed
            let failure = CommandFailure(error.description, isUnreachable: true)
            actions.append(.report(.failed(failure)))
        case .talking:
            phase = .closed
            actions.append(.report(.failed(CommandFailure(error.description))))
        case .closed: break
        }
    }

    private mutating func deadlineCame() {
        switch phase {
        case .connecting:
            actions.append(.link(.close))
            linkClosed(.timedOut)
        case .talking:
            // Hamlib answers nothing at all to a command that it does not know.
            fail(DriverFault.replyTimedOut.description + "; rotctld may not know it")
        case .closed: break
        }
    }

    private mutating func fail(_ reason: String) {
        end(.failed(CommandFailure(reason)))
    }

    private mutating func end(_ event: CommandEvent) {
        phase = .closed
        actions.append(.link(.close))
        actions.append(.report(event))
    }
}
