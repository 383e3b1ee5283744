/// `boresight help`: the same as `--help`, for those who look for it there.
enum Help {
    private static let noun = Argument<String>("COMMAND", optional: true, "the command to explain")
    private static let verb = Argument<String>("VERB", optional: true, "its verb")

    static let command = Command(
        "help", "Explain a command", arguments: [noun.declaration, verb.declaration], run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let path = [invocation[noun], invocation[verb]].compactMap(\.self)
        guard let command = CommandTree.root.descendant(path[...]) else {
            throw .usage("there is no command '\(path.joined(separator: " "))'", path: [])
        }
        context.print(HelpText(command, path: path).text)
        return .success
    }
}
