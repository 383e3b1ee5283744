/// `boresight rotor delete`.
enum RotorDelete {
    static let command = Command(
        "delete", "Forget a rotor", arguments: [RotorName.argument.declaration],
        options: ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = try RotorName.path(invocation[RotorName.argument], invocation, api)
        let reply = try api.call(.delete, path)
        context.print(reply.text(as: invocation.outputFormat) { _ in "deleted\n" })
        return .success
    }
}
