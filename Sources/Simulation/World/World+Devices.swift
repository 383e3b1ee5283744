import Drivers
import Engine

/// gpsd and rotctld at the other ends of the station's connections.
extension World {
    /// One way over the loopback.
    private static let wire = Duration.microseconds(500)
    private static let epochInterval = Duration.seconds(1)

    /// The station asks something of a connection.
    func asked(_ link: LinkID, _ action: LinkAction) {
        switch action {
        case .connect(let host, _, let timeout): connect(link, host, timeout)
        case .send, .close: queue.add(.reaches(link, action), at: now.advanced(by: Self.wire))
        }
    }

    private func connect(_ link: LinkID, _ host: String, _ timeout: Duration) {
        trace.append(UInt64(truncatingIfNeeded: link.connection))
        let isRotor = host == DeviceAddress.rotor
        if isRotor, faults.has(.rotorHalfOpen) {
            // Nobody answers, not even with a refusal.
            queue.add(.hears(link, .closed(.timedOut)), at: now.advanced(by: timeout))
            return
        }
        let isDown = isRotor ? faults.has(.rotctldRestart) : faults.has(.gpsdRestart)
        let at = now.advanced(by: Self.wire)
        guard !isDown else { return queue.add(.hears(link, .closed(.refused)), at: at) }
        queue.add(.hears(link, .connected), at: at)
        if isRotor {
            rotorLink = link
            rotor.reset()
        } else {
            gpsdLink = link
            queue.add(.hears(link, .received(gpsd.connect())), at: at)
        }
    }

    /// What the station sent reaches its device.
    func reaches(_ link: LinkID, _ action: LinkAction) {
        switch action {
        case .connect: break
        case .close:
            if link == rotorLink { rotorLink = nil }
            if link == gpsdLink {
                gpsdLink = nil
                gpsd.disconnect()
            }
            queue.add(.hears(link, .closed(.cancelled)), at: now)
        case .send(let bytes):
            trace.append(bytes)
            if link == gpsdLink {
                answer(link, gpsd.receive(bytes), after: Self.wire)
            } else if link == rotorLink {
                tellRotor(link, bytes)
            }
        }
    }

    private func tellRotor(_ link: LinkID, _ bytes: [UInt8]) {
        settleTravel()
        let reply = rotor.receive(bytes, at: now)
        if bytes.containsCommand("set_pos"), !rotor.isHalfOpen {
            aimTimes.append(now)
            aimCount += 1
            let isRefused =
                reply.containsCommand("RPRT -")
            if isRefused { refusalCount += 1 }
        }
        answer(link, reply, after: Self.wire + .seconds(faults.strength(.rotorSlowReply) ?? 0))
    }

    private func answer(_ link: LinkID, _ bytes: [UInt8], after delay: Duration) {
        guard !bytes.isEmpty else { return }
        queue.add(.hears(link, .received(bytes)), at: now.advanced(by: delay))
    }

    /// A device's bytes, or news of its connection, reach the station.
    func deviceSays(_ link: LinkID, _ event: LinkEvent) {
        switch event {
        case .connected, .received:
            // The connection may have ended while it was on its way.
            guard link == rotorLink || link == gpsdLink else { return }
            if link == rotorLink, faults.has(.rotorHalfOpen) { return }
        case .closed: break
        }
        if case .received(let bytes) = event { trace.append(bytes) }
        station?.hear(link, event)
    }

    func epoch() {
        queue.add(.epoch, at: now.advanced(by: Self.epochInterval))
        let noise = (receiverRandom.normal(), receiverRandom.normal())
        let lines = gpsd.epoch(
            at: now, utc: Self.utc.advanced(by: Instant.start.duration(to: now)), noise: noise)
        if let link = gpsdLink { answer(link, lines, after: Self.wire) }
    }

    /// The daemon behind a connection is stopped.
    func dropGpsd() {
        guard let link = gpsdLink else { return }
        gpsdLink = nil
        gpsd.disconnect()
        station?.hear(link, .closed(.ended))
    }

    func dropRotor() {
        guard let link = rotorLink else { return }
        rotorLink = nil
        rotor.reset()
        station?.hear(link, .closed(.ended))
    }

    /// Adds up how far the antenna has turned since the last look.
    func settleTravel() {
        let position = rotor.mechanics.truePosition(at: now)
        if let lastTrue {
            travelDegrees +=
                abs(position.azimuthDegrees - lastTrue.azimuth)
                + abs(position.elevationDegrees - lastTrue.elevation)
        }
        lastTrue = (position.azimuthDegrees, position.elevationDegrees)
    }
}

extension [UInt8] {
    fileprivate func containsCommand(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard let first = wanted.first, count >= wanted.count else { return false }
        return (0...(count - wanted.count)).contains { start in
            self[start] == first && self[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
