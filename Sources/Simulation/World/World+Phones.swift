import Drivers
import Engine
import Transport

/// The phones, their networks, and the transport between them and the station.
extension World {
    /// A page that has heard nothing for so long opens a new socket: the rotor speaks each second.
    private static let patience = Duration.seconds(15)
    /// When the station gives a silent socket up: two pongs missed, 20 s apart.
    private static let socketTimeout = Duration.seconds(60)
    private static let answerWithin = Duration.seconds(10)

    func phone(_ index: Int, _ event: PhoneEvent) {
        switch event {
        case .opens: opens(index)
        case .reports: reports(index)
        case .reaches(let connection, let input): arrived(index, connection, input)
        case .hears(let connection, let news): heard(index, connection, news)
        case .isMissed(let connection): isMissed(index, connection)
        case .watches(let connection): watches(index, connection)
        }
    }

    // MARK: The phone's side

    private func opens(_ index: Int) {
        guard !phones[index].isAsleep, phones[index].connection == nil else { return }
        let number = newNumber()
        phones[index].connection = number
        phones[index].isOpen = false
        phones[index].lastHeard = now
        let request = HTTPRequest(
            id: number, method: "GET", path: "/ws/session/\(sessionToken)", query: "events=1",
            headers: HTTPHeaders([("Host", "station")]),
            remoteAddress: "192.0.2.\(index % 250 + 1)",
            isWebSocketHandshake: true)
        send(index, number, .request(request))
        queue.add(.phone(index, .watches(number)), at: now.advanced(by: Self.patience))
    }

    private func reports(_ index: Int) {
        queue.add(.phone(index, .reports), at: now.advanced(by: phones[index].trip.every))
        guard let connection = phones[index].connection, phones[index].isOpen,
            !phones[index].isAsleep
        else { return }
        let utc = Self.utc.advanced(by: Instant.start.duration(to: now))
        let message = phones[index].report(at: now, utc: utc)
        send(index, connection, .message(webSocket: connection, .text(message)))
    }

    func say(_ index: Int, _ text: String) {
        guard let connection = phones[index].connection, phones[index].isOpen else { return }
        send(index, connection, .message(webSocket: connection, .text(Array(text.utf8))))
    }

