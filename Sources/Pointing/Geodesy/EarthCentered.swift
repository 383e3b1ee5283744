/// Earth-centred, Earth-fixed coordinates in metres: x through 0° N 0° E, z through the north pole.
struct EarthCentered {
    let x: Double
    let y: Double
    let z: Double

    init(_ position: GeodeticPosition) {
        let latitude = Trigonometry.sineAndCosine(degrees: position.latitudeDegrees)
        let longitude = Trigonometry.sineAndCosine(degrees: position.longitudeDegrees)
        let squared = Ellipsoid.eccentricitySquared
        /// From the axis to the surface, along the vertical.
        let normal =
            Ellipsoid.semiMajorAxisMeters
            / (1 - squared * latitude.sine * latitude.sine).squareRoot()
        let equatorial = (normal + position.altitudeMeters) * latitude.cosine
        x = equatorial * longitude.cosine
        y = equatorial * longitude.sine
        z = (normal * (1 - squared) + position.altitudeMeters) * latitude.sine
    }

    /// From the Earth's centre.
    var distanceMeters: Double { (x * x + y * y + z * z).squareRoot() }
}
