import Drivers
import JSON
import Simulation
import Testing

@Suite struct ScenarioReadingTests {
    /// A text, where its error stands, and a part of what it says.
    typealias Case = (text: String, line: Int, column: Int, says: String)

    private static let place = "position: [52, 13, 100]"

    static let wrong: [Case] = [
        ("{ title: 7 }", 1, 10, "title must be a text, not a number"),
        ("{\n  duration: 600,\n}", 2, 13, "duration must be a time"),
        ("{ duration: \"-5s\" }", 1, 13, "must not be negative"),
        ("{ duration: \"5 parsecs\" }", 1, 13, "duration must be a time"),
        ("{ duration: \"400000h\" }", 1, 13, "duration must be a time"),
        ("{ duration: \"1m\",\n heal: \"2m\" }", 2, 8, "heal must come before the end"),
        ("{ heal: true }", 1, 9, "heal must be a time"),
        ("{ sample: \"1ms\" }", 1, 11, "sample must be at least 10ms"),
        ("{ seed: -1 }", 1, 9, "seed must be a whole number"),
        ("{ seed: 1.5 }", 1, 9, "seed must be a whole number"),
        ("{ schedule: \"sorted\" }", 1, 13, "schedule must be one of arrival"),
        ("{ disk: [] }", 1, 9, "disk must be a time"),
        ("{ weather: \"rain\" }", 1, 3, "there is no 'weather' in the scenario"),
        ("[]", 1, 1, "the scenario must be an object, not a list"),
        ("{ title: \"x\" ", 1, 14, ""),
        ("{ station: 1 }", 1, 12, "station must be an object"),
        ("{ station: { position: [91, 13] } }", 1, 25, "a number from -90.0 to 90.0"),
        ("{ station: { position: [52] } }", 1, 24, "[latitude, longitude]"),
        ("{ station: { position: [52, 13, \"up\"] } }", 1, 33, "not a text"),
        ("{ station: { receiver: 1 } }", 1, 24, "true or false"),
        ("{ station: { noise: -1 } }", 1, 21, "a number from 0.0 to 10000.0"),
        ("{ station: { points: [[52, 13], [53, 13]] } }", 1, 12, "station needs 'speed'"),
        ("{ station: { points: [] } }", 1, 12, "station needs 'points'"),
        ("{ station: { points: [[52, 13]], speed: 0 } }", 1, 41, "speed must be a number from"),
        ("{ station: { points: [[52, 13]], loop: 1 } }", 1, 40, "loop must be true or false"),
        ("{ station: { points: [[52, 13]], starts: 3 } }", 1, 42, "starts must be a time"),
        ("{ station: { mast: 3 } }", 1, 14, "there is no 'mast' in station"),
        ("{ rotor: { azimuth: [0] } }", 1, 21, "azimuth must be [from, to]"),
        ("{ rotor: { azimuth: [360, 0] } }", 1, 21, "from must be below to"),
        ("{ rotor: { azimuth: [-360, 720] } }", 1, 21, "at most two turns"),
        ("{ rotor: { azimuth: [0, 999] } }", 1, 25, "a number from -360.0 to 720.0"),
        ("{ rotor: { elevation: \"all\" } }", 1, 23, "elevation must be a list"),
        ("{ rotor: { rate: 0 } }", 1, 18, "rate must be a number from 0.01"),
        ("{ rotor: { acceleration: -1 } }", 1, 26, "acceleration must be a number from 0.0"),
        ("{ rotor: { deadband: 31 } }", 1, 22, "deadband must be a number from 0.0 to 30.0"),
        ("{ rotor: { keep_out: 7 } }", 1, 22, "a list"),
        ("{ rotor: { keep_out: [7] } }", 1, 23, "[from, to, lowest, highest]"),
        ("{ rotor: { keep_out: [[1, 2, 0]] } }", 1, 23, "[from, to, lowest, highest]"),
        ("{ rotor: { keep_out: [[1, 1, 0, 9]] } }", 1, 23, "must differ"),
        ("{ rotor: { keep_out: [[1, 2, 9, 0]] } }", 1, 23, "min_elevation"),
        ("{ rotor: { keep_out: [[1, 2, 0, 900]] } }", 1, 33, "a number from"),
        ("{ rotor: { keep_out: [[350, 10, 0, 9]] } }", 1, 22, "park_az"),
        ("{ rotor: { start: 500 } }", 1, 10, "must start within its azimuth"),
        ("{ rotor: { colour: 1 } }", 1, 12, "there is no 'colour' in rotor"),
        ("{ phones: [] }", 1, 11, "phones must be an object"),
        ("{ phones: { a: { } } }", 1, 16, "phones.a needs 'points'"),
        ("{ phones: { a: { \(place), every: \"1ms\" } } }", 1, 50, "every must be at least 50ms"),
        ("{ phones: { a: { \(place), joins: \"-1s\" } } }", 1, 50, "must not be negative"),
        ("{ phones: { a: { \(place), shares: 1 } } }", 1, 51, "shares must be true or false"),
        ("{ phones: { a: { \(place), accuracy: -1 } } }", 1, 53, "accuracy must be a number"),
        ("{ phones: { a: { \(place), clock: 1 } } }", 1, 50, "clock must be a time"),
        ("{ phones: { a: { \(place), delay: 1 } } }", 1, 50, "delay must be a time"),
        ("{ phones: { a: { \(place), jitter: 1 } } }", 1, 51, "jitter must be a time"),
        (
            "{ phones: { a: { \(place), loss: 1 } } }", 1, 49,
            "loss must be a number from 0.0 to 0.9"
        ),
        ("{ phones: { a: { circle: { radius: 5 } } } }", 1, 26, "circle needs 'center'"),
        ("{ phones: { a: { circle: { center: [52, 13] } } } }", 1, 26, "circle needs 'radius'"),
        ("{ phones: { a: { \(place) }, a: {} } }", 1, 45, "'a' comes twice"),
        ("{ workload: [{ phone: \"a\" }] }", 1, 14, "workload needs 'at'"),
        ("{ workload: [{ at: \"1s\" }] }", 1, 14, "workload needs 'phone'"),
        ("{ workload: [{ at: \"1s\", phone: \"b\", mode: \"stop\" }] }", 1, 33, "there is no 'b'"),
        ("{ workload: [{ at: \"1s\", request: \"GET\" }] }", 1, 35, "METHOD PATH"),
        ("{ faults: [{ at: \"1s\", for: \"1s\" }] }", 1, 12, "faults needs 'fault'"),
        (
            "{ faults: [{ at: \"1s\", for: \"1s\", fault: \"gps.moon\" }] }", 1, 42,
            "one of gps.fix-lost"
        ),
        ("{ faults: [{ at: \"1s\", fault: \"gps.stale\" }] }", 1, 12, "faults needs 'for'"),
        ("{ faults: [{ for: \"1s\", fault: \"gps.stale\" }] }", 1, 12, "faults needs 'at'"),
        (
            "{ faults: [{ at: \"1s\", for: \"1s\", fault: \"gps.stale\", amount: 1 }] }", 1, 63,
            "gps.stale takes no amount"
        ),
        (
            "{ faults: [{ at: \"1s\", for: \"1s\", fault: \"link.loss\", amount: 1.5 }] }", 1, 63,
            "a number from 0.0 to 0.95"
        ),
        (
            "{ faults: [{ at: \"1s\", for: \"1s\", fault: \"rotor.backlash\", amount: -1 }] }", 1,
            68,
            "a number from 0.0 to 90.0"
        ),
        (
            "{ faults: [{ at: \"1s\", for: \"1s\", fault: \"gps.stale\", phone: \"a\" }] }", 1, 62,
            "does not happen to a phone"
        ),
        (
            "{ faults: [{ at: \"1s\", for: \"1s\", fault: \"link.loss\", phone: \"a\" }] }", 1, 62,
            "there is no 'a'"
        ),
        (
            "{ heal: \"5s\", faults: [{ at: \"1s\", for: \"6s\", fault: \"gps.stale\" }] }", 1, 24,
            "outlasts heal at 5s"
        ),
        ("{ chaos: { faults: [1] } }", 1, 21, "must hold names of faults"),
        ("{ chaos: { faults: [\"sea.*\"] } }", 1, 21, "there is no fault 'sea.*'"),
        ("{ chaos: { per_hour: -1 } }", 1, 22, "per_hour must be a number"),
        ("{ chaos: { shortest: \"9s\", longest: \"3s\" } }", 1, 10, "shortest must not be above"),
        ("{ vary: { \"rotor.rate\": 3 } }", 1, 25, "must be [low, high]"),
        ("{ vary: { \"rotor.rate\": [3, \"5s\"] } }", 1, 25, "two numbers or two times"),
        ("{ expect: [{ while: \"calm\" }] }", 1, 12, "needs one of always"),
        ("{ expect: [{ always: \"moving\", never: \"moving\" }] }", 1, 12, "needs one of always"),
        ("{ expect: [{ always: \"mowing\" }] }", 1, 22, "there is no measure 'mowing'"),
        ("{ expect: [{ always: \"travel < far\" }] }", 1, 22, "compares with no number"),
        ("{ expect: [{ always: 5 }] }", 1, 22, "always must be a text"),
        ("{ expect: [{ eventually: \"moving\" }] }", 1, 12, "expect needs 'within'"),
        ("{ expect: [{ always: \"moving\", within: \"5s\" }] }", 1, 40, "only 'eventually'"),
        ("{ expect: [{ always: \"moving\", grace: \"5s\" }] }", 1, 39, "takes 'grace'"),
        (
            "{ expect: [{ always: \"moving\", while: \"healed\" }] }", 1, 39,
            "needs the scenario's 'heal'"
        ),
        (
            "{ expect: [{ always: \"moving\", while: \"sunny\" }] }", 1, 39,
            "one of always, calm, healed"
        ),
        ("{ expect: [{ always: \"moving\", from: \"5s\", until: \"5s\" }] }", 1, 51, "after from"),
    ]

