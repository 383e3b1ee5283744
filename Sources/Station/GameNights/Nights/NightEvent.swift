package import Drivers
package import Engine

/// News of a night, for whoever follows it.
package struct NightNews: Sendable {
    package let night: Int
    package let time: UTCTime
    package let event: NightEvent

    /// What a night's news are published about.
    package static func key(_ night: Int) -> String { String(night) }
}

package enum NightEvent: Sendable, Equatable {
    case started(GameNight)
    case ended(GameNight, gamesPlayed: Int)
    case gameAdded(GameNight, NightGame, Game, gamesPlayed: Int)
    case status(WatchedRoom)
    case roomConnected(WatchedRoom)
    case playerJoined(WatchedRoom, player: String)
    case lobbyUpdated(WatchedRoom)
    case gameStarted(WatchedRoom)
    case gameEnded(WatchedRoom)
    case roomDisconnected(WatchedRoom, reason: String)
    case playerCountUpdated(NightGame)
    case voteReceived(LiveVote, Game)
}

/// The room of a night's game, as its monitor sees it.
package struct WatchedRoom: Sendable, Equatable {
    package let night: Int
    package let nightGame: Int
    package let code: String
    package var status: RoomStatus
}
