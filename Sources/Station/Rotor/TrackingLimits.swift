/// The bounds of following a target.
package struct TrackingLimits: Sendable {
    /// The shortest time between two aims. Rotor relays burn out when they are switched several
    /// times a second; a quarter of a second still follows a car.
    package var commandInterval = Duration.milliseconds(250)
    /// How long a refused command is left alone: it would most likely be refused again.
    package var retryAfterRefusal = Duration.seconds(5)
    /// A phone that has not said where it is for this long counts as lost. Browsers report once a
    /// second or so, and less often with the screen off.
    package var locationLostAfter = Duration.seconds(10)
    /// A rotor whose position is older than this is shown as lost.
    package var rotorLostAfter = Duration.seconds(5)
    /// A rotor counts as moving until it has stood still for this long: longer than the slowest
    /// poll of a moving rotor.
    package var restAfter = Duration.milliseconds(1500)
    /// A rotor that was told to turn and has not moved for this long counts as stuck: several
    /// polls, and longer than any controller takes to start.
    package var stuckAfter = Duration.seconds(5)
    /// A stuck rotor is told again after `stuckAfter`, then after pauses doubling up to this: its
    /// power may be back, and a controller that ignores small steps is not switched all day.
    package var longestStuckPause = Duration.seconds(15)
    /// Being stuck is shown from here on: a controller's own dead band may be two degrees or three.
    package var stuckDegrees = 3.0
    /// A change of position below this is noise of the rotor's own sensor.
    package var restingNoiseDegrees = 0.05
    /// The dead band grows with the phone's inaccuracy up to this, so that a noisy phone nearby
    /// does not make the rotor hunt and a hopeless one still turns it roughly.
    package var widestDeadBandDegrees = 30.0

    package init() {}
}
