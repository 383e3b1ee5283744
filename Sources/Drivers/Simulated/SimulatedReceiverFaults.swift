/// What goes wrong with a simulated receiver, as data that a scenario can change at any time.
package struct SimulatedReceiverFaults: Sendable, Equatable {
    /// The receiver is unplugged; whoever speaks for it says nothing.
    package var silent = false
    /// The receiver speaks, but does not know where it is.
    package var withoutFix = false
    /// There is no connection.
    package var disconnected = false

    package init() {}
}
