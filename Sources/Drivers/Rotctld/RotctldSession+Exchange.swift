import Engine

// One command out, one answer in.
extension RotctldSession {
    /// Sends what comes next, unless an answer is still awaited.
    mutating func pump(at now: Instant) {
        guard case .talking(let talk) = phase, talk.isReady, talk.exchange == nil else { return }
        if polling.isOverdue(at: now) && !queue.hasStop {
            return exchange(.getPosition, for: nil, within: settings.replyTimeout, at: now)
        }
        if let next = queue.take() {
            exchange(next.wireCommand, for: next, within: settings.replyTimeout, at: now)
        } else if polling.due <= now {
            exchange(.getPosition, for: nil, within: settings.replyTimeout, at: now)
        }
    }

    mutating func exchange(
        _ command: RotctldCommand, for origin: RotorCommand?, within timeout: Duration,
        at now: Instant
    ) {
        guard case .talking(var talk) = phase else { return }
        precondition(talk.exchange == nil, "one command is in flight at a time")
        talk.exchange = Exchange(
            command: command, origin: origin, deadline: now.advanced(by: timeout),
            parser: RotctldReplyParser(for: command, in: rung.dialect, limits: limits))
        phase = .talking(talk)
        send(command.bytes(in: rung.dialect))
    }

    mutating func receive(_ bytes: [UInt8], at now: Instant, jitter: Double) {
        guard case .talking(var talk) = phase else { return }
        guard var exchange = talk.exchange else {
            return giveUp(.unexpectedReply, at: now, jitter: jitter)
        }
        let reply: RotctldReply?
        do throws(RotctldReplyError) {
            reply = try exchange.parser.receive(bytes)
        } catch {
            return giveUp(.unexpectedReply, at: now, jitter: jitter)
        }
        guard let reply else {
            talk.exchange = exchange
            phase = .talking(talk)
            return
        }
        talk.exchange = nil
        phase = .talking(talk)
        answered(exchange, reply, isReady: talk.isReady, at: now)
        pump(at: now)
    }

    private mutating func answered(
        _ exchange: Exchange, _ reply: RotctldReply, isReady: Bool, at now: Instant
    ) {
        switch exchange.command {
        case .dumpState:
            if case .state(let capabilities) = reply {
                actions.append(.report(.capabilities(capabilities)))
            }
            self.exchange(.getPosition, for: nil, within: settings.greetingTimeout, at: now)
        case .getPosition:
            if !isReady { becomeReady() }
            positionAnswered(reply, at: now)
        case .setPosition, .stop, .park:
            commandAnswered(exchange, reply, at: now)
        }
    }

    private mutating func becomeReady() {
        phase = .talking(Talk(isReady: true))
        backoff.reset()
        greetingWasCut = false
    }

    private mutating func positionAnswered(_ reply: RotctldReply, at now: Instant) {
        switch reply {
        case .position(let azimuth, let elevation):
            polling.answered(azimuthDegrees: azimuth, elevationDegrees: elevation, at: now)
            report(.ready, at: now)
            actions.append(
                .report(.position(azimuthDegrees: azimuth, elevationDegrees: elevation)))
        case .refused(let error):
            polling.refused(at: now)
            report(.degraded(.rotor(error)), at: now)
        case .state, .done:
            preconditionFailure("the parser gives a position or a refusal")
        }
    }

    private mutating func commandAnswered(
        _ exchange: Exchange, _ reply: RotctldReply, at now: Instant
    ) {
        var failure: RotorError?
        if case .refused(let error) = reply {
            failure = .refused(error)
            if !error.isAboutTheCommand { report(.degraded(.rotor(error)), at: now) }
        }
        switch (failure, exchange.command) {
        case (nil, .stop): polling.stopped(at: now)
        case (nil, _): polling.commanded(at: now)
        default: break
        }
        if let origin = exchange.origin { finish(origin, failure) }
    }
}

extension RotorCommand {
    fileprivate var wireCommand: RotctldCommand {
        switch self {
        case .point(let azimuth, let elevation):
            .setPosition(azimuthDegrees: azimuth, elevationDegrees: elevation)
        case .stop: .stop
        case .park: .park
        }
    }
}
