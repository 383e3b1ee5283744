/// What is known of a room, from all that was heard of it.
struct EcastRoom: Sendable {
    private let limits: EcastLimits
    private(set) var status = RoomStatus()
    /// Those whose ids are known, in the order of these, which is that of joining.
    private var players: [EcastPlayer] = []
    /// Names of a game's descriptions, until the service says whose they are.
    private var announced: [String] = []
    private var version: Int64?

    init(_ limits: EcastLimits) {
        self.limits = limits
    }

    mutating func take(_ room: EcastLookUp.Room) {
        status.appTag = room.appTag
        status.maxPlayers = room.maxPlayers
    }

    mutating func take(_ entity: EcastRoomEntity) {
        version = entity.version
        status.lobbyState = entity.lobbyState
        status.gameState = entity.gameState
        status.hasStarted = status.hasStarted || entity.isUnderWay
        status.hasFinished = status.hasFinished || (status.hasStarted && entity.isOver)
    }

    /// Takes what a probe saw. It may be older than what the room's own socket has told, and newer
    /// when that is dead without a word.
    mutating func take(probed entity: EcastRoomEntity) {
        guard let probed = entity.version, let version, probed > version else { return }
        take(entity)
    }

    /// Adds players; nobody is ever taken away. Names may be equal, ids are not.
    ///
    /// A name stays as it was first told: one that changed would look like somebody else.
    mutating func add(_ new: [EcastPlayer]) {
        for var player in new
        where players.count < limits.players && !players.contains(where: { $0.id == player.id }) {
            if let known = announced.firstIndex(where: { Self.isSame($0, player.name) }) {
                player.name = announced.remove(at: known)
            }
            let index = players.firstIndex { $0.id > player.id } ?? players.count
            players.insert(player, at: index)
        }
        count()
    }

    mutating func announce(_ names: [String]) {
        for name in names where players.count + announced.count < limits.players {
            guard !status.players.contains(where: { Self.isSame($0, name) }) else { continue }
            announced.append(name)
            count()
        }
    }

    private mutating func count() {
        status.players = Array((players.map(\.name) + announced).prefix(limits.players))
    }

    /// Games write names in capitals that were given otherwise.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.lowercased() == other.lowercased()
    }
}

extension EcastRoomEntity {
    /// Past the lobby; for what that means see `RoomStatus.hasStarted`.
    fileprivate var isUnderWay: Bool {
        guard let state = gameState?.lowercased() else { return false }
        return state != "lobby" && !state.hasPrefix("logo")
    }

    fileprivate var isOver: Bool {
        isFinished || gameState == "EndGame" || lobbyState == "PostGame"
    }
}
