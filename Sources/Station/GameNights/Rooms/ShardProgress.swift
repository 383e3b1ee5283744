import Drivers
import Engine

/// What a monitor makes of what its room service reports: events in, actions out, no clock.
///
/// It ends once, and says nothing after that. Its last word is `roomDisconnected`.
struct ShardProgress: Sendable {
    enum Event: Sendable, Equatable {
        case begin
        case room(RoomEvent)
        case deadline
        /// Nobody wants to know any more.
        case stop
    }

    /// What a night makes news and rows of.
    enum Report: Sendable, Equatable {
        case news(NightEvent)
        /// So many play.
        case players(Int)
        /// There will be nothing more.
        ///
        /// - Parameter isOver: the game has been played.
        case finished(NightGame.Check, isOver: Bool)
    }

    enum Action: Sendable, Equatable {
        case report(Report)
        case arm(Instant)
        case disarm
        /// Let go of the service.
        case leave
    }

    private let heartbeat: Duration
    private(set) var room: WatchedRoom
    private var nextHeartbeat: Instant?
    private var isConnected = false
    /// When the service spoke last, and whether that was of a lost connection.
    private var heard: (at: Instant, isInterrupted: Bool)?
    private var isEnded = false
    private var actions: [Action] = []

    init(room: WatchedRoom, heartbeat: Duration) {
        self.room = room
        self.heartbeat = heartbeat
    }

    mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        guard !isEnded else { return [] }
        if case .room(let event) = event { heard = (now, event == .interrupted) }
        switch event {
        case .begin: beat(at: now)
        case .room(.connected(let status)), .room(.status(let status)): see(status)
        case .room(.interrupted): break
        case .room(.ended(let end)): finish(end)
        case .deadline:
            guard let due = nextHeartbeat, due <= now else { break }
            actions.append(.report(.news(.status(room))))
            beat(at: due)
        case .stop: end(reason: "manually_stopped", .stopped, isOver: false)
        }
        defer { actions = [] }
        return actions
    }

    /// From the last one and not from now, so that they do not drift.
    private mutating func beat(at last: Instant) {
        let due = last.advanced(by: heartbeat)
        nextHeartbeat = due
        actions.append(.arm(due))
    }

    // MARK: What is seen

    private mutating func see(_ status: RoomStatus) {
        let old = room.status
        room.status = status
        if !isConnected {
            isConnected = true
            actions.append(.report(.news(.roomConnected(room))))
        } else {
            for player in Self.joined(old.players, status.players) {
                actions.append(.report(.news(.playerJoined(room, player: player))))
            }
        }
        if old.players.count != status.players.count {
            actions.append(.report(.players(status.players.count)))
        }
        if old.lobbyState != status.lobbyState || old.maxPlayers != status.maxPlayers {
            actions.append(.report(.news(.lobbyUpdated(room))))
        }
        if !old.hasStarted, status.hasStarted { actions.append(.report(.news(.gameStarted(room)))) }
        guard status.hasFinished else { return }
        actions.append(.report(.news(.gameEnded(room))))
        end(reason: RoomEnd.closed.rawValue, .completed, isOver: true)
    }

    /// Who is in the new list and was not in the old one; names may come twice.
    private static func joined(_ old: [String], _ new: [String]) -> [String] {
        var known: [String: Int] = [:]
        for player in old { known[player, default: 0] += 1 }
        return new.filter { player in
            guard let count = known[player], count > 0 else { return true }
            known[player] = count - 1
            return false
        }
    }

    func health(now: Instant, isSimulated: Bool) -> DriverHealth {
        let state: DriverHealth.State =
            switch heard {
            case nil: .connecting
            case (_, isInterrupted: true)?: .lost
            case (_, isInterrupted: false)?: isSimulated ? .simulated : .ok
            }
        var health = DriverHealth(.room, room.code, state)
        if isConnected {
            let age = heard?.at.duration(to: now)
            health.values = [.init("players", .count(room.status.players.count), age: age)]
        }
        return health
    }

    // MARK: The end

    private mutating func finish(_ end: RoomEnd) {
        // A room that closes in the middle of a game ends the game, too.
        let isOver = end == .closed && room.status.hasStarted
        self.end(reason: end.rawValue, isOver ? .completed : .failed, isOver: isOver)
    }

    private mutating func end(reason: String, _ check: NightGame.Check, isOver: Bool) {
        isEnded = true
        actions += [
            .disarm, .leave, .report(.news(.roomDisconnected(room, reason: reason))),
            .report(.finished(check, isOver: isOver)),
        ]
    }
}
