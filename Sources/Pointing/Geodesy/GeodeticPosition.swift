/// A place on or above the Earth, on the WGS 84 ellipsoid.
package struct GeodeticPosition: Sendable, Hashable {
    /// −90…90, north positive.
    package let latitudeDegrees: Double
    /// −180…180, east positive.
    package let longitudeDegrees: Double
    /// Height above the ellipsoid, within `altitudeLimitsMeters`.
    package let altitudeMeters: Double

    /// Below, the verticals of different places meet (the smallest radius of curvature is
    /// 6,335 km); above, it is a mistake: the Moon is at 0.4e9.
    package static let altitudeLimitsMeters = -6.3e6...1e9

    /// - Throws: which coordinate is not a number in its range.
    package init(
        latitudeDegrees: Double, longitudeDegrees: Double, altitudeMeters: Double = 0
    ) throws(PositionError) {
        guard (-90...90).contains(latitudeDegrees) else { throw .latitude(latitudeDegrees) }
        guard (-180...180).contains(longitudeDegrees) else { throw .longitude(longitudeDegrees) }
        guard Self.altitudeLimitsMeters.contains(altitudeMeters) else {
            throw .altitude(altitudeMeters)
        }
        self.init(checked: latitudeDegrees, longitudeDegrees, altitudeMeters)
    }

    /// For coordinates that are in their ranges already.
    init(checked latitudeDegrees: Double, _ longitudeDegrees: Double, _ altitudeMeters: Double) {
        self.latitudeDegrees = latitudeDegrees
        self.longitudeDegrees = longitudeDegrees
        self.altitudeMeters = altitudeMeters
    }

    /// For coordinates that came out of trigonometry: rounded to 1e-9 degree, a tenth of a
    /// millimetre, and the longitude brought into its range.
    init(computed latitudeDegrees: Double, _ longitudeDegrees: Double, _ altitudeMeters: Double) {
        let wrapped = longitudeDegrees.remainder(dividingBy: 360)
        self.init(
            checked: Self.rounded(latitudeDegrees), Self.rounded(wrapped), altitudeMeters)
    }

    private static func rounded(_ degrees: Double) -> Double {
        // Adding zero turns minus zero into zero.
        (degrees * 1e9).rounded() / 1e9 + 0
    }
}
