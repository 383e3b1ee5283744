import JSON

/// `boresight watch sessions`: how sessions of workspaces begin, are warned, and end.
enum WatchSessions {
    private static let all = Flag("all", "everybody's, for superusers")

    static let command = Command(
        "sessions", "Follow the own sessions of workspaces, one line an update",
        discussion: WatchCommands.discussion, options: [all.declaration] + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        context.endOnInterrupt()
        let api = try ServerAPI.connect(invocation, context)
        let follower = SocketFollower(
            connection: api.connection,
            path: "/workspaces/api/sessions/live" + (invocation[all] ? "?all=true" : ""),
            remedy: "watching sessions takes a token, and '--all' a superuser's: --token-file FILE",
            context: context)
        try follower.follow(
            as: invocation.outputFormat,
            [
                ("time", .left(24)), ("session", .left(8)), ("workspace", .left(20)),
                ("user", .left(24)), ("reason", .left(0)),
            ]
        ) { message in
            let session = message["data"]?.objectValue ?? JSONObject()
            let event = message["type"]?.stringValue ?? ""
            let ends = session["ends_at"].map { ", at " + Words.text($0) } ?? ""
            return [
                Words.text(message["timestamp"]),
                Words.printable(String(event.drop { $0 != "." }.dropFirst())),
                Words.text(session["workspace_name"]), Words.text(session["user_email"]),
                Words.text(session["end_reason"]) + ends,
            ]
        }
        return .success
    }
}
