import JSON

/// `boresight rotor pair`.
enum RotorPair {
    private static let session = Argument<SessionToken>(
        "SESSION", "the pairing session's token, or the address that its QR code holds")

    static let command = Command(
        "pair", "Let a rotor follow a pairing session's phone",
        arguments: [RotorName.argument.declaration, session.declaration],
        options: ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let token = try invocation.required(session)
        let api = try ServerAPI.connect(invocation, context)
        let path = try RotorName.path(invocation[RotorName.argument], invocation, api)
        let reply = try api.call(.post, path + "/pair", ["token": .string(token.text)])
        context.print(reply.text(as: invocation.outputFormat) { _ in "paired\n" })
        return .success
    }
}
