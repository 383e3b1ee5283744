import Engine

// How the connection is made, greeted and lost.
extension RotctldSession {
    mutating func connect(at now: Instant) {
        let patience = settings.connectTimeout + LinkLimits.reportMargin
        phase = .connecting(until: now.advanced(by: patience))
        actions.append(
            .link(
                .connect(
                    host: settings.host, port: settings.port, timeout: settings.connectTimeout)))
    }

    mutating func greet(at now: Instant) {
        guard case .connecting = phase else { return }
        phase = .talking(Talk())
        exchange(
            rung == .plainWithoutState ? .getPosition : .dumpState, for: nil,
            within: settings.greetingTimeout, at: now)
    }

    mutating func linkClosed(_ error: LinkError, at now: Instant, jitter: Double) {
        switch phase {
        case .stopped, .waiting, .closed: break
        case .leaving: phase = .closed
        case .connecting: wait(after: .link(error), at: now, jitter: jitter)
        case .talking(let talk): lose(talk, .link(error), at: now, jitter: jitter)
        }
    }

    mutating func giveUpConnecting(at now: Instant, jitter: Double) {
        actions.append(.link(.close))
        wait(after: .link(.timedOut), at: now, jitter: jitter)
    }

    /// Ends a connection that can no longer be trusted.
    mutating func giveUp(_ fault: DriverFault, at now: Instant, jitter: Double) {
        guard case .talking(let talk) = phase else { return }
        actions.append(.link(.close))
        lose(talk, fault, at: now, jitter: jitter)
    }

    private mutating func lose(
        _ talk: Talk, _ fault: DriverFault, at now: Instant, jitter: Double
    ) {
        let error: RotorError =
            switch fault {
            case .replyTimedOut: .timedOut
            case .unexpectedReply: .unexpectedReply
            default: .disconnected
            }
        finishAll(in: talk, with: error)
        guard !talk.isReady else {
            rung = .extended
            return wait(after: fault, at: now, jitter: jitter)
        }
        if case .link = fault, !isSecondCut() {
            return wait(after: fault, at: now, jitter: jitter)
        }
        let wasLast = rung != .extended
        rung = nextRung(after: talk.exchange?.command)
        if case .link = fault {
            wait(after: fault, at: now, jitter: jitter)
        } else {
            // Another way to greet is still to be tried: no failure to show yet.
            wait(after: wasLast ? .noGreeting : nil, at: now, jitter: jitter)
        }
    }

    /// A link that ends during the greeting is most likely a rotctld that is being restarted; the
    /// second time in a row it may be an imitation's answer to a command that it does not know.
    private mutating func isSecondCut() -> Bool {
        greetingWasCut.toggle()
        return !greetingWasCut
    }

    private func nextRung(after command: RotctldCommand?) -> Rung {
        guard rung == .extended else { return .extended }
        return command == .dumpState ? .plainWithoutState : .plain
    }

    private mutating func wait(after fault: DriverFault?, at now: Instant, jitter: Double) {
        if let fault { report(.failed(fault), at: now) }
        phase = .waiting(until: now.advanced(by: backoff.next(jitter: jitter)))
    }

    mutating func report(_ new: DriverState.Condition, at now: Instant) {
        guard new != condition else { return }
        condition = new
        actions.append(.report(.state(DriverState(new, since: now))))
    }

    mutating func finish(_ command: RotorCommand, _ error: RotorError?) {
        actions.append(.report(.finished(command, error)))
    }

    /// The one in flight shares the connection's fate; what waited was never sent.
    mutating func finishAll(in talk: Talk, with error: RotorError) {
        if let origin = talk.exchange?.origin { finish(origin, error) }
        for command in queue.removeAll() { finish(command, .notConnected) }
    }

    mutating func send(_ bytes: [UInt8]) {
        actions.append(.link(.send(bytes)))
    }
}
