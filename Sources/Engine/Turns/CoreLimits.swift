/// The bounds of one core.
package struct CoreLimits: Sendable {
    /// Inputs that may wait. Two seconds of the fastest client this machine can bear; beyond that
    /// the sender is told no and can shed load where it is cheap.
    package var pendingInputs = 131_072
    /// Inputs taken in one turn, so that the outputs of the first are not kept behind the last.
    package var inputsPerTurn = 1024
    /// Events run in one live turn, for the same reason; the rest run in the next turn.
    package var eventsPerTurn = 65_536
    /// Events at one instant of virtual time before the run is stopped as going in circles.
    package var eventsPerInstant = 10_000_000

    package init() {}
}
