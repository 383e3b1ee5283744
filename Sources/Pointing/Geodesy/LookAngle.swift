/// In which direction, and how far away, one position is seen from another.
///
/// A straight line through space: no refraction, no terrain. Angles are whole micro-degrees.
package struct LookAngle: Sendable, Hashable {
    /// Clockwise from true north, 0..<360. Zero straight up and straight down.
    package let azimuthDegrees: Double
    /// Above the local horizontal plane of the ellipsoid, −90…90.
    package let elevationDegrees: Double
    package let slantRangeMeters: Double

    /// Closer than this is the same place: a direction would be rounding noise.
    package static let samePlaceMeters = 0.01

    /// Nil when both are the same place: there is no direction to turn to, and a rotor stays.
    package init?(from observer: GeodeticPosition, to target: GeodeticPosition) {
        let offset = LocalOffset(from: observer, to: target)
        let range = offset.distanceMeters
        guard range >= Self.samePlaceMeters else { return nil }
        let horizontal = (offset.east * offset.east + offset.north * offset.north).squareRoot()
        if horizontal <= offset.noise {
            // Straight up or down every azimuth is as good as another.
            azimuthDegrees = 0
            elevationDegrees = offset.up < 0 ? -90 : 90
        } else {
            azimuthDegrees = Angles.compass(
                Trigonometry.arcTangentDegrees(y: offset.east, x: offset.north))
            elevationDegrees = Angles.arcTangentDegrees(offset.up, horizontal)
        }
        slantRangeMeters = range
    }
}
