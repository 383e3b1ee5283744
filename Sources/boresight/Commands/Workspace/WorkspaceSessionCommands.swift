import JSON

/// The verbs of `boresight workspace` that are about sessions.
enum WorkspaceSessionCommands {
    private static let session = Argument<String>("SESSION", "the session's id")
    private static let active = Flag("active", "only those that are under way")
    private static let all = Flag("all", "everybody's that are under way, for superusers")

    static let verbs = [
        Command(
            "sessions", "List the own sessions, the newest first",
            options: [active.declaration, all.declaration] + ServerAPI.options, run: list),
        Command(
            "disconnect", "Leave a session", arguments: [session.declaration],
            options: ServerAPI.options, run: disconnect),
        Command(
            "end", "End anybody's session", arguments: [session.declaration],
            options: ServerAPI.options, run: end),
    ]

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path =
            invocation[all]
            ? "/v1/workspace-sessions"
            : "/workspaces/api/sessions" + (invocation[active] ? "/active" : "")
        let table = ListTable(columns: [
            ("workspace", "workspace_name"), ("user", "user_email"), ("status", "status"),
            ("since", "started_at"), ("until", "ended_at"), ("session", "id"),
        ])
        context.print(table.text(try api.call(.get, path), as: invocation.outputFormat))
        return .success
    }

    private static func disconnect(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        try post("/workspaces/api/sessions/{}/disconnect", "disconnected\n", invocation, context)
    }

    private static func end(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        try post("/v1/workspace-sessions/{}/end", "ended\n", invocation, context)
    }

    /// - Parameter path: with `{}` for the session.
    private static func post(
        _ path: String, _ done: String, _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let id = PathSegment.encoded(try invocation.required(session))
        let reply = try api.call(.post, path.replacing("{}", with: id))
        context.print(reply.text(as: invocation.outputFormat) { _ in done })
        return .success
    }
}
