/// What goes wrong with a simulated rotor, as data that a scenario can change at any time.
package struct SimulatedRotorFaults: Sendable, Equatable {
    /// The motors do not turn, but the rotor goes on answering.
    package var stalled = false
    /// Each answer is late by this much.
    package var replyDelay = Duration.zero
    /// Every command is refused with this error.
    package var rejectWith: RotctldError?
    /// There is no connection.
    package var disconnected = false

    package init() {}
}
