/// One frame of the room service (subprotocol `ecast-v0`), as far as a watcher cares.
enum EcastFrame: Equatable {
    case welcome(EcastWelcome)
    case room(EcastRoomEntity)
    case joined(EcastPlayer)
    /// Players whom the game describes as joining: names where the text has them, never ids.
    case announced([String])
    /// Somebody was sent away; nil means the one who reads this.
    case kicked(Int64?)
    case roomExited
    /// - Parameter isReply: it answers a question.
    case failed(EcastErrorCode, isReply: Bool)
    /// Known, and nothing to a watcher.
    case other
}

/// What the service says to one who comes in.
struct EcastWelcome: Equatable {
    var id: Int64?
    var secret: String?
    var players: [EcastPlayer] = []
    var room: EcastRoomEntity?
}

struct EcastPlayer: Equatable {
    let id: Int64
    var name: String
}

/// What a game tells everybody about itself.
struct EcastRoomEntity: Equatable {
    var lobbyState: String?
    var gameState: String?
    var isFinished = false
    /// Grows with each change.
    var version: Int64?
}
