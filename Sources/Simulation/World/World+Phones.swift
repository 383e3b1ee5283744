import Drivers
import Engine
import JSON
import Transport

/// The phones, their networks, and the transport between them and the station.
extension World {
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
        guard !phones[index].isAsleep, !phones[index].hasEnded, phones[index].connection == nil
        else { return }
        let number = newNumber()
        phones[index].connection = number
        phones[index].isOpen = false
        phones[index].begunAt = now
        // A new connection does not wait for the packets of an old one.
        phones[index].lastUp = now
        phones[index].lastDown = now
        let request = HTTPRequest(
            id: number, method: "GET", path: "/ws/session/\(sessionToken)", query: "events=1",
            headers: HTTPHeaders([("Host", "station")]),
            remoteAddress: "192.0.2.\(index % 250 + 1)",
            isWebSocketHandshake: true)
        send(index, number, .request(request))
        queue.add(.phone(index, .watches(number)), at: phones[index].givesUpAt)
    }

    private func reports(_ index: Int) {
        queue.add(.phone(index, .reports), at: now.advanced(by: phones[index].trip.every))
        guard phones[index].trip.shares, let connection = phones[index].connection,
            phones[index].isOpen, !phones[index].isAsleep
        else { return }
        let utc = Self.utc.advanced(by: Instant.start.duration(to: now))
        let message = phones[index].report(at: now, utc: utc)
        send(index, connection, .message(webSocket: connection, .text(message)))
    }

    /// Its owner chooses a mode, and again on the next connection unless the rotor has shown it.
    func choose(_ mode: String, _ index: Int) {
        phones[index].unconfirmedMode = mode
        guard phones[index].isOpen, !phones[index].isAsleep else { return }
        say(index, Self.modeMessage(mode))
    }

    /// Its owner sends something, as soon as there is a connection.
    func say(_ index: Int, _ text: String) {
        guard let connection = phones[index].connection, phones[index].isOpen,
            !phones[index].isAsleep
        else { return phones[index].unsent.append(text) }
        send(index, connection, .message(webSocket: connection, .text(Array(text.utf8))))
    }

    private static func modeMessage(_ mode: String) -> String {
        (["type": .string("mode"), "mode": .string(mode)] as JSONValue).text
    }

    private func heard(_ index: Int, _ connection: UInt64, _ news: PhoneHears) {
        guard phones[index].connection == connection, !phones[index].isAsleep else { return }
        phones[index].lastHeard = now
        switch news {
        case .accepted:
            phones[index].isOpen = true
            phones[index].openedAt = now
            if let mode = phones[index].unconfirmedMode { say(index, Self.modeMessage(mode)) }
            let unsent = phones[index].unsent
            phones[index].unsent = []
            for text in unsent { say(index, text) }
        case .refused(let status):
            phones[index].hasEnded = status == 404 || status == 410
            reopen(index)
        case .closed(let code):
            phones[index].hasEnded = code == 1000 || code == 4410
            reopen(index)
        case .frame(let bytes):
            trace.append(bytes)
            confirm(index, bytes)
        }
    }

    /// The rotor says in which mode it is.
    private func confirm(_ index: Int, _ bytes: [UInt8]) {
        guard let wanted = phones[index].unconfirmedMode,
            let message = (try? JSONReader.read(bytes))?.objectValue,
            message["type"]?.stringValue == "rotor", message["mode"]?.stringValue == wanted
        else { return }
        phones[index].unconfirmedMode = nil
    }

    private func watches(_ index: Int, _ connection: UInt64) {
        // One that sleeps opens a new connection when it wakes.
        guard phones[index].connection == connection, !phones[index].isAsleep else { return }
        let moment = phones[index].givesUpAt
        guard now >= moment else {
            return queue.add(.phone(index, .watches(connection)), at: moment)
        }
        giveUp(index)
        reopen(index)
    }

    /// Drops the present socket from the phone's side; the station learns of it if it can.
    private func giveUp(_ index: Int) {
        guard let connection = phones[index].connection else { return }
        send(index, connection, .closed(webSocket: connection, code: 1006))
        phones[index].connection = nil
    }

    private func reopen(_ index: Int) {
        let pause = phones[index].pause(at: now)
        phones[index].connection = nil
        phones[index].isOpen = false
        queue.add(.phone(index, .opens), at: now.advanced(by: pause))
    }

    // MARK: The network

    private func isCut(_ way: FaultKind, _ index: Int) -> Bool {
        faults.has(way, phone: phones[index].trip.name) || phones[index].isAsleep
    }

    private func send(_ index: Int, _ connection: UInt64, _ input: TransportInput) {
        var isHeld = isCut(.linkPartitionUp, index)
        // A connection is made by packets both ways.
        if case .request = input { isHeld = isHeld || isCut(.linkPartitionDown, index) }
        guard !isHeld else { return phones[index].heldUp.append((connection, input)) }
        phones[index].lastUp = max(phones[index].lastUp, now.advanced(by: flight(index)))
        queue.add(.phone(index, .reaches(connection, input)), at: phones[index].lastUp)
    }

    private func deliver(_ index: Int, _ connection: UInt64, _ news: PhoneHears) {
        guard !isCut(.linkPartitionDown, index) else {
            return phones[index].heldDown.append((connection, news))
        }
        phones[index].lastDown = max(phones[index].lastDown, now.advanced(by: flight(index)))
        queue.add(.phone(index, .hears(connection, news)), at: phones[index].lastDown)
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
        case .message:
            // The station has given this socket up already.
            guard sockets[connection] != nil else { return }
        case .closed:
            if waiting.removeValue(forKey: connection) != nil {
                // Before its handshake was answered.
                station.transport.send(.abandoned(request: connection))
                return
            }
            guard sockets.removeValue(forKey: connection) != nil else { return }
        case .opened, .abandoned, .bridgeFailed, .bridged: break
        }
        station.transport.send(input)
    }

    /// Something for a client leaves the station.
    func said(_ output: TransportOutput) {
        switch output {
        case .respond(let request, let response):
            if response.status >= 500, response.status != 503 { serverErrors += 1 }
            answered(request, response)
        // What is made outside of the core is somewhere else.
        case .content(let request, _): answered(request, HTTPResponse(status: 200))
        // What is behind a bridge is always there, and silent.
        case .upgrade(let request, _), .bridge(let request, _):
            switch waiting.removeValue(forKey: request) {
            case .handshake(let index)?:
                sockets[request] = index
                station?.transport.send(.opened(webSocket: request))
                deliver(index, request, .accepted)
            case .watcher(let name)?: watcherOpened(name, request)
            case .call?, nil: break
            }
        case .send(let frame, let to):
            for socket in to {
                if let index = sockets[socket] {
                    deliver(index, socket, .frame(frame.payload))
                } else {
                    watcherHears(socket, frame.payload)
                }
            }
        case .close(let socket, let code, _):
            guard !watcherCloses(socket, code: code),
                let index = sockets.removeValue(forKey: socket)
            else { return }
            station?.transport.send(.closed(webSocket: socket, code: code))
            deliver(index, socket, .closed(code))
        }
    }

    private func answered(_ request: UInt64, _ response: HTTPResponse) {
        if request == awaited { answer = response }
        switch waiting.removeValue(forKey: request) {
        case .handshake(let index)?: deliver(index, request, .refused(response.status))
        case .call(let call)?:
            names.keep(call.keeps, of: response.body)
            if !call.accepts(response) { unexpectedAnswers += 1 }
        case .watcher(let name)?: watcherRefused(name)
        case nil: break
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
            case .reconnectStorm: if begins { storms(index, fault.strength) }
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
        guard isCut(.linkPartitionUp, index) || isCut(.linkPartitionDown, index),
            sockets.removeValue(forKey: connection) != nil
        else { return }
        station?.transport.send(.closed(webSocket: connection, code: 1006))
        deliver(index, connection, .closed(1006))
    }

    private func wakes(_ index: Int) {
        // Its system has closed the socket; the page opens a new one.
        giveUp(index)
        phones[index].isOpen = false
        release(index)
        queue.add(.phone(index, .opens), at: now)
    }

    /// What was held back arrives, as far as the way is free.
    private func release(_ index: Int) {
        let up = phones[index].heldUp
        phones[index].heldUp = []
        for (connection, input) in up {
            // Nobody goes on asking for a connection that was given up.
            if case .request = input, phones[index].connection != connection { continue }
            send(index, connection, input)
        }
        let down = phones[index].heldDown
        phones[index].heldDown = []
        for (connection, news) in down { deliver(index, connection, news) }
    }

    /// Opens and drops sockets as fast as the network lets it.
    private func storms(_ index: Int, _ times: Double) {
        var left = times
        while left >= 1 {
            left -= 1
            giveUp(index)
            phones[index].isOpen = false
            opens(index)
        }
    }
}
