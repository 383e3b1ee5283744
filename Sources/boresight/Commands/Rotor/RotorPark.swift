/// `boresight rotor park`.
enum RotorPark {
    static let command = Command(
        "park", "Turn a rotor to its park position",
        arguments: [RotorName.optionalArgument.declaration],
        options: ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = try RotorName.path(invocation[RotorName.optionalArgument], invocation, api)
        let reply = try api.call(.post, path + "/park")
        context.print(reply.text(as: invocation.outputFormat) { _ in "parking\n" })
        return .success
    }
}
