import Engine

// The way into the room, for the first time and after each lost connection.
extension EcastSession {
    /// The service refuses clients that do not say who they are.
    private static let headers = [WebRequest.Header("User-Agent", "boresight")]
    private static let subprotocol = "ecast-v0"

    mutating func lookUp(at now: Instant) {
        phase = .lookingUp(until: now.advanced(by: limits.lookUpTimeout + limits.reportMargin))
        let request = WebRequest(
            "GET", addresses.lookUp, headers: Self.headers, timeout: limits.lookUpTimeout)
        begin(.lookUp, .call(request))
    }

    mutating func join(_ host: String, at now: Instant) {
        phase = .joining(host: host, until: now.advanced(by: limits.welcomeTimeout))
        begin(.room, open(addresses.seat(on: host, returningTo: place)))
    }

    func open(_ address: String) -> WebAction {
        .open(
            WebRequest("GET", address, headers: Self.headers, timeout: limits.openTimeout),
            subprotocol: Self.subprotocol)
    }

    mutating func heardOfLookUp(_ event: WebEvent, at now: Instant, jitter: Double) {
        switch event {
        case .answered(let answer):
            switch EcastLookUp(answer, base: settings.base, limits: limits) {
            case .room(let found):
                room.take(found)
                join(found.host, at: now)
            case .absent: roomIsGone()
            case .unusable:
                tryAgain(
                    after: "the look-up's answer has status \(answer.status)", at: now,
                    jitter: jitter)
            }
        case .failed(let error): failed(error, at: now, jitter: jitter)
        case .opened, .received, .closed: break
        }
    }

    /// What comes on the room's socket before the welcome.
    mutating func heardAtDoor(
        _ event: WebEvent, of host: String, at now: Instant, jitter: Double
    ) {
        switch event {
        case .received(let bytes): received(frame(bytes), of: host, at: now, jitter: jitter)
        case .closed(let code, _):
            tryAgain(after: "closed with \(code) before a welcome", at: now, jitter: jitter)
        case .failed(.refused(let answer)) where [404, 410].contains(answer.status): roomIsGone()
        case .failed(.refused(let answer)) where [401, 403].contains(answer.status):
            refused("the handshake has status \(answer.status)")
        case .failed(let error): failed(error, at: now, jitter: jitter)
        case .opened, .answered: break
        }
    }

    private mutating func received(
        _ frame: EcastFrame?, of host: String, at now: Instant, jitter: Double
    ) {
        switch frame {
        case .welcome(let welcome): enter(welcome, of: host, at: now)
        case .roomExited, .failed(.roomHasEnded, _): finish(.closed)
        case .failed(.roomNotFound, _): roomIsGone()
        case .failed(let code, _):
            if code.refusesEntry { return refused("error \(code.rawValue)") }
            if code == .noSuchClient { place = nil }
            end(.room)
            tryAgain(after: "error \(code.rawValue)", at: now, jitter: jitter)
        case .room, .joined, .announced, .kicked, .other, nil: break
        }
    }

    private mutating func enter(_ welcome: EcastWelcome, of host: String, at now: Instant) {
        phase = .inside(host: host, since: now)
        wasInside = true
        problem = nil
        take(welcome)
        probe = .due(
            now.advanced(by: limits.probePause), earliest: now.advanced(by: limits.noticePause))
        stopProbingWhenFinished()
        reportConnected()
        if welcome.room == nil { askForRoom() }
    }

    /// A game may keep back its room from the welcome; watchers may read it.
    private mutating func askForRoom() {
        for (index, key) in ["room", "bc:room"].enumerated() {
            let question =
                "{\"seq\":\(index + 1),\"opcode\":\"object/get\",\"params\":{\"key\":\"\(key)\"}}"
            actions.append(.send(.room, question))
        }
    }

    // MARK: What goes wrong

    private mutating func failed(_ error: WebError, at now: Instant, jitter: Double) {
        problem = error.description
        // It would be no better the next time.
        if error == .invalidURL { return finish(.connectionFailed) }
        tryAgain(after: error.description, at: now, jitter: jitter)
    }

    /// The next try begins with a look-up: the host may be another one, or the room be over.
    mutating func tryAgain(after problem: String, at now: Instant, jitter: Double) {
        wait(toReach: nil, after: problem, at: now, jitter: jitter)
    }

    mutating func wait(
        toReach host: String?, after problem: String, at now: Instant, jitter: Double
    ) {
        self.problem = problem
        let most = wasInside ? limits.triesToReturn : limits.triesToEnter
        guard let pause = backoff.next(most: most, jitter: jitter) else {
            return finish(.connectionFailed)
        }
        phase = .waiting(host: host, until: now.advanced(by: pause))
    }

    private mutating func roomIsGone() {
        finish(wasInside ? .closed : .notFound)
    }

    mutating func refused(_ problem: String) {
        self.problem = problem
        finish(.roleRejected)
    }
}
