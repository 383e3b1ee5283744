import JSON

/// `boresight game-night`: for hosts.
enum GameNightCommands {
    private static let notes = Option<String>("notes", placeholder: "TEXT", "what the night is")
    private static let night = Option<Count>(
        "night", "the night of this number, not the active one")
    private static let format = Option<String>(
        "format", placeholder: "json|txt", default: "txt", "for programs, or for people")

    static let command = Command(
        "game-night", "Host an evening of party games",
        discussion: """
            One night is active at a time, and one game of it is played. It takes the
            right game-night.host, or a host's token from POST /game-night/api/auth/login.
            GAME is a game's title, the beginning of it, or its number.
            """,
        verbs: [
            Command("start", "Begin a night", options: options(notes.declaration), run: start),
            GameNightAdd.command,
            GameNightAdd.room,
            Command(
                "status", "Show the night and its games", options: options(night.declaration),
                run: status),
            Command(
                "votes", "Show the live votes of a night, the best game first",
                options: options(night.declaration), run: votes),
            Command("end", "Close the night", options: options(notes.declaration), run: end),
            Command("list", "List the nights, the newest first", options: options(), run: list),
            Command("games", "List the catalogue", options: options(), run: games),
            Command(
                "export", "Write a night down",
                options: [night.declaration, format.declaration] + ServerAPI.connectionOptions,
                run: export),
        ])

    private static func options(_ own: OptionDeclaration...) -> [OptionDeclaration] {
        own + ServerAPI.options
    }

    // MARK: Verbs

    private static func start(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, GameNightAPI.nights, body(invocation))
        context.print(
            reply.text(as: invocation.outputFormat) { night in
                "night \(Words.text(night["id"])) has begun\n"
            })
        return .success
    }

    private static func end(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = GameNightAPI(try ServerAPI.connect(invocation, context))
        let path = try api.path(of: api.active())
        let reply = try api.server.call(.post, path + "/close", body(invocation))
        context.print(
            reply.text(as: invocation.outputFormat) { night in
                "night \(Words.text(night["id"])) is over, with "
                    + Words.count(Int(night["games_played"]?.integerValue ?? 0), "game") + "\n"
            })
        return .success
    }

    private static func body(_ invocation: Invocation) -> JSONValue {
        .object(invocation[notes].map { ["notes": .string($0)] } ?? [:])
    }

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let reply = try ServerAPI.connect(invocation, context).call(.get, GameNightAPI.nights)
        let table = ListTable(columns: [
            ("night", "id"), ("begun", "created_at"), ("ended", "closed_at"),
            ("games", "games_played"), ("notes", "notes"),
        ])
        context.print(table.text(reply, as: invocation.outputFormat))
        return .success
    }

    private static func games(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let reply = try ServerAPI.connect(invocation, context).call(.get, GameNightAPI.games)
        let table = ListTable(columns: [
            ("game", "id"), ("title", "title"), ("pack", "pack_name"), ("from", "min_players"),
            ("to", "max_players"), ("type", "game_type"), ("played", "play_count"),
            ("score", "popularity_score"),
        ])
        context.print(table.text(reply, as: invocation.outputFormat))
        return .success
    }

    private static func status(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = GameNightAPI(try ServerAPI.connect(invocation, context))
        let night = try api.night(invocation[night]?.value)
        let path = try api.path(of: night)
        let games = try api.server.call(.get, path + "/games").value.arrayValue ?? []
        var rooms: [JSONValue] = []
        for game in games.compactMap(\.objectValue) {
            let number = Words.text(game["id"])
            rooms.append(try api.server.call(.get, "\(path)/games/\(number)/status-live").value)
        }
        switch invocation.outputFormat {
        case .json:
            let all: JSONValue = [
                "session": .object(night), "games": .array(games), "rooms": .array(rooms),
            ]
            context.print(all.text + "\n")
        case .table: context.print(GameNightText.status(night, games, rooms))
        }
        return .success
    }

    private static func votes(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = GameNightAPI(try ServerAPI.connect(invocation, context))
        let path = try api.path(of: api.night(invocation[night]?.value))
        let votes = try api.server.call(.get, path + "/votes").value.objectValue?["votes"]
        let table = ListTable(columns: [
            ("title", "title"), ("up", "upvotes"), ("down", "downvotes"), ("score", "net_score"),
        ])
        context.print(
            table.text(
                (votes?.arrayValue ?? []).compactMap(\.objectValue), as: invocation.outputFormat))
        return .success
    }

    private static func export(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = GameNightAPI(try ServerAPI.connect(invocation, context))
        let path = try api.path(of: api.night(invocation[night]?.value))
        let format = PathSegment.encoded(invocation[format] ?? "txt")
        let bytes = try api.server.bytes(of: "\(path)/export?format=\(format)")
        context.print(String(decoding: bytes, as: UTF8.self))
        return .success
    }
}
