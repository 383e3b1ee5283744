import Engine
import Foundation
import JSON
import Recording
import Simulation
import TestSupport
import Testing

/// The scenarios of the folder `Simulations/`: what they promise, and that they are the same each
/// time.
@Suite(.runsTwice, .quiet) struct SimulationTests {
    @Test func `the folder has scenarios`() {
        #expect(ScenarioFolder.names.count >= 16)
    }

    @Test(arguments: ScenarioFolder.names)
    func `a scenario holds`(_ name: String) throws {
        let scenario = try ScenarioFolder.drawn(name, seed: 1)
        let one = Simulation.noted(scenario, seed: 1)
        for (expectation, state) in one.expectations {
            // A draw may miss what a `sometimes` asks for; a written course may not.
            if case .failed(let at, let seen) = state {
                Issue.record(
                    "\(expectation.name) failed at \(at.nanoseconds / 1_000_000) ms: \(seen)")
            } else if try Scenario(ScenarioFolder.tree(name)).chaos == nil {
                #expect(state == .met, "\(expectation.name)")
            }
        }
    }

    @Test func `another seed is another run`() throws {
        let name = "flapping-link.json"
        let overrides = [(path: "duration", value: "2m"), (path: "faults", value: "[]")]
        let tree = try ScenarioFolder.tree(name)
        var traces: [UInt64] = []
        for seed: UInt64 in 1...3 {
            var scenario = try Scenario.drawn(
                tree, overrides: overrides + [("heal", "90s")], seed: seed)
            scenario.expectations = []
            traces.append(Simulation.noted(scenario, seed: seed).trace)
        }
        #expect(Set(traces).count == 3)
    }

    @Test(arguments: [ScheduleChoice.arrival, .random, .priorities])
    func `every order of what happens at once is one that a seed repeats`(
        _ schedule: ScheduleChoice
    ) throws {
        var scenario = try ScenarioFolder.drawn("reconnect-storm.json", seed: 3)
        scenario.schedule = schedule
        let one = Simulation.noted(scenario, seed: 3)
        #expect(one.failure == nil, "\(schedule): \(String(describing: one.failure))")
    }

    @Test(
        arguments: ["rotor-stalls.json", "stopped-while-cut-off.json", "game-night-storm.json"])
    func `another process has the same trace`(_ name: String) async throws {
        let result = Simulation.noted(try ScenarioFolder.drawn(name, seed: 5), seed: 5)
        let program = try ChildProcess(
            try BuiltProgram.path("boresight"),
            ["simulate", ScenarioFolder.path(name), "--seed", "5"])
        let hex = String(result.trace, radix: 16)
        let trace = String(repeating: "0", count: 16 - hex.count) + hex
        let line = try await program.waitForLine(containing: "trace", within: .seconds(120))
        #expect(line.contains("trace \(trace),"), "\(line)")
    }

    @Test(
        arguments: [
            "rebooted-in-mid-pass.json", "rotor-without-power.json", "game-night-restarted.json",
            "game-night-whole.json",
        ])
    func `what a life of the station recorded is replayed exactly`(_ name: String) throws {
        let scenario = try ScenarioFolder.drawn(name, seed: 2)
        var options = Simulation.Options()
        options.isRecording = true
        let result = Simulation.noted(scenario, seed: 2, options: options)
        let crashes = scenario.faults.count { $0.kind == .stationCrash }
        #expect(result.recordings.count == 1 + crashes)
        for recording in result.recordings {
            let replayed = try Replayed(recording)
            #expect(replayed.divergence == nil)
            #expect(replayed.recorded.count > 100)
        }
        // Recording changes nothing of what happens.
        #expect(result.trace == Simulation.noted(scenario, seed: 2).trace)
    }

    @Test func `a run that stops at its first failure has that failure`() throws {
        var scenario = try ScenarioFolder.drawn("rotor-without-power.json", seed: 1)
        scenario.expectations = [ScenarioExpectation(.never, try Condition("moving"))]
        var options = Simulation.Options()
        options.stopsAtFailure = true
        let stopped = Simulation.noted(scenario, seed: 1, options: options)
        let whole = Simulation.noted(scenario, seed: 1)
        #expect(stopped.failure?.name == "never moving")
        #expect(stopped.failure?.at == whole.failure?.at)
        #expect(stopped.virtualTime < .seconds(10))
        #expect(whole.virtualTime == scenario.duration)
    }
}
