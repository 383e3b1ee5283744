import Simulation

/// A scenario from a text, as a file would hold it.
enum WrittenScenario {
    static func read(
        _ text: String, _ overrides: [(path: String, value: String)] = []
    ) throws(ScenarioError) -> Scenario {
        try Scenario(file: Array(text.utf8), overrides: overrides)
    }

    /// What is wrong with a text; nil when nothing is.
    static func error(
        _ text: String, _ overrides: [(path: String, value: String)] = []
    ) -> ScenarioError? {
        do throws(ScenarioError) {
            _ = try read(text, overrides)
            return nil
        } catch {
            return error
        }
    }
}

/// `Expectation` is also a type of the testing library, and `Simulation` one of its module.
typealias ScenarioExpectation = Expectation
