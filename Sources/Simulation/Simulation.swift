package import Engine
import JSON

/// Runs one concrete scenario to its end and says what was seen.
package struct Simulation {
    package struct Options: Sendable {
        /// Ends at the first failure: a campaign only wants to know whether there is one.
        package var stopsAtFailure = false
        package var isRecording = false
        package var plants = Plants()

        package init() {}
    }

    private let scenario: Scenario
    private let seed: UInt64
    private let options: Options
    private let world: World
    private var monitors: [ExpectationMonitor]

    private init(_ scenario: Scenario, seed: UInt64, options: Options) {
        self.scenario = scenario
        self.seed = seed
        self.options = options
        world = World(
            scenario, seed: seed, plants: options.plants, isRecording: options.isRecording)
        monitors = scenario.expectations.map {
            ExpectationMonitor($0, heal: scenario.heal, duration: scenario.duration)
        }
    }

    /// - Parameter scenario: without chaos and variations: drawn from the seed already.
    package static func run(
        _ scenario: Scenario, seed: UInt64, options: Options = Options()
    ) -> SimulationResult {
        var simulation = Simulation(scenario, seed: seed, options: options)
        return simulation.run()
    }

    private mutating func run() -> SimulationResult {
        world.setUp()
        let end = Instant.start.advanced(by: scenario.duration)
        var nextLook = Instant.start.advanced(by: scenario.sample)
        var nextMark = Instant.start
        while true {
            let time = min(world.nextTime ?? .distantFuture, nextLook)
            guard time <= end, !hasFailed else { break }
            world.step(to: time)
            guard time >= nextLook else { continue }
            nextLook = nextLook.advanced(by: scenario.sample)
            look(at: time)
            if options.isRecording, time >= nextMark {
                world.markTruth()
                nextMark = time.advanced(by: .seconds(1))
            }
        }
        let last = min(world.now, end)
        for index in monitors.indices { monitors[index].end(at: last) }
        if options.isRecording { markExpectations(at: last) }
        let progress = world.progress
        return SimulationResult(
            seed: seed, events: progress.events, virtualTime: Instant.start.duration(to: last),
            trace: progress.trace, faults: scenario.faults.count { $0.at <= last.sinceStart },
            expectations: monitors.map { (expectation: $0.expectation, state: $0.state) },
            recordings: world.recordings.map { $0.finish() })
    }

    private var hasFailed: Bool {
        options.stopsAtFailure
            && monitors.contains { if case .failed = $0.state { true } else { false } }
    }

    private mutating func look(at time: Instant) {
        let values = world.measurements()
        for index in monitors.indices { monitors[index].look(at: time, values) }
    }

    private func markExpectations(at time: Instant) {
        for monitor in monitors {
            let (state, when): (String, Instant) =
                switch monitor.state {
                case .open: ("waiting", time)
                case .met: ("met", time)
                case .failed(let at, _): ("failed", at)
                }
            world.recordings.last?.mark(
                "expectation", at: when,
                ["name": .string(monitor.expectation.name), "state": .string(state)])
        }
    }
}

extension Instant {
    /// As a time since the start of the world.
    var sinceStart: Duration { Instant.start.duration(to: self) }
}

/// What one run showed.
package struct SimulationResult: Sendable {
    package let seed: UInt64
    /// Of the world and of every life of the station.
    package let events: UInt64
    package let virtualTime: Duration
    package let trace: UInt64
    /// How many were injected.
    package let faults: Int
    package let expectations: [(expectation: Expectation, state: ExpectationMonitor.State)]
    /// A recording of each life of the station, when asked for.
    package let recordings: [[UInt8]]

    /// The first failure in time; nil when everything that must hold held.
    package var failure: (name: String, at: Instant, seen: String)? {
        expectations.compactMap { expectation, state in
            guard case .failed(let at, let seen) = state else { return nil }
            return (expectation.name, at, seen)
        }.min { $0.at < $1.at }
    }
}
