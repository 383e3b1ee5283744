import Simulation
import TestSupport
import Testing

/// Each fault does to the world what it says.
@Suite(.runsTwice, .quiet) struct FaultKindTests {
    /// A boat sails and a car drives past it, so that whatever is late or lost shows: the aim
    /// turns by about a degree a second.
    private static func scenario(_ faults: String, expect condition: String) throws -> Scenario {
        try WrittenScenario.read(
            """
            {
              duration: "130s", sample: "50ms",
              station: { points: [[52.4973, 13.2411, 120], [52.55, 13.2411, 120]], speed: 10 },
              rotor: { azimuth: [0, 450], elevation: [-5, 90], rate: 12, acceleration: 0,
                deadband: 0.5, start: 28 },
              phones: {
                car: {
                  points: [[52.53, 13.27, 150], [52.43, 13.27, 150]], speed: 40,
                  joins: "1s", every: "250ms", accuracy: 1, delay: "5ms", jitter: "0s",
                },
              },
              rooms: { QUIP: { title: "Nobody plays", steps: [{ room: { state: "Lobby" } }] } },
              workload: [
                { at: "10s", request: "POST /game-night/api/webhooks", body: '{"name":"board",\
            "url":"http://hook.simulated/","secret":"hush","events":["game.added"]}' },
                { at: "10s", request: "POST /game-night/api/sessions" },
                { at: "20s", request: "POST /game-night/api/sessions/1/games",
                  body: '{"game_id":29,"room_code":"QUIP"}' },
                { at: "70s", request: "POST /api/sessions" },
                { at: "70010ms", request: "POST /game-night/api/sessions/1/games",
                  body: '{"game_id":24,"room_code":"QUIP"}' },
              ],
              faults: [\(faults)],
              expect: [{ sometimes: "\(condition)", from: "60s" }],
            }
            """)
    }

    /// What shows a fault, and never happens without one.
    private static let shown: [(kind: FaultKind, amount: Double?, condition: String)] = [
        (.gpsFixLost, nil, "station_error > 300"),
        (.gpsJump, 800, "station_error > 700"),
        (.gpsStale, nil, "station_error > 300"),
        (.gpsReordered, nil, "station_error > 25"),
        (.gpsBadChecksum, nil, "!receiver_well"),
        (.gpsUnplugged, nil, "!receiver_well"),
        (.gpsdRestart, nil, "!receiver_well"),
        (.rotorStall, nil, "problems > 0 and pointing_error > 30"),
        (.rotorBacklash, 12, "pointing_error > 5"),
        (.rotorOvershoot, 12, "pointing_error > 5"),
        (.rotorSlowReply, 4, "pointing_error > 5"),
        (.rotorLostReply, nil, "!rotor_connected"),
        (.rotorRefuses, 6, "problems > 0 and rotor_connected = 0"),
        (.rotorHalfOpen, nil, "!rotor_connected"),
        (.rotctldRestart, nil, "!rotor_connected"),
        (.rotorLimitHit, 90, "problems > 0 and azimuth < 91 and pointing_error > 30"),
        (.linkLoss, 0.8, "pointing_error > 5"),
        (.linkDelay, 3, "pointing_error > 3"),
        (.linkPartitionUp, nil, "problems > 0 and pointing_error > 10"),
        (.linkPartitionDown, nil, "!phones_connected"),
        (.phoneAsleep, nil, "problems > 0 and pointing_error > 10"),
        (.reconnectStorm, 20, "!phones_connected"),
        (.roomsAway, nil, "monitors = 0 and running"),
        (.hookAway, nil, "games_untold > 0"),
        (.stationCrash, nil, "!running"),
    ]

    /// What shows in the trace only: the station is not impressed.
    private static let unshown: [FaultKind] = [
        .gpsDuplicate, .gpsGarbled, .gpsWeekRollover, .gpsLeapSecond, .clockStep, .diskFull,
        .roomsCut, .roomsGarbage,
    ]

    private static func fault(_ kind: FaultKind, _ amount: Double?) -> String {
        let amount = amount.map { ", amount: \($0)" } ?? ""
        return "{ at: \"60s\", for: \"60s\", fault: \"\(kind.rawValue)\"\(amount) }"
    }

    @Test func `every kind is looked at here`() {
        let kinds = Self.shown.map(\.kind) + Self.unshown
        #expect(kinds.count == FaultKind.allCases.count)
        #expect(Set(kinds) == Set(FaultKind.allCases))
    }

    @Test(arguments: shown)
    func `a fault shows`(_ kind: FaultKind, _ amount: Double?, _ condition: String) throws {
        let scenario = try Self.scenario(Self.fault(kind, amount), expect: condition)
        let result = Simulation.noted(scenario, seed: 1)
        #expect(result.expectations.map(\.state) == [.met], "\(kind.rawValue): \(condition)")
        #expect(result.faults == 1)
    }

    @Test func `without a fault none of it happens`() throws {
        var scenario = try Self.scenario("", expect: "fault")
        scenario.expectations += try Self.shown.map { _, _, condition in
            var expectation = ScenarioExpectation(.sometimes, try Condition(condition))
            expectation.from = .seconds(60)
            return expectation
        }
        for (expectation, state) in Simulation.noted(scenario, seed: 1).expectations {
            #expect(state == .open, "\(expectation.name)")
        }
    }

    @Test(arguments: unshown)
    func `a fault that shows nowhere else changes the trace`(_ kind: FaultKind) throws {
        let scenario = try Self.scenario(Self.fault(kind, nil), expect: "fault")
        let calm = try Self.scenario("", expect: "fault")
        let result = Simulation.noted(scenario, seed: 1)
        #expect(result.expectations.map(\.state) == [.met])
        #expect(result.trace != Simulation.noted(calm, seed: 1).trace)
    }

    @Test func `a fault ends, also when another of its kind began meanwhile`() throws {
        var scenario = try Self.scenario(
            """
            { at: "60s", for: "20s", fault: "rotor.half-open" },
            { at: "70s", for: "5s", fault: "rotor.half-open" },
            { at: "72s", for: "0s", fault: "rotor.stall" },
            """, expect: "fault")
        var ended = ScenarioExpectation(
            .eventually, try Condition("tracking and pointing_error < 4"))
        ended.from = .seconds(80)
        ended.within = .seconds(15)
        var held = ScenarioExpectation(.always, try Condition("fault"))
        (held.from, held.until) = (.seconds(60), .milliseconds(79_900))
        var gone = ScenarioExpectation(.never, try Condition("fault"))
        gone.from = .milliseconds(80_100)
        scenario.expectations = [ended, held, gone]
        let result = Simulation.noted(scenario, seed: 1)
        #expect(result.failure == nil, "\(String(describing: result.failure))")
    }

    @Test(arguments: FaultKind.allCases)
    func `a kind with a strength has a usual one within its range, and a unit`(_ kind: FaultKind) {
        #expect((kind.usualAmount == nil) == (kind.amounts == nil))
        #expect((kind.usualAmount == nil) == (kind.unit == nil))
        if let usual = kind.usualAmount { #expect(kind.amounts?.contains(usual) == true) }
    }
}