    @Test(arguments: wrong)
    func `what is wrong is told with its place`(_ example: Case) throws {
        let error = try #require(WrittenScenario.error(example.text), "\(example.text)")
        #expect(error.place == TextPlace(line: example.line, column: example.column), "\(error)")
        #expect(error.message.contains(example.says), "\(error.message)")
    }

    @Test func `a scenario without a word has defaults`() throws {
        #expect(try WrittenScenario.read("{}") == Scenario())
    }

    @Test func `a circle is a loop whose points are at its radius`() throws {
        let scenario = try WrittenScenario.read(
            "{ phones: { a: { circle: { center: [52, 13, 100], radius: 150 }, speed: 1 } } }")
        let path = try #require(scenario.phones.first?.path)
        #expect(path.loops)
        let first = try #require(path.points.first)
        #expect(abs((first.latitudeDegrees - 52) * 111_270 - 150) < 1)
        #expect(path.points.allSatisfy { $0.altitudeMeters == 100 })
    }

    @Test func `the first phone shares where it is, the others look on unless they say so`() throws
    {
        let scenario = try WrittenScenario.read(
            """
            { phones: {
              a: { position: [52, 13] }, b: { position: [52, 13] },
              c: { position: [52, 13], shares: true },
            } }
            """)
        #expect(scenario.phones.map(\.shares) == [true, false, true])
    }

    @Test func `a kind with a star stands for all of its victim`() throws {
        let scenario = try WrittenScenario.read(
            "{ chaos: { faults: [\"phone.*\", \"gps.jump\"] } }")
        #expect(scenario.chaos?.kinds == [.phoneAsleep, .reconnectStorm, .gpsJump])
    }
}
