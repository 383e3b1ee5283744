import JSON

/// `boresight rotor test`.
enum RotorTest {
    static let command = Command(
        "test", "Ask a rotor's driver whether it is there",
        arguments: [RotorName.optionalArgument.declaration], options: ServerAPI.options, run: run)

    /// Fails when the rotor is not there, so that a script can ask.
    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = try RotorName.path(invocation[RotorName.optionalArgument], invocation, api)
        let reply = try api.call(.get, path + "/test")
        let isConnected = reply.value.objectValue?["connected"]?.boolValue ?? false
        context.print(
            reply.text(as: invocation.outputFormat) { test in
                isConnected ? "connected, model \(Words.text(test["model"]))\n" : "not connected\n"
            })
        return isConnected ? .success : .failure
    }
}
