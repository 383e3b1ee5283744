import Drivers
import Engine

/// The servers that the station calls, and the way to them.
extension World {
    /// One way over the internet.
    private static let internet = Duration.milliseconds(20)

    /// The station asks something of a server.
    func called(_ line: UInt64, _ action: WebAction) {
        queue.add(.calls(line, action), at: now.advanced(by: Self.internet))
    }

    /// It reaches that server.
    func serve(_ line: UInt64, _ action: WebAction) {
        trace.append(WebOrder(line: line, action: action))
        if let answer = servers.take(action, on: line, at: now) { tell(line, answer) }
        awaitServers()
    }

    /// Some rooms have something to say.
    func serversSpeak() {
        // An earlier moment took the place of this one.
        guard let due = serversDue, due <= now else { return }
        serversDue = nil
        while let (line, event) = servers.next(at: now) { tell(line, event) }
        awaitServers()
    }

    /// What a server said reaches the station.
    func serverSays(_ line: UInt64, _ event: WebEvent) {
        trace.append(WebReport(line: line, event: event))
        station?.hear(line, event)
    }

    private func tell(_ line: UInt64, _ event: WebEvent) {
        queue.add(.answers(line, event), at: now.advanced(by: Self.internet))
    }

    private func awaitServers() {
        guard let due = servers.nextDue, due < serversDue ?? .distantFuture else { return }
        serversDue = max(due, now)
        queue.add(.servers, at: max(due, now))
    }

    func serverFault(_ fault: Fault, _ begins: Bool) {
        let news: [(UInt64, WebEvent)]
        switch fault.kind {
        case .roomsAway: news = servers.setRoomsAway(faults.has(.roomsAway), at: now)
        case .roomsCut: news = begins ? servers.cut(at: now) : []
        case .roomsGarbage: news = begins ? servers.garble() : []
        case .hookAway:
            servers.hookIsAway = faults.has(.hookAway)
            news = []
        default: return
        }
        for (line, event) in news { tell(line, event) }
    }
}

extension TraceHash {
    fileprivate mutating func append(_ payload: some StreamPayload) {
        payload.feed(into: &self)
    }
}
