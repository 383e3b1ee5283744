import Testing

@testable import boresight

@Suite struct TailArgumentTests {
    private static let place = Argument<String>("PLACE", optional: true, "where")
    private static let order = Argument<String>("ORDER", afterDashes: true, "what to do")
    private static let loud = Flag("loud", "say it loudly")
    private static let command = Command(
        "run", "Run", arguments: [place.declaration, order.declaration],
        options: [loud.declaration]
    ) { _, _ throws(CommandFailure) in .success }
    private static let root = Command("tool", "A tool", verbs: [command])

    private func parse(_ words: String...) throws(CommandFailure) -> Invocation {
        guard
            case .run(_, let invocation) = try CommandLineParser(root: Self.root)
                .parse(["run"] + words)
        else { throw CommandFailure(.failure, "not a run") }
        return invocation
    }

    @Test func `the words behind the dashes are its own, whatever they look like`() throws {
        let invocation = try parse("here", "--", "ls", "--loud", "-h", "--", "x")
        #expect(invocation[Self.place] == "here")
        #expect(invocation.all(Self.order) == ["ls", "--loud", "-h", "--", "x"])
        #expect(!invocation[Self.loud])
        let placeless = try parse("--loud", "--", "ls")
        #expect(placeless[Self.place] == nil)
        #expect(placeless.all(Self.order) == ["ls"])
        #expect(placeless[Self.loud])
    }

    @Test func `forgotten dashes are told`() {
        for words in [["here"], ["here", "--"]] {
            #expect(
                throws: CommandFailure.usage("ORDER is missing; it stands behind --", path: ["run"])
            ) {
                try CommandLineParser(root: Self.root).parse(["run"] + words)
            }
        }
        #expect(
            throws: CommandFailure.usage(
                "'ls' is one word too many; ORDER stands behind --", path: ["run"])
        ) { try parse("here", "ls") }
    }

    @Test func `help shows the dashes`() {
        #expect(
            HelpText(Self.command, path: ["run"]).text.contains("[OPTION…] [PLACE] -- ORDER…\n"))
    }
}
