/// What lies between two places, in metres along the observer's east, north and up.
///
/// Up is the normal of the ellipsoid. On a pole, north is the way that the meridian of the
/// observer's longitude goes on over the pole, as everywhere else on that meridian.
struct LocalOffset {
    let east: Double
    let north: Double
    let up: Double
    /// How much of the above may be rounding of the coordinates.
    let noise: Double

    init(from observer: GeodeticPosition, to target: GeodeticPosition) {
        let here = EarthCentered(observer)
        let there = EarthCentered(target)
        let (dx, dy, dz) = (there.x - here.x, there.y - here.y, there.z - here.z)
        let latitude = Trigonometry.sineAndCosine(degrees: observer.latitudeDegrees)
        let longitude = Trigonometry.sineAndCosine(degrees: observer.longitudeDegrees)
        let outward = longitude.cosine * dx + longitude.sine * dy
        east = longitude.cosine * dy - longitude.sine * dx
        north = latitude.cosine * dz - latitude.sine * outward
        up = latitude.cosine * outward + latitude.sine * dz
        noise = 8 * max(here.distanceMeters, there.distanceMeters).ulp
    }

    var distanceMeters: Double { (east * east + north * north + up * up).squareRoot() }
}
