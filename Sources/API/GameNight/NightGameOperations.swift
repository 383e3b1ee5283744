import Station

/// How the games of a night are described.
struct NightGameOperations {
    let limits: GameNightLimits

    var list: Operation {
        Operation("List games of session", "As they were played.").ofNight.withoutToken
            .answers(200, "The games.", .list(of: .nightGame))
    }

    var add: Operation {
        Operation(
            "Add game to session",
            "What was played before is played then. With a room code the room is watched."
        ).ofNight
            .takes(
                .object(
                    .required("game_id", .integer, "Of the catalogue."),
                    .optional("manually_added", .written),
                    .optional("room_code", Self.roomCode.orNull)
                ).named("NewSessionGame")
            )
            .answers(201, "The game.", .addedNightGame)
            .refuses(400, "The session is closed.").refuses(404, "Game not found")
    }

    var setStatus: Operation {
        Operation("Update game status").ofNightGame
            .takes(.object(.required("status", .choice(NightGame.Status.self))))
            .answers(200, "It is so.", .message(.required("status", .text)))
    }

    var remove: Operation {
        Operation("Remove game from session").ofNightGame.answers(200, "It is gone.", .message())
    }

    var setRoomCode: Operation {
        Operation("Update room code", "A monitor that runs goes to the new room.").ofNightGame
            .takes(.object(.required("room_code", Self.roomCode)))
            .answers(200, "The game.", .changedNightGame)
    }

    var setPlayerCount: Operation {
        Operation("Update player count").ofNightGame
            .takes(.object(.required("player_count", .integer.within(limits.players))))
            .answers(200, "It is so.", .message(.required("player_count", .integer)))
    }

    var status: Operation {
        Operation("Get live status", "Of the room; without a monitor what is remembered of it.")
            .ofNightGame.withoutToken.answers(200, "The status.", .roomStatus)
    }

    var startMonitor: Operation {
        Operation("Start room monitor").ofNightGame
            .answers(200, "It runs.", .message(.required("status", .text)))
            .refuses(400, "There is no room code, or the session is closed.")
    }

    var stopMonitor: Operation {
        Operation("Stop room monitor").path("sessionId", .integer).path("sessionGameId", .integer)
            .answers(200, "None runs.", .message(.required("status", .text)))
            .refuses(404, "This is no number.")
    }

    private static let roomCode = Schema.text.matching("[A-Z0-9]{4}")
}
