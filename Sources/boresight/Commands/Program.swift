/// One run of the program, from the words of the command line to the exit code.
enum Program {
    /// `words` come without the program's name.
    static func run(_ words: [String], _ context: CommandContext) -> ExitCode {
        do throws(CommandFailure) {
            switch try CommandLineParser(root: CommandTree.root).parse(words) {
            case .run(let command, let invocation):
                guard case .run(let run) = command.action else { return .usage }
                return try run(invocation, context)
            case .help(let command, let path):
                context.print(HelpText(command, path: path).text)
                return .success
            case .incomplete(let command, let path):
                context.printError(HelpText(command, path: path).text)
                return .usage
            case .version:
                context.print(Version.text)
                return .success
            }
        } catch {
            context.printError(error.text)
            return error.exitCode
        }
    }
}
