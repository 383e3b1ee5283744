import JSON

/// `boresight token`: the keys that users act with.
enum TokenCommands {
    private static let user = Argument<String>("USER", "the user's e-mail address or id")
    private static let id = Argument<String>("ID", "the token's id, as 'token list' shows it")
    private static let organization = Option<String>(
        "organization", "the only organisation that the token may act for")
    private static let name = Option<String>("name", "what the token is for")

    static let command = Command(
        "token", "List, create and revoke access tokens",
        discussion: """
            A token is shown once, when it is created; give it to programs as
            'Authorization: Bearer TOKEN', or to this one with --token-file.
            Superusers only.
            """,
        verbs: [
            Command(
                "list", "List the tokens, without their secrets", options: ServerAPI.options,
                run: list),
            Command(
                "create", "Create a token and print it", arguments: [user.declaration],
                options: [organization.declaration, name.declaration] + ServerAPI.options,
                run: create),
            Command(
                "revoke", "End a token at once", arguments: [id.declaration],
                options: ServerAPI.options, run: revoke),
        ])

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let table = ListTable(columns: [
            ("id", "id"), ("user", "user"), ("organization", "organization"), ("name", "name"),
            ("created", "created_at"),
        ])
        context.print(table.text(try api.call(.get, "/v1/tokens"), as: invocation.outputFormat))
        return .success
    }

    private static func create(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var token = JSONObject()
        token["user"] = .string(try invocation.required(user))
        if let organization = invocation[organization] {
            token["organization"] = .string(organization)
        }
        if let name = invocation[name] { token["name"] = .string(name) }
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, "/v1/tokens", .object(token))
        // The token alone, so that a script can keep it.
        context.print(
            reply.text(as: invocation.outputFormat) { "\(Words.text($0["token"]))\n" })
        return .success
    }

    private static func revoke(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let path = "/v1/tokens/" + PathSegment.encoded(try invocation.required(id))
        let reply = try ServerAPI.connect(invocation, context).call(.delete, path)
        context.print(reply.text(as: invocation.outputFormat) { _ in "revoked\n" })
        return .success
    }
}
