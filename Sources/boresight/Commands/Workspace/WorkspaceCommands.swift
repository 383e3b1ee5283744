import JSON

/// `boresight workspace`: what there is to work with, and who works with it.
enum WorkspaceCommands {
    private static let name = Argument<String>("NAME", "what the workspace will be called")
    private static let newName = Option<String>("name", "what it will be called")
    private static let workspace = WorkspaceName.argument.declaration

    static let command = Command(
        "workspace", "Offer workspaces, and work with them",
        discussion: """
            WORKSPACE is a workspace's name or id. Everybody may launch one and sees the
            own sessions; adding, changing and deleting are for superusers, and so are
            '--all' and 'end'. 'boresight watch sessions' tells how sessions begin and end.
            """,
        verbs: [
            Command("list", "List the workspaces", options: ServerAPI.options, run: list),
            Command(
                "show", "Show all that is said of a workspace", arguments: [workspace],
                options: ServerAPI.options, run: show),
            Command(
                "add", "Offer a workspace", arguments: [name.declaration],
                options: WorkspaceDescription.options + ServerAPI.options, run: add),
            Command(
                "change", "Change a workspace; what is not named stays", arguments: [workspace],
                options: [newName.declaration] + WorkspaceDescription.options + ServerAPI.options,
                run: change),
            Command(
                "delete", "Offer a workspace no longer; its sessions end", arguments: [workspace],
                options: ServerAPI.options, run: delete),
            Command(
                "launch", "Begin a session", arguments: [workspace], options: ServerAPI.options,
                run: launch),
            Command(
                "stop", "End the own sessions of a workspace", arguments: [workspace],
                options: ServerAPI.options, run: stop),
        ] + WorkspaceSessionCommands.verbs)

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let table = ListTable(columns: [
            ("name", "name"), ("type", "type"), ("status", "status"), ("driver", "driver"),
            ("id", "id"),
        ])
        context.print(
            table.text(try api.call(.get, WorkspaceName.path), as: invocation.outputFormat))
        return .success
    }

    private static func show(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let workspace = try WorkspaceName.find(invocation, api).object
        guard invocation.outputFormat == .table else {
            context.print(JSONValue.object(workspace).text + "\n")
            return .success
        }
        let rows = workspace.members.filter { $0.value != .null }.map { member in
            [member.key.replacing("_", with: " "), Words.text(member.value)]
        }
        context.print(Table(rows: rows).text)
        return .success
    }

    private static func add(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var members = try WorkspaceDescription.members(invocation)
        members["name"] = .string(try invocation.required(name))
        if members["type"] == nil { members["type"] = .string("linux") }
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, WorkspaceName.path, .object(members))
        context.print(
            reply.text(as: invocation.outputFormat) { workspace in
                "workspace \(Words.text(workspace["name"])) is \(Words.text(workspace["id"]))\n"
            })
        return .success
    }

    private static func change(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var members = try WorkspaceDescription.members(invocation)
        members["name"] = invocation[newName].map(JSONValue.string)
        guard !members.members.isEmpty else {
            throw invocation.usageFailure("there is nothing to change")
        }
        let api = try ServerAPI.connect(invocation, context)
        let path = WorkspaceName.path(try WorkspaceName.find(invocation, api))
        let reply = try api.call(.put, path, .object(members))
        context.print(reply.text(as: invocation.outputFormat) { _ in "changed\n" })
        return .success
    }

    private static func delete(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = WorkspaceName.path(try WorkspaceName.find(invocation, api))
        let reply = try api.call(.delete, path)
        context.print(reply.text(as: invocation.outputFormat) { _ in "deleted\n" })
        return .success
    }

    private static func launch(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = WorkspaceName.path(try WorkspaceName.find(invocation, api))
        let reply = try api.call(.post, path + "/launch")
        context.print(
            reply.text(as: invocation.outputFormat) { launch in
                let stream = launch["stream_url"]?.stringValue ?? ""
                return "session \(Words.text(launch["session_id"])) has begun\n"
                    + "look at it: \(api.connection.server)/workspaces\(Words.printable(stream))\n"
            })
        return .success
    }

    private static func stop(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = WorkspaceName.path(try WorkspaceName.find(invocation, api))
        let reply = try api.call(.post, path + "/stop")
        context.print(reply.text(as: invocation.outputFormat) { _ in "stopped\n" })
        return .success
    }
}
