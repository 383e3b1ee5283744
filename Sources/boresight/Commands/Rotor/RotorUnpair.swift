/// `boresight rotor unpair`.
enum RotorUnpair {
    static let command = Command(
        "unpair", "Take a rotor out of its pairing session",
        arguments: [RotorName.optionalArgument.declaration],
        options: ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = try RotorName.path(invocation[RotorName.optionalArgument], invocation, api)
        let reply = try api.call(.delete, path + "/pair")
        context.print(reply.text(as: invocation.outputFormat) { _ in "unpaired\n" })
        return .success
    }
}
