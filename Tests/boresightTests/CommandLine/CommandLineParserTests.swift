import Testing

@testable import boresight

@Suite struct CommandLineParserTests {
    static let count = Option<Int>("count", short: "n", "how many")
    static let tag = Option<String>("tag", repeatable: true, "a tag")
    static let loud = Flag("loud", short: "l", "say it loudly")
    static let secret = Option<Int>("secret", hidden: true, "not shown")
    static let angle = Argument<Degrees>("ANGLE", "an angle")
    static let word = Argument<String>("WORD", optional: true, "a word")

    static let root = Command(
        "tool", "A tool",
        verbs: [
            Command(
                "turn", "Turn", arguments: [angle.declaration, word.declaration],
                options: [
                    count.declaration, tag.declaration, loud.declaration, secret.declaration,
                ]
            ) { _, _ throws(CommandFailure) in .success },
            Command(
                "noun", "A noun",
                verbs: [Command("verb", "A verb") { _, _ throws(CommandFailure) in .success }]),
        ])

    private func invocation(_ words: [String]) throws -> Invocation {
        guard case .run(_, let invocation) = try CommandLineParser(root: Self.root).parse(words)
        else { throw CommandFailure(.failure, "not a run") }
        return invocation
    }

    @Test(arguments: [
        ["turn", "10", "--count", "3"], ["turn", "10", "--count=3"],
        ["turn", "--count", "3", "10"],
        ["turn", "10", "-n", "3"], ["turn", "-n3", "10"], ["turn", "10", "--count=1", "-n", "3"],
    ])
    func `an option's value follows it in any spelling`(words: [String]) throws {
        let invocation = try invocation(words)
        #expect(invocation[Self.count] == 3)
        #expect(invocation[Self.angle] == Degrees(10))
        #expect(invocation.path == ["turn"])
    }

    @Test func `repeated options keep their order`() throws {
        let invocation = try invocation(["turn", "1", "--tag", "a", "--tag=b=c", "--tag=--x"])
        #expect(invocation.optionTexts["tag"] == ["a", "b=c", "--x"])
        #expect(invocation[Self.tag] == "--x")
    }

    @Test func `a flag is there or not`() throws {
        #expect(try invocation(["turn", "1", "--loud"])[Self.loud])
        #expect(try invocation(["turn", "1", "-l"])[Self.loud])
        #expect(try !invocation(["turn", "1"])[Self.loud])
    }

    @Test func `a hidden option works`() throws {
        #expect(try invocation(["turn", "1", "--secret", "7"])[Self.secret] == 7)
    }

    @Test func `two dashes end the options`() throws {
        let invocation = try invocation(["turn", "--loud", "--", "-5", "--count"])
        #expect(invocation[Self.angle] == Degrees(-5))
        #expect(invocation[Self.word] == "--count")
    }

    @Test func `a negative number is a value`() throws {
        #expect(try invocation(["turn", "-33.9"])[Self.angle] == Degrees(-33.9))
        #expect(try invocation(["turn", "-.5", "-"])[Self.word] == "-")
        #expect(try invocation(["turn", "1", "--count", "-2"])[Self.count] == -2)
    }

    static let mistakes: [([String], String, String)] = [
        (["trun"], "there is no command 'trun'", "did you mean 'turn'? see: boresight --help"),
        (
            ["noun", "vreb"], "there is no noun command 'vreb'",
            "did you mean 'verb'? see: boresight noun --help"
        ),
        (["xyz"], "there is no command 'xyz'", "see: boresight --help"),
        (
            ["--count", "1", "turn"], "--count comes before the command; options stand after it",
            "see: boresight --help"
        ),
        (
            ["turn", "1", "--cuont", "2"], "there is no option --cuont",
            "did you mean --count? see: boresight turn --help"
        ),
        (
            ["turn", "1", "--secre", "2"], "there is no option --secre",
            "see: boresight turn --help"
        ),
        (["turn", "1", "-x"], "there is no option -x", "see: boresight turn --help"),
        (
            ["turn", "1", "-ln"], "-ln is not an option; write each short option by itself",
            "see: boresight turn --help"
        ),
        (["turn", "1", "--count"], "--count needs a value (N)", "see: boresight turn --help"),
        (
            ["turn", "1", "--count", "--loud"],
            "--count needs a value (N); if it is '--loud', write --count=--loud",
            "see: boresight turn --help"
        ),
        (
            ["turn", "1", "--count", "x"], "--count 'x' is not a whole number",
            "see: boresight turn --help"
        ),
        (
            ["turn", "1", "--count="], "--count '' is not a whole number",
            "see: boresight turn --help"
        ),
        (["turn", "1", "--loud=yes"], "--loud takes no value", "see: boresight turn --help"),
        (["turn"], "ANGLE is missing", "see: boresight turn --help"),
        (
            ["turn", "north"],
            "ANGLE 'north' is not an angle in degrees, such as 123.45 or 123d27m",
            "see: boresight turn --help"
        ),
        (["turn", "1", "a", "b"], "'b' is one word too many", "see: boresight turn --help"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is named, with what helps`(
        words: [String], message: String, hint: String
    ) {
        #expect(throws: CommandFailure(.usage, message, hint: hint)) {
            try CommandLineParser(root: Self.root).parse(words)
        }
    }

    static let helpRequests: [([String], [String])] = [
        (["--help"], []), (["-h"], []), (["noun", "--help"], ["noun"]),
        (["turn", "--help"], ["turn"]), (["turn", "1", "-h"], ["turn"]),
        (["turn", "--count", "3", "--help"], ["turn"]),
    ]

    @Test(arguments: helpRequests)
    func `help is asked for on every level`(words: [String], path: [String]) throws {
        guard case .help(_, let found) = try CommandLineParser(root: Self.root).parse(words) else {
            Issue.record("no help")
            return
        }
        #expect(found == path)
    }

    static let nouns: [([String], [String])] = [([], []), (["noun"], ["noun"])]

    @Test(arguments: nouns)
    func `a noun alone is incomplete`(words: [String], path: [String]) throws {
        guard case .incomplete(_, let found) = try CommandLineParser(root: Self.root).parse(words)
        else {
            Issue.record("not incomplete")
            return
        }
        #expect(found == path)
    }

    @Test(arguments: ["--version", "-V"])
    func `the version is asked for at the top`(word: String) throws {
        guard case .version = try CommandLineParser(root: Self.root).parse([word]) else {
            Issue.record("no version")
            return
        }
        #expect(throws: CommandFailure.self) {
            try CommandLineParser(root: Self.root).parse(["turn", "1", word])
        }
    }
}
