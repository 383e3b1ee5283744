/// `boresight serve`: the daemon, in the foreground.
enum Serve {
    static let record = Option<String>(
        "record", placeholder: "FILE", "write every input and output into this file")

    static let command = Command(
        "serve", "Run the daemon in the foreground",
        discussion: """
            Prints 'ready http://HOST:PORT' on standard output when it accepts connections,
            and logs to standard error. SIGTERM ends it cleanly.
            """,
        options: [Configuration.fileOption.declaration, record.declaration]
            + Settings.ofServer.map(\.option),
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        _ = try Configuration.load(invocation, context)
        throw CommandFailure(.failure, "serve is not yet wired")
    }
}
