/// What goes wrong with a simulated rotor, as data that a scenario can change at any time.
package struct SimulatedRotorFaults: Sendable, Equatable {
    /// The motors do not turn, but the rotor goes on answering.
    package var stalled = false
    /// Each answer is late by this much.
    package var replyDelay = Duration.zero
    /// Every command is refused with this error.
    package var rejectWith: RotctldError?
    /// There is no connection, and none can be made.
    package var disconnected = false
    /// Commands are obeyed, but their answers are lost.
    package var losesReplies = false
    /// What is sent vanishes on the way, in both directions, and the connection seems to stand; new
    /// ones are not answered either.
    package var halfOpen = false
    /// Play of the gears: after a change of direction the motors run through so much before the
    /// antenna follows. The position that is reported is the motors'. Zero or more.
    package var backlashDegrees = 0.0
    /// The motors run past each target by so much and come back. Zero or more.
    package var overshootDegrees = 0.0
    /// End switches of the azimuth, of which the controller knows nothing: it accepts what lies
    /// behind them, and the axis stops there.
    package var azimuthLimitHit: ClosedRange<Double>?

    package init() {}
}
