/// How a simulated session goes.
package struct SimulatedWorkspaceSettings: Sendable, Equatable {
    /// How long it takes to start, or to find that it cannot.
    package var startsIn = Duration.milliseconds(200)
    /// Why it never starts; nil when it does.
    package var startFailure: String?
    /// How long it lives once it has started; nil when it lives until it is stopped.
    package var crashesAfter: Duration?
    /// How it says that it has crashed.
    package var crash = "the simulated program ended with exit code 1"
    /// How long it takes to end once it is told to.
    package var stopsIn = Duration.milliseconds(100)

    package init() {}
}
