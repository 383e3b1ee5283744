/// All positions that a rotor may pass while it goes from one to another.
///
/// Both axes turn at the same time, each at a speed that nobody knows: it is the whole rectangle
/// between the two.
package struct RotorSweep: Sendable, Hashable {
    package let azimuthDegrees: ClosedRange<Double>
    package let elevationDegrees: ClosedRange<Double>

    /// Wider than any rotor's.
    static let everyElevationDegrees = -1000.0...1000

    init(_ azimuthDegrees: ClosedRange<Double>, _ elevationDegrees: ClosedRange<Double>) {
        self.azimuthDegrees = azimuthDegrees
        self.elevationDegrees = elevationDegrees
    }

    /// - Parameter position: of finite numbers.
    package init(_ position: RotorPosition) {
        azimuthDegrees = position.azimuthDegrees...position.azimuthDegrees
        elevationDegrees = position.elevationDegrees...position.elevationDegrees
    }

    /// What is swept when it goes from anywhere in here to anywhere in there.
    package func joined(_ other: RotorSweep) -> RotorSweep {
        RotorSweep(
            Self.hull(azimuthDegrees, other.azimuthDegrees),
            Self.hull(elevationDegrees, other.elevationDegrees))
    }

    private static func hull(
        _ one: ClosedRange<Double>, _ other: ClosedRange<Double>
    ) -> ClosedRange<Double> {
        min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
    }

    func joined(_ position: RotorPosition) -> RotorSweep {
        joined(RotorSweep(position))
    }

    /// Whether both have a position in common, if only at an edge.
    func touches(_ other: RotorSweep) -> Bool {
        azimuthDegrees.overlaps(other.azimuthDegrees)
            && elevationDegrees.overlaps(other.elevationDegrees)
    }

    func contains(_ position: RotorPosition) -> Bool {
        azimuthDegrees.contains(position.azimuthDegrees)
            && elevationDegrees.contains(position.elevationDegrees)
    }

    /// The nearest position in here.
    func clamped(_ position: RotorPosition) -> RotorPosition {
        RotorPosition(
            azimuthDegrees: min(
                max(position.azimuthDegrees, azimuthDegrees.lowerBound), azimuthDegrees.upperBound),
            elevationDegrees: min(
                max(position.elevationDegrees, elevationDegrees.lowerBound),
                elevationDegrees.upperBound))
    }
}
