import Testing

@testable import boresight

@Suite struct HelpTextTests {
    /// Every command of the tree with its path.
    private static func commands(
        _ command: Command = CommandTree.root, _ path: [String] = []
    ) -> [(Command, [String])] {
        [(command, path)] + command.verbs.flatMap { commands($0, path + [$0.name]) }
    }

    @Test func `help names every command, argument and option`() {
        let commands = Self.commands()
        #expect(commands.count > 15)
        for (command, path) in commands {
            let text = HelpText(command, path: path).text
            for verb in command.verbs { #expect(text.contains("  \(verb.name) "), "\(path)") }
            for argument in command.arguments {
                #expect(text.contains("  \(argument.name) "), "\(path)")
            }
            for option in command.options where !option.isHidden {
                #expect(text.contains("--\(option.name)"), "\(path)")
            }
            #expect(text.contains("-h, --help"))
            #expect(text.hasPrefix(command.summary + "."))
        }
    }

    @Test func `hidden options are not shown`() {
        #expect(!HelpText(Serve.command, path: ["serve"]).text.contains("--seed"))
    }

    @Test func `no line is wider than a terminal`() {
        for (command, path) in Self.commands() {
            for line in HelpText(command, path: path).text.split(separator: "\n") {
                #expect(line.count <= 80, "\(path): \(line)")
            }
        }
    }

    @Test func `a command's help is laid out in columns`() {
        let expected = """
            Turn.

            usage: boresight turn [OPTION…] ANGLE [WORD]

            arguments:
              ANGLE  an angle
              WORD   a word

            options:
              -n, --count N    how many
                  --tag TEXT…  a tag
              -l, --loud       say it loudly
              -h, --help       show this text

            """
        #expect(
            HelpText(CommandLineParserTests.root.verbs[0], path: ["turn"]).text == expected)
    }

    @Test func `names are unique among siblings and options of a command`() {
        for (command, path) in Self.commands() {
            let verbs = command.verbs.map(\.name)
            #expect(Set(verbs).count == verbs.count)
            let options = command.options.map(\.name)
            #expect(Set(options).count == options.count, "\(path)")
            let shorts = command.options.compactMap(\.short)
            #expect(Set(shorts).count == shorts.count, "\(path)")
        }
    }
}
