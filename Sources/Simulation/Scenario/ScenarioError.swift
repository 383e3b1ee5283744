package import JSON

/// What is wrong with a scenario, and where in its file.
package struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nil for an option of the command line.
    package let place: TextPlace?
    package let message: String

    package init(_ place: TextPlace?, _ message: String) {
        self.place = place
        self.message = message
    }

    package var description: String {
        guard let place else { return message }
        return "line \(place.line), column \(place.column): \(message)"
    }
}
