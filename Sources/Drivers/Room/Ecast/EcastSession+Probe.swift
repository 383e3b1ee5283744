import Engine

// The second socket, which looks who is there and goes.
extension EcastSession {
    mutating func probeIsDue(at now: Instant) {
        guard case .inside(let host, _) = phase else { return probe = .none }
        if case .underWay = probe { return probeIsOver(at: now) }
        probe = .underWay(until: now.advanced(by: limits.welcomeTimeout), isStale: false)
        begin(.probe, open(addresses.probe(on: host)))
    }

    /// Somebody has joined who is not known by id yet.
    mutating func probeSoon(at now: Instant) {
        switch probe {
        case .none: break
        case .due(let time, let earliest):
            let soon = max(now.advanced(by: limits.noticePause), earliest)
            probe = .due(min(time, soon), earliest: earliest)
        case .underWay(let until, _): probe = .underWay(until: until, isStale: true)
        }
    }

    /// Whatever a probe meets, the watch goes on: only the room's end is believed.
    mutating func heardOfProbe(_ event: WebEvent, at now: Instant) {
        switch event {
        case .received(let bytes):
            switch frame(bytes) {
            case .welcome(let welcome):
                room.add(welcome.players)
                if let entity = welcome.room { room.take(probed: entity) }
                probeIsOver(at: now)
                stopProbingWhenFinished()
                reportChange()
            case .failed(.roomHasEnded, _): finish(.closed)
            case .failed: probeIsOver(at: now)
            case .room, .joined, .announced, .kicked, .roomExited, .other, nil: break
            }
        case .closed, .failed, .answered: probeIsOver(at: now)
        case .opened: break
        }
    }

    private mutating func probeIsOver(at now: Instant) {
        guard case .underWay(_, let isStale) = probe else { return }
        end(.probe)
        let earliest = now.advanced(by: limits.shortestProbePause)
        probe = .due(isStale ? earliest : now.advanced(by: limits.probePause), earliest: earliest)
    }

    /// Nobody joins a game that is over.
    mutating func stopProbingWhenFinished() {
        guard room.status.hasFinished else { return }
        end(.probe)
        probe = .none
    }
}
