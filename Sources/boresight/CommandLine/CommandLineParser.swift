/// Turns the words after the program's name into an invocation, by the declarations of a tree.
///
/// Options stand anywhere after the command, `--` ends them, and a word such as `-33.9` is a value
/// and not an option. Every value is checked here, so that a command reads only good ones.
struct CommandLineParser {
    /// What the words ask for.
    enum Request {
        case run(Command, Invocation)
        /// Help on the command at the end of the path.
        case help(Command, path: [String])
        /// Nothing: the words stop at a noun that needs a verb.
        case incomplete(Command, path: [String])
        case version
    }

    private let root: Command

    init(root: Command) {
        self.root = root
    }

    func parse(_ words: [String]) throws(CommandFailure) -> Request {
        var command = root
        var path: [String] = []
        var rest = words[...]
        while case .verbs(let verbs) = command.action {
            guard let word = rest.first else { return .incomplete(command, path: path) }
            if word == "--help" || word == "-h" { return .help(command, path: path) }
            if path.isEmpty, word == "--version" || word == "-V" { return .version }
            guard let verb = verbs.first(where: { $0.name == word }) else {
                throw unknown(word, in: command, path: path)
            }
            command = verb
            path.append(word)
            rest = rest.dropFirst()
        }
        guard case .run = command.action else { return .help(command, path: path) }
        var words = CommandWords(command: command, path: path, words: rest)
        guard let invocation = try words.parse() else { return .help(command, path: path) }
        return .run(command, invocation)
    }

    private func unknown(
        _ word: String, in command: Command, path: [String]
    ) -> CommandFailure {
        if word.hasPrefix("-") {
            return .usage("\(word) comes before the command; options stand after it", path: path)
        }
        let names = command.verbs.map(\.name)
        let noun = path.isEmpty ? "command" : path.joined(separator: " ") + " command"
        return .usage(
            "there is no \(noun) '\(word)'", path: path,
            suggestion: Suggestion.nearest(to: word, among: names).map { "'\($0)'" })
    }
}
