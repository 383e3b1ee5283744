import JSON

/// `boresight location change`.
enum LocationChange {
    private static let name = Option<String>("name", "call it this")

    static let command = Command(
        "change", "Change what is said of a location",
        discussion: """
            What no option names stays as it is; an empty text takes it away. Where a
            location is, 'location report' says.
            """,
        arguments: [LocationName.argument.declaration],
        options: [name.declaration] + LocationDescription.options
            + [Organizations.option.declaration] + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var changes = try LocationDescription.members(invocation)
        if let name = invocation[name] { changes["name"] = .string(name) }
        guard !changes.members.isEmpty else {
            throw invocation.usageFailure("say what to change")
        }
        let api = try ServerAPI.connect(invocation, context)
        let path = LocationName.path(try LocationName.find(invocation, api))
        let reply = try api.call(.patch, path, .object(changes))
        context.print(reply.text(as: invocation.outputFormat) { _ in "changed\n" })
        return .success
    }
}
