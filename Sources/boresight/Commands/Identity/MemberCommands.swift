import JSON

/// `boresight member`: who belongs to which organisation, and as what.
enum MemberCommands {
    private enum Role: String, TextChoice {
        case member
        case readonly
        case manager
        case owner
    }

    private static let organization = Argument<String>(
        "ORGANIZATION", "the organisation's name or id")
    private static let user = Argument<String>("USER", "the user's e-mail address or id")
    private static let role = Argument<Role>("ROLE", "member, readonly, manager or owner")

    static let command = Command(
        "member", "List and set the members of an organisation",
        discussion: "A change counts at once. Superusers only.",
        verbs: [
            Command(
                "list", "List the members", arguments: [organization.declaration],
                options: ServerAPI.options, run: list),
            Command(
                "set", "Make a user a member, or change what the member is",
                arguments: [organization.declaration, user.declaration, role.declaration],
                options: ServerAPI.options, run: set),
            Command(
                "remove", "End a membership",
                arguments: [organization.declaration, user.declaration],
                options: ServerAPI.options, run: remove),
        ])

    private static func path(_ invocation: Invocation) throws(CommandFailure) -> String {
        let organization = PathSegment.encoded(try invocation.required(organization))
        return "/v1/organizations/\(organization)/members"
    }

    private static func memberPath(_ invocation: Invocation) throws(CommandFailure) -> String {
        try path(invocation) + "/" + PathSegment.encoded(try invocation.required(user))
    }

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let table = ListTable(columns: [
            ("user", "user"), ("role", "role"), ("since", "created_at"),
        ])
        let reply = try api.call(.get, try path(invocation))
        context.print(table.text(reply, as: invocation.outputFormat))
        return .success
    }

    private static func set(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let path = try memberPath(invocation)
        let role = try invocation.required(role)
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.put, path, ["role": .string(role.rawValue)])
        context.print(
            reply.text(as: invocation.outputFormat) { "now \(Words.text($0["role"]))\n" })
        return .success
    }

    private static func remove(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let path = try memberPath(invocation)
        let reply = try ServerAPI.connect(invocation, context).call(.delete, path)
        context.print(reply.text(as: invocation.outputFormat) { _ in "removed\n" })
        return .success
    }
}
