/// Where an antenna points, as azimuth and elevation, whichever way it got there.
package struct PointingDirection: Sendable, Equatable {
    package let azimuthDegrees: Double
    package let elevationDegrees: Double

    package init(azimuthDegrees: Double, elevationDegrees: Double) {
        self.azimuthDegrees = azimuthDegrees
        self.elevationDegrees = elevationDegrees
    }

    /// The angle between two directions through space, 0…180 degrees: near the zenith a large
    /// difference of azimuth is a small angle.
    package func separationDegrees(to other: PointingDirection) -> Double {
        let (a, b) = (vector, other.vector)
        let cosine = a.east * b.east + a.north * b.north + a.up * b.up
        let cross = (
            a.north * b.up - a.up * b.north, a.up * b.east - a.east * b.up,
            a.east * b.north - a.north * b.east
        )
        let sine = (cross.0 * cross.0 + cross.1 * cross.1 + cross.2 * cross.2).squareRoot()
        return Trigonometry.arcTangentDegrees(y: sine, x: cosine)
    }

    private var vector: (east: Double, north: Double, up: Double) {
        let azimuth = Trigonometry.sineAndCosine(degrees: azimuthDegrees)
        let elevation = Trigonometry.sineAndCosine(degrees: elevationDegrees)
        return (
            elevation.cosine * azimuth.sine, elevation.cosine * azimuth.cosine, elevation.sine
        )
    }
}
