import JSON
import Station

/// What 003 shows, for its document.
extension Schema {
    /// 0 or 1.
    static var bit: Schema { .integer.within(0...1) }

    /// A flag as a client may write it: like a flag, or as the API shows them.
    static var written: Schema { .oneOf(.flag.orNull, .bit) }

    static let gameNight = object(nightMembers + [.required("games_played", .integer)])
        .named("Session")

    static let newGameNight = object(nightMembers).named("NewSession")

    private static let nightMembers: [Member] = [
        .required("id", .integer), .required("notes", .text.orNull), .required("is_active", .bit),
        .required("created_at", .time), .required("closed_at", .time.orNull),
    ]

    static let game = object(
        .required("id", .integer), .required("pack_name", .text), .required("title", .text),
        .required("min_players", .integer), .required("max_players", .integer),
        .required("length_minutes", .integer.orNull), .required("has_audience", .bit),
        .required("family_friendly", .bit), .required("game_type", .text.orNull),
        .required("secondary_type", .text.orNull), .required("play_count", .integer),
        .required("popularity_score", .integer), .required("upvotes", .integer),
        .required("downvotes", .integer), .required("enabled", .bit),
        .required("favor_bias", .integer.within(-1...1)), .required("created_at", .time)
    ).named("Game")

    private static let nightGameMembers: [Member] = [
        .required("id", .integer), .required("session_id", .integer),
        .required("game_id", .integer), .required("manually_added", .bit),
        .required("status", .choice(NightGame.Status.self)), .required("room_code", .text.orNull),
        .required("played_at", .time),
    ]

    private static let joinedMembers: [Member] = [
        .required("pack_name", .text), .required("title", .text),
        .required("game_type", .text.orNull), .required("min_players", .integer),
        .required("max_players", .integer),
    ]

    private static let voteMembers: [Member] = [
        .required("popularity_score", .integer), .required("upvotes", .integer),
        .required("downvotes", .integer),
    ]

    static let addedNightGame = object(nightGameMembers + joinedMembers).named("AddedGame")

    static let changedNightGame = object(nightGameMembers + joinedMembers + voteMembers)
        .named("ChangedGame")

    static let nightGame = object(
        nightGameMembers + [.required("player_count", .integer.orNull)] + joinedMembers
            + voteMembers
    ).named("SessionGame")

    static let roomStatus = object(
        .required("sessionId", .integer), .required("gameId", .integer, "Of the session's game."),
        .required("roomCode", .text.orNull), .required("appTag", .text.orNull),
        .required("maxPlayers", .integer.orNull), .required("playerCount", .integer.orNull),
        .required("players", .list(of: .text)), .required("lobbyState", .text.orNull),
        .required("gameState", .text.orNull), .required("gameStarted", .flag),
        .required("gameFinished", .flag), .required("monitoring", .flag),
        .optional("title", .text), .optional("packName", .text), .optional("status", .text.orNull)
    ).named("RoomStatus")

    /// `{message, …}`.
    static func message(_ more: Member...) -> Schema {
        .object([.required("message", .text)] + more)
    }
}

extension Operation {
    var ofNight: Operation {
        path("id", .integer, "The session.").refuses(404, "Session not found")
    }

    var ofNightGame: Operation {
        path("sessionId", .integer, "The session.")
            .path("sessionGameId", .integer, "The session's game, not that of the catalogue.")
            .refuses(404, "Session game not found")
    }
}
