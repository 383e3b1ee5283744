/// Where a rotor stands in its own degrees: azimuth counts on beyond a full turn.
package struct RotorPosition: Sendable, Hashable {
    package let azimuthDegrees: Double
    package let elevationDegrees: Double

    package init(azimuthDegrees: Double, elevationDegrees: Double) {
        self.azimuthDegrees = azimuthDegrees
        self.elevationDegrees = elevationDegrees
    }

    /// The degrees that both axes turn together, straight there.
    package func travelDegrees(to other: RotorPosition) -> Double {
        abs(azimuthDegrees - other.azimuthDegrees)
            + abs(elevationDegrees - other.elevationDegrees)
    }
}
