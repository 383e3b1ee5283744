/// `boresight demo`: the daemon with a simulated station, rotor and phone.
enum Demo {
    static let command = Command(
        "demo", "Show a rotor that follows a phone, all simulated",
        options: [Configuration.fileOption.declaration] + Settings.ofServer.map(\.option),
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        _ = try Configuration.load(invocation, context)
        throw CommandFailure(.failure, "demo is not yet wired")
    }
}
