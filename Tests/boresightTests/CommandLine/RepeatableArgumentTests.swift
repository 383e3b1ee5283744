import Testing

@testable import boresight

@Suite struct RepeatableArgumentTests {
    private static let first = Argument<String>("FIRST", "one")
    private static let angles = Argument<Degrees>("ANGLE", repeatable: true, "some angles")
    private static let loud = Flag("loud", "say it loudly")
    private static let root = Command(
        "tool", "A tool",
        verbs: [
            Command(
                "turn", "Turn", arguments: [first.declaration, angles.declaration],
                options: [loud.declaration]
            ) { _, _ throws(CommandFailure) in .success }
        ])

    private func parse(_ words: String...) throws(CommandFailure) -> Invocation {
        guard
            case .run(_, let invocation) = try CommandLineParser(root: Self.root)
                .parse(["turn"] + words)
        else { throw CommandFailure(.failure, "not a run") }
        return invocation
    }

    @Test func `the last argument takes every further word`() throws {
        let invocation = try parse("x", "10", "--loud", "-20.5", "30")
        #expect(invocation[Self.first] == "x")
        #expect(invocation.all(Self.angles).map(\.value) == [10, -20.5, 30])
        #expect(invocation[Self.loud])
        #expect(try parse("x", "10").all(Self.angles).map(\.value) == [10])
    }

    @Test func `each word is checked, and one is needed`() {
        #expect(throws: CommandFailure.self) { try parse("x", "10", "north") }
        #expect(throws: CommandFailure.self) { try parse("x") }
    }

    @Test func `help shows that it may be repeated`() {
        let turn = Self.root.verbs[0]
        #expect(HelpText(turn, path: ["turn"]).text.contains("FIRST ANGLE…"))
    }
}
