/// What goes wrong with a simulated receiver, as data that a scenario can change at any time.
package struct SimulatedReceiverFaults: Sendable, Equatable {
    /// The receiver is unplugged; whoever speaks for it says nothing.
    package var silent = false
    /// There is no connection.
    package var disconnected = false

    package init() {}
}
