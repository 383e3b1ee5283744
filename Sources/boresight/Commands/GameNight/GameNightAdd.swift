import JSON

/// `boresight game-night add` and `room`.
enum GameNightAdd {
    private static let game = Argument<String>("GAME", "what is played now")
    private static let code = Option<String>(
        "room", placeholder: "CODE", "watch this room of four letters")
    private static let roomCode = Argument<String>("CODE", "the room, of four letters")

    static let command = Command(
        "add", "Play a game from now on",
        discussion: """
            What was played before is played then. With --room the room is watched, and
            everybody who follows the night hears who joins and how far the game is.
            """,
        arguments: [game.declaration],
        options: [code.declaration] + ServerAPI.options, run: add)

    static let room = Command(
        "room", "Watch the room of the game that is played",
        arguments: [roomCode.declaration], options: ServerAPI.options, run: watch)

    private static func add(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = GameNightAPI(try ServerAPI.connect(invocation, context))
        let path = try api.path(of: api.active())
        let game = try api.game(try invocation.required(game))
        var body: JSONObject = ["manually_added": .bool(true)]
        body["game_id"] = game["id"]
        if let code = invocation[code] { body["room_code"] = .string(code.uppercased()) }
        let reply = try api.server.call(.post, path + "/games", .object(body))
        context.print(
            reply.text(as: invocation.outputFormat) { added in
                let room = added["room_code"]?.stringValue.map { " in room \($0)" } ?? ""
                return "playing \(Words.text(added["title"]))\(Words.printable(room))\n"
            })
        return .success
    }

    private static func watch(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = GameNightAPI(try ServerAPI.connect(invocation, context))
        let path = try api.path(of: api.active())
        let code = try invocation.required(roomCode).uppercased()
        let games = try api.server.call(.get, path + "/games").value.arrayValue ?? []
        let playing = games.compactMap(\.objectValue).first { $0["status"] == .string("playing") }
        guard let playing, let id = playing["id"]?.integerValue else {
            throw CommandFailure(
                .failure, "no game is played now",
                hint: "add one: boresight game-night add GAME --room CODE")
        }
        let one = "\(path)/games/\(id)"
        _ = try api.server.call(.patch, one + "/room-code", ["room_code": .string(code)])
        let reply = try api.server.call(.post, one + "/start-player-check")
        context.print(
            reply.text(as: invocation.outputFormat) { _ in
                "watching room \(Words.printable(code)) of \(Words.text(playing["title"]))\n"
            })
        return .success
    }
}
