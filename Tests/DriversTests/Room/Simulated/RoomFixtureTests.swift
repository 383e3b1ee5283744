import Drivers
import JSON
import Testing

/// Reading fixtures.
@Suite struct RoomFixtureTests {
    private func read(
        _ text: String, _ change: (inout RoomFixtureLimits) -> Void = { _ in }
    ) throws -> RoomFixture {
        var limits = RoomFixtureLimits()
        change(&limits)
        return try RoomFixture(Array(text.utf8), limits: limits)
    }

    @Test func `every member is read`() throws {
        let fixture = try read(
            """
            // A comment.
            {
              title: "T", game: "g", maxPlayers: 4, entity: "bc:room", notices: "none",
              lookUps: [{ status: 500, after: 2.5 }, { unreachable: true }, { silence: true }],
              opens: [{ error: 2014 }, { proper: true }],
              steps: [
                { joins: "A" }, { after: 0.25, leaves: "A" }, { room: { state: "Lobby", n: 1.5 } },
                { frame: [1, "x", null, true] }, { text: "x" }, { error: 2027 }, { close: 1006 },
                { outage: 3 }, { vanish: true }, { exit: true },
              ],
            }
            """)
        #expect(fixture.title == "T" && fixture.game == "g" && fixture.maxPlayers == 4)
        #expect(fixture.entity == "bc:room" && fixture.notices == .none)
        #expect(
            fixture.lookUps == [
                RoomFixture.Reply(after: .milliseconds(2500), .status(500)),
                RoomFixture.Reply(.unreachable), RoomFixture.Reply(.silence),
            ])
        #expect(fixture.opens == [RoomFixture.Reply(.error(2014)), RoomFixture.Reply(.proper)])
        #expect(
            fixture.steps.map(\.action) == [
                .join("A"), .leave("A"),
                .room(["state": .string("Lobby"), "n": .number(1.5)]),
                .frame(.array([.integer(1), .string("x"), .null, .bool(true)])), .text("x"),
                .error(2027), .close(1006), .outage(.seconds(3)), .vanish, .exit,
            ])
        #expect(fixture.steps[1].after == .milliseconds(250))
    }

    @Test(arguments: [
        ("{\n title: \"T\",\n steps: [\n  {joins: \"A\"},\n  {jions: \"B\"},\n ]\n}", 5, "jions"),
        ("{\n title: \"T\",\n steps: [\n  {joins: \"A\", exit: true}]}", 4, "exactly one"),
        ("{title: \"T\", steps: [\n{after: 1}]}", 2, "exactly one"),
        ("{title: \"T\",\nsteps: [{after: -1, exit: true}]}", 2, "'after'"),
        ("{title: \"T\",\nsteps: [{after: 1e9, exit: true}]}", 2, "'after'"),
        ("{title: \"T\",\nsteps: [{after: NaN, exit: true}]}", 2, "'after'"),
        ("{title: \"T\",\nsteps: [{exit: false}]}", 2, "'exit'"),
        ("{title: \"T\",\nsteps: [{close: 70000}]}", 2, "'close'"),
        ("{title: \"T\",\nsteps: [{room: 1}]}", 2, "'room'"),
        ("{title: \"T\",\nsteps: [{joins: 1}]}", 2, "'joins'"),
        ("{title: \"T\",\nsteps: {}}", 2, "a list"),
        ("{title: \"T\",\nlookUps: [{error: 2014}]}", 2, "error"),
        ("{title: \"T\",\nopens: [{status: 7}]}", 2, "'status'"),
        ("{title: \"T\",\nopens: [{proper: 1}]}", 2, "'proper'"),
        ("{title: \"T\",\nnotices: \"some\"}", 2, "'notices'"),
        ("{title: \"T\",\nentity: \"hall\"}", 2, "'entity'"),
        ("{title: \"T\",\nmaxPlayers: 0}", 2, "'maxPlayers'"),
        ("\n{}", 2, "'title'"), ("[]", 1, "an object"), ("{title: 'T'", 1, ""),
        ("{title: \"T\",\n\n title: \"U\"}", 3, "twice"),
    ])
    func `a mistake is named with its line`(text: String, line: Int, words: String) {
        let error = #expect(throws: RoomFixtureError.self) { try read(text) }
        #expect(error?.place.line == line, "\(error?.description ?? "")")
        #expect(words.isEmpty || error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.description.hasPrefix("line \(line), column ") == true)
    }

    @Test func `bounds are kept`() throws {
        let three = "{title: \"T\", steps: [{exit: true}, {exit: true},\n {exit: true}]}"
        #expect(try read(three) { $0.steps = 3 }.steps.count == 3)
        #expect(throws: RoomFixtureError.self) { try read(three) { $0.steps = 2 } }
        let pause = "{title: \"T\", steps: [{after: 5, exit: true}]}"
        #expect(try read(pause) { $0.longestPause = .seconds(5) }.steps.count == 1)
        #expect(throws: RoomFixtureError.self) { try read(pause) { $0.longestPause = .seconds(4) } }
        let deep = "{title: \"T\", steps: [{frame: [[[]]]}]}"
        #expect(try read(deep) { $0.depth = 6 }.steps.count == 1)
        #expect(throws: RoomFixtureError.self) { try read(deep) { $0.depth = 5 } }
    }
}
