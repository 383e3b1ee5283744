import Glibc

extension GeodeticPosition {
    /// Where somebody stands after walking `distanceMeters` on a bearing, on a sphere of the mean
    /// Earth radius: within 0.6 % of the ellipsoid. For simulated paths.
    package func moved(bearingDegrees: Double, distanceMeters: Double) -> GeodeticPosition {
        let arc = distanceMeters / 6_371_008.8
        let bearing = bearingDegrees * .pi / 180
        let latitude = latitudeDegrees * .pi / 180
        let sine = sin(latitude) * cos(arc) + cos(latitude) * sin(arc) * cos(bearing)
        let newLatitude = asin(max(-1, min(1, sine)))
        let turn = atan2(
            sin(bearing) * sin(arc) * cos(latitude), cos(arc) - sin(latitude) * sin(newLatitude))
        let longitude = Angles.wrapped(longitudeDegrees + turn * 180 / .pi + 180) - 180
        return GeodeticPosition(
            checked: Angles.quantised(newLatitude * 180 / .pi), Angles.quantised(longitude),
            altitudeMeters)
    }
}
