import Engine

// In the room, until the connection is lost or the room is over.
extension EcastSession {
    mutating func heardInside(_ event: WebEvent, at now: Instant, jitter: Double) {
        switch event {
        case .received(let bytes): received(frame(bytes), at: now)
        case .closed(let code, _):
            if Self.isLast(code) { return finish(.closed) }
            lose(after: "closed with \(code)", at: now, jitter: jitter)
        case .failed(let error): lose(after: error.description, at: now, jitter: jitter)
        case .opened, .answered: break
        }
    }

    private mutating func received(_ frame: EcastFrame?, at now: Instant) {
        switch frame {
        case .welcome(let welcome): take(welcome)
        case .room(let entity): room.take(entity)
        case .joined(let player): room.add([player])
        case .announced(let names):
            room.announce(names)
            probeSoon(at: now)
        case .kicked(let id): if id == nil || id == place?.id { refused("sent away") }
        case .roomExited, .failed(.roomHasEnded, _), .failed(.roomNotFound, isReply: false):
            finish(.closed)
        case .failed(let code, let isReply):
            if code.refusesWatchers && !isReply { refused("error \(code.rawValue)") }
        case .other, nil: break
        }
        stopProbingWhenFinished()
        reportChange()
    }

    mutating func take(_ welcome: EcastWelcome) {
        if let id = welcome.id, let secret = welcome.secret ?? place?.secret {
            place = EcastPlace(id: id, secret: secret)
        }
        room.add(welcome.players)
        if let entity = welcome.room { room.take(entity) }
    }

    /// Codes that say on purpose that there is nothing more to come: a normal end, an end without a
    /// code, and those that services define (RFC 6455 §7.4). Behind all others somebody may still
    /// be playing.
    private static func isLast(_ code: UInt16) -> Bool {
        code == 1000 || code == 1005 || code >= 4000
    }

    private mutating func lose(after problem: String, at now: Instant, jitter: Double) {
        guard case .inside(let host, let since) = phase else { return }
        end(.probe)
        probe = .none
        if since.duration(to: now) >= limits.steadyAfter { backoff.reset() }
        actions.append(.report(.interrupted))
        // Straight back, as the service's own client does.
        wait(toReach: host, after: problem, at: now, jitter: jitter)
    }
}
