import Simulation
import TestSupport

extension Simulation {
    /// A run whose trace is compared with that of the test's second run.
    static func noted(
        _ scenario: Scenario, seed: UInt64, options: Options = Options()
    ) -> SimulationResult {
        let result = run(scenario, seed: seed, options: options)
        TraceLog.current?.note(result.trace)
        return result
    }
}
