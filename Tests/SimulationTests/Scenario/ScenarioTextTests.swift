import JSON
import Pointing
import Simulation
import Testing

@Suite struct ScenarioTextTests {
    private static let text = """
        {
          rotor: { rate: 6 },
          faults: [{ at: "5s", for: "1s", fault: "gps.stale" }],
        }
        """

    @Test func `an option takes the place of what is written`() throws {
        let scenario = try WrittenScenario.read(
            Self.text,
            [
                ("rotor.rate", "3"), ("faults.0.for", "20s"), ("rotor.azimuth", "[0, 360]"),
                ("rotor.keep_out", "[[350, 340, 5, 20]]"),
                ("title", "changed"), ("station.noise", "4"),
                ("expect", "[{ always: 'running' }]"),
            ])
        #expect(scenario.rotor.rateDegreesPerSecond == 3)
        #expect(scenario.faults.first?.lasts == .seconds(20))
        #expect(scenario.rotor.azimuthDegrees == 0...360)
        #expect(scenario.rotor.keepOut.map(\.minAzimuthDegrees) == [350])
        #expect(scenario.rotor.keepOut.map(\.elevationDegrees) == [5...20])
        #expect(scenario.title == "changed")
        #expect(scenario.station.noiseMeters == 4)
        #expect(scenario.expectations.map(\.name) == ["always running"])
    }

    @Test func `the last of two options counts`() throws {
        let scenario = try WrittenScenario.read(
            Self.text, [("rotor.rate", "3"), ("rotor.rate", "4")])
        #expect(scenario.rotor.rateDegreesPerSecond == 4)
    }

    @Test(arguments: [
        ("rotor.rate", "fast", "rotor.rate must be a number from 0.01 to 360.0, not a text"),
        ("rotor.speed", "3", "there is no 'speed' in rotor"),
        ("faults.7.for", "3s", "faults.7.for: there is no element 7"),
        ("faults.first", "3s", "faults.first: there is no element first"),
        ("rotor.rate.unit", "3", "rotor.rate.unit: 'unit' is not inside an object"),
        ("faults", "[{ at: '1s' }]", "faults needs 'fault'"),
    ])
    func `an option that is wrong has no place in the file`(
        _ path: String, _ value: String, _ says: String
    ) throws {
        let error = try #require(WrittenScenario.error(Self.text, [(path, value)]))
        #expect(error.place == nil, "\(error)")
        #expect(error.message.contains(says), "\(error.message)")
    }

    @Test func `what an option breaks elsewhere is told with its place`() throws {
        let error = try #require(WrittenScenario.error(Self.text, [("heal", "2s")]))
        #expect(error.place == TextPlace(line: 3, column: 12))
    }

    @Test(arguments: ScenarioFolder.names)
    func `what is printed reads back as the same scenario`(_ name: String) throws {
        let written = try Scenario(ScenarioFolder.tree(name))
        #expect(try WrittenScenario.read(written.text) == written)
        let drawn = try Scenario.drawn(ScenarioFolder.tree(name), overrides: [], seed: 7)
        #expect(try WrittenScenario.read(drawn.text) == drawn)
    }

    @Test func `every option is printed and reads back`() throws {
        let scenario = try WrittenScenario.read(
            """
            {
              title: "all", duration: "1h", heal: "50m", sample: "1s", seed: "18446744073709551615",
              schedule: "random", disk: "7ms",
              station: { points: [[1, 2, 3], [1.5, 2]], speed: 3.25, loop: true, starts: "9s",
                receiver: false, noise: 0.5 },
              rotor: { azimuth: [-180, 180], elevation: [-5, 85], rate: 2.5, acceleration: 0,
                deadband: 0.5, start: -20 },
              phones: {
                "a b": { position: [1, 2], shares: false, joins: "4s", every: "250ms", accuracy: 9,
                  noise: 3, clock: "-5s", delay: "1ms", jitter: "0s", loss: 0.25 },
              },
              workload: [
                { at: "1s", phone: "a b", mode: "park" },
                { at: "2s", phone: "a b", target: [120, 20.5] },
                { at: "3s", request: "PUT /api/rotors/1", body: "{\\"a\\":1}" },
                { at: "4s", request: "GET /health" },
              ],
              faults: [
                { at: "10s", for: "1.5s", fault: "link.delay", amount: 0.75, phone: "a b" },
                { at: "11s", fault: "station.clock-step", amount: -3 },
              ],
              chaos: { faults: ["gps.*"], per_hour: 7.5, shortest: "2s", longest: "3s", from: "1m" },
              vary: { "rotor.rate": [1, 2], "phones.a b.delay": ["1ms", "2ms"] },
              expect: [
                { always: "moving", from: "1s", until: "2s" },
                { never: "aims > 5 and !moving", while: "calm", grace: "7s" },
                { eventually: "tracking", within: "1m", while: "healed" },
                { sometimes: "azimuth <= 5" },
              ],
            }
            """)
        #expect(try WrittenScenario.read(scenario.text) == scenario)
        #expect(scenario.seed == .max)
    }
}
