import Drivers
import JSON
import Simulation
import Testing

@Suite struct ScenarioRoomsTests {
    /// A text, where its error stands, and a part of what it says.
    static let wrong: [(text: String, line: Int, column: Int, says: String)] = [
        ("{ rooms: [] }", 1, 10, "rooms must be an object"),
        ("{ rooms: { quip: {} } }", 1, 12, "quip is no code of 4 letters or digits"),
        ("{ rooms: { QUIPS: {} } }", 1, 12, "QUIPS is no code"),
        ("{ rooms: { QUIP: 7 } }", 1, 18, "rooms.QUIP: a room must be an object"),
        ("{ rooms: { QUIP: {} } }", 1, 18, "rooms.QUIP: a room needs a 'title'"),
        (
            "{ rooms: {\n  QUIP: { title: \"x\",\n steps: [{ sings: 1 }] } } }", 3, 12,
            "rooms.QUIP: there is no 'sings' in a step"
        ),
        (
            "{ rooms: { QUIP: { title: \"x\",\n  maxPlayers: 0 } } }", 2, 15,
            "rooms.QUIP: 'maxPlayers' must be a whole number"
        ),
        (
            "{ faults: [\n  { at: \"1s\", fault: \"rooms.cut\" }] }", 2, 3,
            "rooms.cut needs the scenario's 'rooms'"
        ),
        ("{ chaos: { faults: [\"rooms.*\"] } }", 1, 10, "rooms.away needs the scenario's 'rooms'"),
        ("{ faults: [{ at: \"1s\", fault: \"hook.away\" }] }", 1, 12, "faults needs 'for'"),
        ("{ workload: [{ at: \"1s\", say: \"tv\" }] }", 1, 14, "workload needs 'text'"),
        (
            "{ workload: [{ at: \"1s\", say: \"tv\", text: \"x\", every: \"1ms\" }] }", 1, 55,
            "every must be at least 50ms"
        ),
        (
            "{ workload: [{ at: \"1s\", watch: \"/x\", name: \"tv\", returns: 1 }] }", 1, 60,
            "returns must be true or false"
        ),
    ]

    @Test(arguments: wrong)
    func `what is wrong with a room is said with its place`(
        _ text: String, _ line: Int, _ column: Int, _ says: String
    ) {
        let error = WrittenScenario.error(text)
        #expect(error?.place == TextPlace(line: line, column: column), "\(text)")
        #expect(error?.message.contains(says) == true, "\(error?.message ?? "none")")
    }

    @Test func `rooms, and what is said on sockets, are written as they were read`() throws {
        let scenario = try WrittenScenario.read(
            """
            {
              rooms: { QUIP: { title: "one", notices: "none", steps: [
                { room: { state: "Lobby", lobbyState: null } }, { after: 2.5, joins: "ALICE" },
              ] } },
              workload: [
                { at: "1s", watch: "/live", name: "tv", as: "anna", returns: true },
                { at: "2s", say: "tv", text: "hello" },
                { at: "3s", say: "tv", text: "ping", every: "30s" },
              ],
              faults: [
                { at: "1s", fault: "rooms.cut" }, { at: "2s", for: "3s", fault: "rooms.away" },
              ],
            }
            """)
        #expect(scenario.rooms.map(\.code) == ["QUIP"])
        #expect(scenario.rooms.first?.fixture.steps.count == 2)
        #expect(try WrittenScenario.read(scenario.text) == scenario)
    }

    @Test func `an option of a room can be set and varied`() throws {
        let text = """
            { rooms: { QUIP: { title: "x", steps: [{ after: 1, joins: "ALICE" }] } },
              vary: { "rooms.QUIP.steps.0.after": [2, 4] } }
            """
        let set = try WrittenScenario.read(text, [("rooms.QUIP.steps.0.after", "30")])
        #expect(set.rooms.first?.fixture.steps.first?.after == .seconds(30))
        let tree = try ScenarioText.tree(Array(text.utf8))
        let drawn = try Scenario.drawn(tree, overrides: [], seed: 3)
        let after = try #require(drawn.rooms.first?.fixture.steps.first?.after)
        #expect(after >= .seconds(2) && after <= .seconds(4))
    }
}