    private func heard(_ index: Int, _ connection: UInt64, _ news: PhoneHears) {
        guard phones[index].connection == connection, !phones[index].isAsleep else { return }
        phones[index].lastHeard = now
        switch news {
        case .accepted:
            phones[index].isOpen = true
            phones[index].attempts = 0
            guard index == 0, !phones[index].hasChosenMode else { return }
            phones[index].hasChosenMode = true
            say(index, #"{"type":"mode","mode":"track"}"#)
        case .refused, .closed: reopen(index)
        case .frame(let bytes): trace.append(bytes)
        }
    }

    private func watches(_ index: Int, _ connection: UInt64) {
        guard phones[index].connection == connection else { return }
        let silence = phones[index].lastHeard.duration(to: now)
        guard silence >= Self.patience, !phones[index].isAsleep else {
            let next = max(phones[index].lastHeard, now.advanced(by: .zero - Self.patience))
                .advanced(by: Self.patience)
            queue.add(
                .phone(index, .watches(connection)),
                at: max(next, now.advanced(by: .milliseconds(100))))
            return
        }
        giveUp(index)
        reopen(index)
    }

    /// Drops the present socket from the phone's side; the station learns of it if it can.
    private func giveUp(_ index: Int) {
        guard let connection = phones[index].connection else { return }
        send(index, connection, .closed(webSocket: connection, code: 1006))
        phones[index].connection = nil
        phones[index].isOpen = false
    }

    private func reopen(_ index: Int) {
        phones[index].connection = nil
        phones[index].isOpen = false
        queue.add(.phone(index, .opens), at: now.advanced(by: phones[index].pause()))
    }

    // MARK: The network

    private func send(_ index: Int, _ connection: UInt64, _ input: TransportInput) {
        let event = PhoneEvent.reaches(connection, input)
        let name = phones[index].trip.name
        guard !faults.has(.linkPartitionUp, phone: name), !phones[index].isAsleep else {
            phones[index].heldUp.append((connection, event))
            return
        }
        let flight = flight(index)
        phones[index].lastUp = max(phones[index].lastUp, now.advanced(by: flight))
        queue.add(.phone(index, event), at: phones[index].lastUp)
    }

    private func deliver(_ index: Int, _ connection: UInt64, _ news: PhoneHears) {
        let event = PhoneEvent.hears(connection, news)
        let name = phones[index].trip.name
        guard !faults.has(.linkPartitionDown, phone: name), !phones[index].isAsleep else {
            phones[index].heldDown.append((connection, event))
            return
        }
        let flight = flight(index)
        phones[index].lastDown = max(phones[index].lastDown, now.advanced(by: flight))
        queue.add(.phone(index, event), at: phones[index].lastDown)
    }

    private func flight(_ index: Int) -> Duration {
        let name = phones[index].trip.name
        return phones[index].flight(
            loss: faults.strength(.linkLoss, phone: name) ?? 0,
            delay: faults.strength(.linkDelay, phone: name).map { .seconds($0) })
    }

    // MARK: The station's side

    private func arrived(_ index: Int, _ connection: UInt64, _ input: TransportInput) {
        guard let station else { return }
        switch input {
        case .request(let request):
            waiting[request.id] = .handshake(phone: index)
            queue.add(.overdue(request.id), at: now.advanced(by: Self.answerWithin))
        case .message, .closed:
            // The station has given this socket up already.
            guard sockets[connection] != nil else { return }
            if case .closed = input { sockets[connection] = nil }
        case .opened, .abandoned: break
        }
        station.transport.send(input)
    }

    /// Something for a client leaves the station.
    func said(_ output: TransportOutput) {
        switch output {
        case .respond(let request, let response):
            if response.status >= 500, response.status != 503 { serverErrors += 1 }
            guard case .handshake(let index)? = waiting.removeValue(forKey: request) else {
                if request == awaited { answer = response }
                return
            }
            deliver(index, request, .refused(response.status))
        case .upgrade(let request, _):
            guard case .handshake(let index)? = waiting.removeValue(forKey: request) else {
                return
            }
            sockets[request] = index
            station?.transport.send(.opened(webSocket: request))
            deliver(index, request, .accepted)
        case .send(let frame, let to):
            for socket in to {
                if let index = sockets[socket] { deliver(index, socket, .frame(frame.payload)) }
            }
        case .close(let socket, let code, _):
            guard let index = sockets.removeValue(forKey: socket) else { return }
            station?.transport.send(.closed(webSocket: socket, code: code))
            deliver(index, socket, .closed(code))
        }
    }

    /// The station's end of a phone's socket is gone.
    func loseSocket(_ index: Int, code: UInt16) {
        for (socket, owner) in sockets.sorted(by: { $0.key < $1.key }) where owner == index {
            sockets[socket] = nil
            deliver(index, socket, .closed(code))
        }
        // A handshake that was under way gets no answer; the phone's patience ends it.
    }

    // MARK: Faults

    func phoneFault(_ fault: Fault, _ begins: Bool) {
        for index in phones.indices
        where fault.phone == nil || fault.phone == phones[index].trip.name {
            let name = phones[index].trip.name
            switch fault.kind {
            case .phoneAsleep:
                phones[index].isAsleep = faults.has(.phoneAsleep, phone: name)
                if begins { willBeMissed(index) }
                if !begins, !phones[index].isAsleep { wakes(index) }
            case .reconnectStorm: if begins { storms(index, times: Int(fault.strength)) }
            case .linkPartitionUp, .linkPartitionDown:
                if begins { willBeMissed(index) } else { release(index) }
            default: break
            }
        }
    }

    private func willBeMissed(_ index: Int) {
        guard let connection = phones[index].connection else { return }
        queue.add(.phone(index, .isMissed(connection)), at: now.advanced(by: Self.socketTimeout))
    }

    /// The transport gives up a socket from which no pong has come; one that is back stays.
    private func isMissed(_ index: Int, _ connection: UInt64) {
        let name = phones[index].trip.name
        let isCut =
            faults.has(.linkPartitionUp, phone: name) || faults.has(.linkPartitionDown, phone: name)
            || phones[index].isAsleep
        guard isCut, sockets.removeValue(forKey: connection) != nil else { return }
        station?.transport.send(.closed(webSocket: connection, code: 1006))
        deliver(index, connection, .closed(1006))
    }

    private func wakes(_ index: Int) {
        release(index)
        // Its system has closed the socket; the page opens a new one.
        giveUp(index)
        queue.add(.phone(index, .opens), at: now)
    }

    /// What a partition held back arrives.
    private func release(_ index: Int) {
        let name = phones[index].trip.name
        if !faults.has(.linkPartitionUp, phone: name) {
            let held = phones[index].heldUp
            phones[index].heldUp = []
            for (_, event) in held {
                phones[index].lastUp = max(phones[index].lastUp, now.advanced(by: flight(index)))
                queue.add(.phone(index, event), at: phones[index].lastUp)
            }
        }
        if !faults.has(.linkPartitionDown, phone: name) {
            let held = phones[index].heldDown
            phones[index].heldDown = []
            for (_, event) in held {
                phones[index].lastDown = max(
                    phones[index].lastDown, now.advanced(by: flight(index)))
                queue.add(.phone(index, event), at: phones[index].lastDown)
            }
        }
    }

    /// Opens and drops sockets as fast as the network lets it.
    private func storms(_ index: Int, times: Int) {
        for _ in 0..<min(max(times, 0), 1000) {
            giveUp(index)
            opens(index)
        }
    }
}
