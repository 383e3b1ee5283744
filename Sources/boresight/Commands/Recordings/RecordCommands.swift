import JSON

/// `boresight record`: recordings of a running daemon.
enum RecordCommands {
    private static let name = Argument<String>("NAME", "letters, digits, hyphens, underscores")

    static let command = Command(
        "record", "Begin and end recordings of a running daemon",
        discussion: """
            A recording begins with the daemon's start for as long as its history reaches
            back so far, and can then be replayed. The file is recordings/NAME.jsonl in the
            daemon's data folder. 'serve --record FILE' records from the start.
            """,
        verbs: [
            Command(
                "start", "Begin a recording", arguments: [name.declaration],
                options: ServerAPI.options, run: start),
            Command(
                "stop", "End a recording", arguments: [name.declaration],
                options: ServerAPI.options, run: stop),
        ])

    private static func start(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let name = try invocation.required(name)
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, "/v1/recordings", ["name": .string(name)])
        context.print(
            reply.text(as: invocation.outputFormat) { answer in
                "recording into \(Words.text(answer["file"])) of the data folder\n"
            })
        return .success
    }

    private static func stop(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(
            .post, "/v1/recordings/\(try invocation.required(name))/stop")
        context.print(reply.text(as: invocation.outputFormat) { _ in "ended\n" })
        return .success
    }
}
