import Engine
import JSON
import Station

/// Resources as the API's document shows them: flags are 0 and 1.
extension GameNight {
    /// - Parameter gamesPlayed: left out where the document leaves it out.
    func json(gamesPlayed: Int? = nil) -> JSONObject {
        var json: JSONObject = [
            "id": .integer(Int64(id)), "notes": notes.map { .string($0) } ?? .null,
            "is_active": .flag(isActive), "created_at": .string(createdAt.text(.milliseconds)),
            "closed_at": closedAt.map { .string($0.text(.milliseconds)) } ?? .null,
        ]
        if let gamesPlayed { json["games_played"] = .integer(Int64(gamesPlayed)) }
        return json
    }
}

extension NightGame {
    /// The members of its own, up to when it was played.
    private var base: JSONObject {
        [
            "id": .integer(Int64(id)), "session_id": .integer(Int64(night)),
            "game_id": .integer(Int64(game)), "manually_added": .flag(isManuallyAdded),
            "status": .string(status.rawValue), "room_code": roomCode.map { .string($0) } ?? .null,
            "played_at": .string(playedAt.text(.milliseconds)),
        ]
    }

    /// As it is answered when it is added.
    func added(_ game: Game) -> JSONObject {
        base.joined(game.basics)
    }

    /// As it is answered when its room code is changed.
    func changed(_ game: Game) -> JSONObject {
        base.joined(game.basics).joined(game.votes)
    }

    /// As it stands in the list of a night.
    func listed(_ game: Game) -> JSONObject {
        var json = base
        json["player_count"] = playerCount.map { .integer(Int64($0)) } ?? .null
        return json.joined(game.basics).joined(game.votes)
    }

    /// What is known of its room without a monitor.
    func remembered(_ game: Game) -> JSONObject {
        [
            "sessionId": .integer(Int64(night)), "gameId": .integer(Int64(id)),
            "roomCode": roomCode.map { .string($0) } ?? .null, "appTag": .null,
            "maxPlayers": .integer(Int64(game.description.maxPlayers)),
            "playerCount": playerCount.map { .integer(Int64($0)) } ?? .null,
            "players": .array([]), "lobbyState": .null, "gameState": .null,
            "gameStarted": .bool(false), "gameFinished": .bool(check == .completed),
            "monitoring": .bool(false), "title": .string(game.description.title),
            "packName": .string(game.description.pack),
            "status": check.map { .string($0.rawValue) } ?? .null,
        ]
    }
}

extension Game {
    /// What is joined to a night's game.
    fileprivate var basics: JSONObject {
        [
            "pack_name": .string(description.pack), "title": .string(description.title),
            "game_type": description.type.map { .string($0) } ?? .null,
            "min_players": .integer(Int64(description.minPlayers)),
            "max_players": .integer(Int64(description.maxPlayers)),
        ]
    }

    fileprivate var votes: JSONObject {
        [
            "popularity_score": .integer(Int64(popularity)), "upvotes": .integer(Int64(upvotes)),
            "downvotes": .integer(Int64(downvotes)),
        ]
    }

    var json: JSONObject {
        [
            "id": .integer(Int64(id)), "pack_name": .string(description.pack),
            "title": .string(description.title),
            "min_players": .integer(Int64(description.minPlayers)),
            "max_players": .integer(Int64(description.maxPlayers)),
            "length_minutes": description.lengthMinutes.map { .integer(Int64($0)) } ?? .null,
            "has_audience": .flag(description.hasAudience),
            "family_friendly": .flag(description.isFamilyFriendly),
            "game_type": description.type.map { .string($0) } ?? .null,
            "secondary_type": description.secondaryType.map { .string($0) } ?? .null,
            "play_count": .integer(Int64(plays)), "popularity_score": .integer(Int64(popularity)),
            "upvotes": .integer(Int64(upvotes)), "downvotes": .integer(Int64(downvotes)),
            "enabled": .flag(description.isEnabled),
            "favor_bias": .integer(Int64(description.favor)),
            "created_at": .string(createdAt.text(.milliseconds)),
        ]
    }
}

extension JSONValue {
    static func flag(_ isSet: Bool) -> JSONValue { .integer(isSet ? 1 : 0) }
}
