/// The suites, and which of them were asked for.
enum Bench {
    private static let suites: [(name: String, run: @Sendable () throws -> Void)] = [
        ("engine", EngineBench.run), ("http", HTTPBench.run), ("relay", RelayBench.run),
        ("latency", LatencyBench.run), ("locations", LocationBench.run),
        ("game-night", GameNightBench.run), ("memory", MemoryBench.run),
        ("recording", RecordingBench.run), ("simulation", SimulationBench.run),
    ]

    /// Runs the named suites, or all; the exit code.
    static func run(_ names: [String]) -> Int32 {
        let unknown = names.filter { name in !suites.contains { $0.name == name } }
        guard unknown.isEmpty else {
            let names = suites.map(\.name).joined(separator: ", ")
            print("bench: no suite \(unknown[0]); there are \(names)")
            return 2
        }
        for suite in suites where names.isEmpty || names.contains(suite.name) {
            print("\n\(suite.name)")
            do {
                try suite.run()
            } catch {
                print("  failed: \(error)")
                return 1
            }
        }
        return 0
    }
}

/// What a suite cannot do without.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String
}
