import Drivers
import Engine
package import JSON

/// News as the API's document words them, for sockets and webhooks alike.
extension NightNews {
    /// `{type, timestamp, data}`.
    package var json: JSONObject {
        [
            "type": .string(event.name), "timestamp": .string(time.text(.milliseconds)),
            "data": .object(event.data),
        ]
    }
}

extension NightEvent {
    package var name: String {
        switch self {
        case .started: "session.started"
        case .ended: "session.ended"
        case .gameAdded: "game.added"
        case .status: "game.status"
        case .roomConnected: "room.connected"
        case .playerJoined: "lobby.player-joined"
        case .lobbyUpdated: "lobby.updated"
        case .gameStarted: "game.started"
        case .gameEnded: "game.ended"
        case .roomDisconnected: "room.disconnected"
        case .playerCountUpdated: "player-count.updated"
        case .voteReceived: "vote.received"
        }
    }

    package var data: JSONObject {
        switch self {
        case .started(let night):
            [
                "session": [
                    "id": .integer(Int64(night.id)), "is_active": .integer(1),
                    "created_at": .string(night.createdAt.text(.milliseconds)),
                    "notes": night.notes.map { .string($0) } ?? .null,
                ]
            ]
        case .ended(let night, let gamesPlayed):
            [
                "session": [
                    "id": .integer(Int64(night.id)), "is_active": .integer(0),
                    "games_played": .integer(Int64(gamesPlayed)),
                ]
            ]
        case .gameAdded(let night, let added, let game, let gamesPlayed):
            [
                "session": [
                    "id": .integer(Int64(night.id)), "is_active": .bool(true),
                    "games_played": .integer(Int64(gamesPlayed)),
                ],
                "game": Self.added(added, game),
            ]
        case .status(let room): room.live
        case .roomConnected(let room), .lobbyUpdated(let room), .gameStarted(let room),
            .gameEnded(let room):
            room.summary
        case .playerJoined(let room, let player):
            room.summary.with("playerName", .string(player))
        case .roomDisconnected(let room, let reason):
            room.summary.with("reason", .string(reason))
        case .playerCountUpdated(let game):
            [
                "sessionId": .integer(Int64(game.night)), "gameId": .integer(Int64(game.id)),
                "playerCount": game.playerCount.map { .integer(Int64($0)) } ?? .null,
                "status": game.check.map { .string($0.rawValue) } ?? .null,
            ]
        case .voteReceived(let vote, let game):
            Self.received(vote, game)
        }
    }

    private static func added(_ added: NightGame, _ game: Game) -> JSONValue {
        [
            "id": .integer(Int64(game.id)), "title": .string(game.description.title),
            "pack_name": .string(game.description.pack),
            "min_players": .integer(Int64(game.description.minPlayers)),
            "max_players": .integer(Int64(game.description.maxPlayers)),
            "manually_added": .bool(added.isManuallyAdded),
            "room_code": added.roomCode.map { .string($0) } ?? .null,
        ]
    }

    private static func received(_ vote: LiveVote, _ game: Game) -> JSONObject {
        [
            "sessionId": .integer(Int64(vote.night)),
            "game": [
                "id": .integer(Int64(game.id)), "title": .string(game.description.title),
                "pack_name": .string(game.description.pack),
            ],
            "vote": [
                "username": .string(vote.userName), "type": .string(vote.isUp ? "up" : "down"),
                "timestamp": .string(vote.time.text(.milliseconds)),
            ],
            "totals": [
                "upvotes": .integer(Int64(game.upvotes)),
                "downvotes": .integer(Int64(game.downvotes)),
                "popularity_score": .integer(Int64(game.popularity)),
            ],
        ]
    }
}

extension WatchedRoom {
    /// The body of `status-live`, and of the heartbeat.
    package var live: JSONObject {
        [
            "sessionId": .integer(Int64(night)), "gameId": .integer(Int64(nightGame)),
            "roomCode": .string(code),
            "appTag": status.appTag.isEmpty ? .null : .string(status.appTag),
            "maxPlayers": status.maxPlayers.map { .integer(Int64($0)) } ?? .null,
            "playerCount": .integer(Int64(status.players.count)),
            "players": .array(status.players.map { .string($0) }),
            "lobbyState": status.lobbyState.map { .string($0) } ?? .null,
            "gameState": status.gameState.map { .string($0) } ?? .null,
            "gameStarted": .bool(status.hasStarted), "gameFinished": .bool(status.hasFinished),
            "monitoring": .bool(true),
        ]
    }

    /// The same without what says that a monitor runs: the event says it.
    fileprivate var summary: JSONObject {
        JSONObject(live.members.filter { $0.key != "monitoring" })
    }
}

extension JSONObject {
    fileprivate func with(_ key: String, _ value: JSONValue) -> JSONObject {
        var object = self
        object[key] = value
        return object
    }
}
