import Glibc

/// In which direction, and how far away, one position is seen from another.
///
/// A straight line through space: no refraction, no terrain. Angles are whole micro-degrees,
/// because trigonometry differs in its last bits between machines and a recorded run must branch
/// the same way everywhere.
package struct LookAngle: Sendable, Hashable {
    /// Clockwise from true north, 0..<360. Zero straight up and straight down.
    package let azimuthDegrees: Double
    /// Above the local horizontal plane of the ellipsoid, −90…90.
    package let elevationDegrees: Double
    package let slantRangeMeters: Double

    /// Closer than this is the same place: a direction would be rounding noise.
    package static let samePlaceMeters = 0.01

    /// Nil when both are the same place: there is no direction to turn to.
    package init?(from observer: GeodeticPosition, to target: GeodeticPosition) {
        let here = EarthCentered(observer)
        let there = EarthCentered(target)
        let (dx, dy, dz) = (there.x - here.x, there.y - here.y, there.z - here.z)
        let range = (dx * dx + dy * dy + dz * dz).squareRoot()
        guard range >= Self.samePlaceMeters else { return nil }
        let latitude = observer.latitudeDegrees * .pi / 180
        let longitude = observer.longitudeDegrees * .pi / 180
        let east = -sin(longitude) * dx + cos(longitude) * dy
        let outward = cos(longitude) * dx + sin(longitude) * dy
        let north = -sin(latitude) * outward + cos(latitude) * dz
        let up = cos(latitude) * outward + sin(latitude) * dz
        let horizontal = (east * east + north * north).squareRoot()
        elevationDegrees = Angles.quantised(atan2(up, horizontal) * 180 / .pi)
        // Straight up or down every azimuth is as good as another.
        let azimuth = horizontal < range * 1e-12 ? 0 : atan2(east, north) * 180 / .pi
        azimuthDegrees = Angles.wrapped(Angles.quantised(azimuth))
        slantRangeMeters = range
    }
}
