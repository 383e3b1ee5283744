import JSON

/// `boresight record`: recordings of a running daemon.
enum RecordCommands {
    private static let name = Argument<String>("NAME", "letters, digits, hyphens, underscores")

    static let command = Command(
        "record", "Begin, end and list recordings of a running daemon",
        discussion: """
            A recording begins with the daemon's start for as long as its history reaches
            back so far, and can then be replayed. The file is recordings/NAME.jsonl in the
            daemon's data folder, or NAME-2 where there is one already; 'list' has it.
            'serve --record FILE' records from the start.
            """,
        verbs: [
            Command(
                "start", "Begin a recording", arguments: [name.declaration],
                options: ServerAPI.options, run: start),
            Command(
                "stop", "End a recording", arguments: [name.declaration],
                options: ServerAPI.options, run: stop),
            Command(
                "list", "List those that were begun so", options: ServerAPI.options, run: list),
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

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let reply = try ServerAPI.connect(invocation, context).call(.get, "/v1/recordings")
        context.print(
            reply.text(as: invocation.outputFormat) { answer in
                let recordings = (answer["recordings"]?.arrayValue ?? [])
                    .compactMap(\.objectValue)
                return Table(header: header, rows: recordings.map(row)).text
            })
        return .success
    }

    private static let header = ["name", "started", "bytes", "state"]

    private static func row(_ recording: JSONObject) -> [String] {
        let isRunning = recording["isRunning"] == .bool(true)
        let isWhole = recording["fromStart"] == .bool(true)
        let state = isWhole ? "can be replayed" : "can be looked at"
        return [
            Words.text(recording["name"]), Words.text(recording["started"]),
            Words.text(recording["bytes"]),
            recording["problem"].map { Words.text($0) } ?? (isRunning ? "running" : state),
        ]
    }
}
