package import Engine

/// Talks to one rotor. Real, simulated and replayed rotors pass the same contract tests.
///
/// An actor of its owner's core: the owner enters it, and is told in the same turn.
package protocol RotorDriver: CoreActor {
    /// Starts looking for the rotor; `report` is called on the core for everything that happens.
    func start(_ report: @escaping @Sendable (RotorEvent) -> Void)

    /// Submits a command; `finished` follows once. `stop` overtakes everything that waits.
    func submit(_ command: RotorCommand)

    /// Sends what was submitted last if it is a stop, then lets go of the rotor for good.
    func close()
}
