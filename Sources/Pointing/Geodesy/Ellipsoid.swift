/// The figure of the Earth of WGS 84 (NGA.STND.0036_1.0.0, table 3.1 and 3.5).
enum Ellipsoid {
    static let semiMajorAxisMeters = 6_378_137.0
    static let flattening = 1 / 298.257223563
    static let semiMinorAxisMeters = semiMajorAxisMeters * (1 - flattening)
    /// The first eccentricity, squared.
    static let eccentricitySquared = flattening * (2 - flattening)
}
