/// Whether a new aim is worth a command.
///
/// Each axis is compared by itself and on the rotor's own scale: a full turn of azimuth apart is
/// 360 degrees apart, even though the antenna points the same way.
package struct DeadBand: Sendable, Hashable {
    package let axes: RotorGeometry.Axes
    package let degrees: Double

    package init(_ geometry: RotorGeometry) {
        self.init(axes: geometry.axes, degrees: geometry.deadBandDegrees)
    }

    package init(axes: RotorGeometry.Axes, degrees: Double) {
        self.axes = axes
        self.degrees = degrees
    }

    /// Whether a rotor that stands, or was last sent, there is near enough to the aim.
    ///
    /// A difference of exactly the band is near enough. With a position that is not a number,
    /// nothing is.
    package func holds(_ aim: RotorPosition, from standing: RotorPosition) -> Bool {
        guard isWithin(aim.azimuthDegrees, standing.azimuthDegrees) else { return false }
        return axes == .azimuth || isWithin(aim.elevationDegrees, standing.elevationDegrees)
    }

    /// Whether nothing need be sent for a move: the rotor is near enough to what it aims at, or
    /// already stands where the move would bring it, at a limit.
    package func holds(_ move: RotorMove, from standing: RotorPosition) -> Bool {
        holds(move.aim, from: standing)
            || DeadBand(axes: axes, degrees: 0).holds(move.to, from: standing)
    }

    /// How far a rotor that stands there is off the aim: the larger of its axes' differences.
    package func offDegrees(_ aim: RotorPosition, from standing: RotorPosition) -> Double {
        let azimuth = Angles.quantised(abs(aim.azimuthDegrees - standing.azimuthDegrees))
        guard axes != .azimuth else { return azimuth }
        return max(
            azimuth, Angles.quantised(abs(aim.elevationDegrees - standing.elevationDegrees)))
    }

    private func isWithin(_ one: Double, _ other: Double) -> Bool {
        Angles.quantised(abs(one - other)) <= degrees
    }
}
