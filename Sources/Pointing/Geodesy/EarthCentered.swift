import Glibc

/// Earth-centred, Earth-fixed coordinates in metres: x through 0° N 0° E, z through the north pole.
struct EarthCentered {
    let x: Double
    let y: Double
    let z: Double

    /// WGS 84 (NGA.STND.0036): semi-major axis in metres and flattening.
    private static let semiMajorAxis = 6_378_137.0
    private static let flattening = 1 / 298.257223563

    init(_ position: GeodeticPosition) {
        let eccentricitySquared = Self.flattening * (2 - Self.flattening)
        let latitude = position.latitudeDegrees * .pi / 180
        let longitude = position.longitudeDegrees * .pi / 180
        let radius =
            Self.semiMajorAxis
            / (1 - eccentricitySquared * sin(latitude) * sin(latitude))
            .squareRoot()
        let equatorial = (radius + position.altitudeMeters) * cos(latitude)
        x = equatorial * cos(longitude)
        y = equatorial * sin(longitude)
        z = (radius * (1 - eccentricitySquared) + position.altitudeMeters) * sin(latitude)
    }
}
