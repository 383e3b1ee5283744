/// `boresight pair`: a pairing session, its QR code in the terminal, and the wait for the phone.
enum Pair {
    static let command = Command(
        "pair", "Show a QR code and wait for the phone that scans it",
        options: ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        _ = try ServerAPI.connect(invocation, context)
        throw CommandFailure(.failure, "pair is not yet wired")
    }
}
