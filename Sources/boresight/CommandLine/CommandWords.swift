/// The words after a command's name, on their way to an invocation.
struct CommandWords {
    private let command: Command
    private let path: [String]
    private var words: ArraySlice<String>
    private var optionTexts: [String: [String]] = [:]
    private var arguments: [String] = []
    /// Words behind `--`, where the command has an argument for them.
    private var tail: [String] = []
    private var optionsEnded = false

    init(command: Command, path: [String], words: ArraySlice<String>) {
        self.command = command
        self.path = path
        self.words = words
    }

    /// The invocation, or nil when the words ask for help.
    mutating func parse() throws(CommandFailure) -> Invocation? {
        while let word = words.popFirst() {
            if optionsEnded || !Self.looksLikeOption(word) {
                try take(argument: word)
            } else if word == "--" {
                optionsEnded = true
            } else if word == "--help" || word == "-h" {
                return nil
            } else if word.hasPrefix("--") {
                try take(longOption: word.dropFirst(2))
            } else {
                try take(shortOption: word.dropFirst())
            }
        }
        for missing in placed.dropFirst(arguments.count) where !missing.isOptional {
            throw usage("\(missing.name) is missing")
        }
        var texts: [String: [String]] = [:]
        if let tailArgument {
            guard !tail.isEmpty || tailArgument.isOptional else {
                throw usage("\(tailArgument.name) is missing; it stands behind --")
            }
            texts[tailArgument.name] = tail
        }
        for (index, word) in arguments.enumerated() {
            if let name = declaration(at: index)?.name { texts[name, default: []].append(word) }
        }
        return Invocation(path: path, optionTexts: optionTexts, argumentTexts: texts)
    }

    /// `-` alone and negative numbers are values.
    private static func looksLikeOption(_ word: String) -> Bool {
        guard word.hasPrefix("-"), let second = word.dropFirst().first else { return false }
        return !(second.isNumber || second == ".")
    }

    /// The arguments that are told by their place.
    private var placed: [ArgumentDeclaration] {
        command.arguments.filter { !$0.standsAfterDashes }
    }

    private var tailArgument: ArgumentDeclaration? {
        command.arguments.last.flatMap { $0.standsAfterDashes ? $0 : nil }
    }

    /// What the word at this place is; the last argument may take all that follow.
    private func declaration(at index: Int) -> ArgumentDeclaration? {
        if index < placed.count { return placed[index] }
        return placed.last.flatMap { $0.isRepeatable ? $0 : nil }
    }

    private mutating func take(argument word: String) throws(CommandFailure) {
        let isTail = optionsEnded && tailArgument != nil
        guard let declaration = isTail ? tailArgument : declaration(at: arguments.count) else {
            let more = tailArgument.map { "; \($0.name) stands behind --" } ?? ""
            throw usage("'\(word)' is one word too many" + more)
        }
        do {
            try declaration.check(word)
        } catch {
            throw usage("\(declaration.name) '\(word)' \(error.message)")
        }
        if isTail { tail.append(word) } else { arguments.append(word) }
    }

    private mutating func take(longOption text: Substring) throws(CommandFailure) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = command.options.first(where: { $0.name == name }) else {
            let names = command.options.filter { !$0.isHidden }.map(\.name) + ["help"]
            throw .usage(
                "there is no option --\(name)", path: path,
                suggestion: Suggestion.nearest(to: name, among: names).map { "--\($0)" })
        }
        try take(option, written: "--" + name, value: parts.count == 2 ? String(parts[1]) : nil)
    }

    private mutating func take(shortOption text: Substring) throws(CommandFailure) {
        guard let option = command.options.first(where: { $0.short == text.first }) else {
            throw usage("there is no option -\(text)")
        }
        let rest = text.dropFirst()
        if option.placeholder == nil, !rest.isEmpty {
            throw usage("-\(text) is not an option; write each short option by itself")
        }
        try take(option, written: "-\(text.prefix(1))", value: rest.isEmpty ? nil : String(rest))
    }

    private mutating func take(
        _ option: OptionDeclaration, written: String, value: String?
    ) throws(CommandFailure) {
        guard let placeholder = option.placeholder else {
            guard value == nil else { throw usage("\(written) takes no value") }
            optionTexts[option.name] = [""]
            return
        }
        var value = value
        if value == nil {
            value = words.popFirst()
            if let next = value, Self.looksLikeOption(next) {
                throw usage(
                    "\(written) needs a value (\(placeholder)); if it is '\(next)', "
                        + "write \(written)=\(next)")
            }
        }
        guard let value else { throw usage("\(written) needs a value (\(placeholder))") }
        do {
            try option.check(value)
        } catch {
            throw usage("\(written) '\(value)' \(error.message)")
        }
        optionTexts[option.name, default: []].append(value)
    }

    private func usage(_ message: String) -> CommandFailure {
        .usage(message, path: path)
    }
}
