/// A node of the command tree: a noun with verbs, or something that runs.
struct Command: Sendable {
    typealias Run = @Sendable (Invocation, CommandContext) throws(CommandFailure) -> ExitCode

    enum Action: Sendable {
        case verbs([Command])
        case run(Run)
    }

    let name: String
    /// One line for the list in the parent's help, without a full stop.
    let summary: String
    /// Paragraphs for the command's own help.
    let discussion: String
    let arguments: [ArgumentDeclaration]
    let options: [OptionDeclaration]
    let action: Action

    init(
        _ name: String, _ summary: String, discussion: String = "",
        arguments: [ArgumentDeclaration] = [], options: [OptionDeclaration] = [],
        run: @escaping Run
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.arguments = arguments
        self.options = options
        self.action = .run(run)
    }

    init(_ name: String, _ summary: String, discussion: String = "", verbs: [Command]) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.arguments = []
        self.options = []
        self.action = .verbs(verbs)
    }

    var verbs: [Command] {
        switch action {
        case .verbs(let verbs): verbs
        case .run: []
        }
    }

    /// The command that the words lead to, or nil when one of them is no verb of the one before.
    func descendant(_ words: ArraySlice<String>) -> Command? {
        guard let word = words.first else { return self }
        return verbs.first { $0.name == word }?.descendant(words.dropFirst())
    }
}
