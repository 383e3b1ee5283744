package import Engine

/// The body of a simulated rotor: two axes, limits, a parking position, and what is worn or broken.
package struct SimulatedRotorMechanics: Sendable, Equatable {
    package private(set) var azimuth: SimulatedAxis
    package private(set) var elevation: SimulatedAxis
    package let parkAzimuthDegrees: Double
    package let parkElevationDegrees: Double
    /// True while the motors do not turn. Set with `setStalled`.
    package private(set) var isStalled = false

    /// The default turns like Hamlib's dummy rotor: −180…450 and 0…90 degrees at 6 degrees a
    /// second, parking at 0, 0.
    package init(
        azimuth: SimulatedAxis = SimulatedAxis(
            limitsDegrees: -180...450, rateDegreesPerSecond: 6),
        elevation: SimulatedAxis = SimulatedAxis(limitsDegrees: 0...90, rateDegreesPerSecond: 6),
        parkAzimuthDegrees: Double = 0, parkElevationDegrees: Double = 0
    ) {
        precondition(azimuth.limitsDegrees.contains(parkAzimuthDegrees))
        precondition(elevation.limitsDegrees.contains(parkElevationDegrees))
        self.azimuth = azimuth
        self.elevation = elevation
        self.parkAzimuthDegrees = parkAzimuthDegrees
        self.parkElevationDegrees = parkElevationDegrees
    }

    package var capabilities: RotorCapabilities {
        RotorCapabilities(
            azimuthDegrees: azimuth.limitsDegrees, elevationDegrees: elevation.limitsDegrees,
            axes: .both)
    }

    /// Where the rotor says that both axes stand at `time`: its motors' position, rounded to the
    /// hundredth that rotctld reports.
    package func reportedPosition(
        at time: Instant
    ) -> (azimuthDegrees: Double, elevationDegrees: Double) {
        (
            (azimuth.positionDegrees(at: time) * 100).rounded() / 100,
            (elevation.positionDegrees(at: time) * 100).rounded() / 100
        )
    }

    /// Where the antenna points at `time`, which differs from the report by the backlash and the
    /// rounding.
    package func truePosition(
        at time: Instant
    ) -> (azimuthDegrees: Double, elevationDegrees: Double) {
        (azimuth.antennaDegrees(at: time), elevation.antennaDegrees(at: time))
    }

    package func isMoving(at time: Instant) -> Bool {
        azimuth.isMoving(at: time) || elevation.isMoving(at: time)
    }

    /// Obeys a command, or refuses it as a whole when one axis would leave its limits.
    package mutating func obey(
        _ command: RotorCommand, at time: Instant
    ) throws(RotctldError) {
        switch command {
        case .point(let azimuthDegrees, let elevationDegrees):
            guard azimuth.limitsDegrees.contains(azimuthDegrees),
                elevation.limitsDegrees.contains(elevationDegrees)
            else { throw .limitExceeded }
            move(azimuthDegrees, elevationDegrees, at: time)
        case .stop:
            azimuth.stop(at: time)
            elevation.stop(at: time)
        case .park:
            move(parkAzimuthDegrees, parkElevationDegrees, at: time)
        }
    }

    private mutating func move(
        _ azimuthDegrees: Double, _ elevationDegrees: Double, at time: Instant
    ) {
        guard !isStalled else { return }
        azimuth.move(to: azimuthDegrees, at: time)
        elevation.move(to: elevationDegrees, at: time)
    }
}

extension SimulatedRotorMechanics {
    /// Takes the motors' power away, or gives it back; the way that was left is not resumed.
    package mutating func setStalled(_ stalled: Bool, at time: Instant) {
        guard stalled != isStalled else { return }
        isStalled = stalled
        guard stalled else { return }
        azimuth.freeze(at: time)
        elevation.freeze(at: time)
    }

    /// Wears both axes' gears out to so much play, or mends them with 0.
    package mutating func setBacklash(degrees: Double, at time: Instant) {
        azimuth.setBacklash(degrees: degrees, at: time)
        elevation.setBacklash(degrees: degrees, at: time)
    }

    /// Makes both axes run past their targets by so much from the next command on.
    package mutating func setOvershoot(degrees: Double) {
        azimuth.overshootDegrees = degrees
        elevation.overshootDegrees = degrees
    }

    /// Puts end switches into the way of the azimuth, of which the controller does not know: it
    /// accepts what lies behind them.
    package mutating func setAzimuthEndSwitches(_ range: ClosedRange<Double>?, at time: Instant) {
        azimuth.setEndSwitches(range, at: time)
    }
}
