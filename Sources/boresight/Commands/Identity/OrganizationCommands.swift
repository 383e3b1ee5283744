import JSON

/// `boresight organization`: whom things belong to.
enum OrganizationCommands {
    private static let name = Argument<String>("NAME", "what it is called")

    static let command = Command(
        "organization", "List and add organisations",
        discussion: "Superusers only.",
        verbs: [
            Command(
                "list", "List the organisations", options: ServerAPI.options, run: list),
            Command(
                "add", "Add an organisation", arguments: [name.declaration],
                options: ServerAPI.options, run: add),
        ])

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let table = ListTable(columns: [
            ("name", "name"), ("created", "created_at"), ("id", "id"),
        ])
        let reply = try api.call(.get, "/v1/organizations")
        context.print(table.text(reply, as: invocation.outputFormat))
        return .success
    }

    private static func add(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let name = try invocation.required(name)
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, "/v1/organizations", ["name": .string(name)])
        context.print(
            reply.text(as: invocation.outputFormat) { organization in
                "organisation \(Words.text(organization["name"])) is "
                    + "\(Words.text(organization["id"]))\n"
            })
        return .success
    }
}
