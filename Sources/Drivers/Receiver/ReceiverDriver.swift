package import Engine

/// Talks to one positioning receiver. Real, simulated and replayed receivers pass the same contract
/// tests.
///
/// An actor of its owner's core: the owner enters it, and is told in the same turn.
package protocol ReceiverDriver: CoreActor {
    /// Starts looking for the receiver; `report` is called on the core for everything that happens.
    func start(_ report: @escaping @Sendable (ReceiverEvent) -> Void)

    /// Lets go of the receiver for good.
    func close()
}
