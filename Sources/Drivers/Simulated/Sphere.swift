import Glibc

/// Distances and steps of a simulated walk: the earth as a sphere, which is within half a percent.
///
/// The simulation only needs a plausible path; angles and distances that are shown come from
/// `Pointing`.
enum Sphere {
    private static let metersPerDegree = 111_195.0

    /// Metres north and east from one place to another near it.
    static func offset(
        from: GPSFix.Position, to: GPSFix.Position
    ) -> (north: Double, east: Double) {
        let meanLatitude = (from.latitudeDegrees + to.latitudeDegrees) / 2
        let longitude = wrapped(to.longitudeDegrees - from.longitudeDegrees)
        return (
            (to.latitudeDegrees - from.latitudeDegrees) * metersPerDegree,
            longitude * metersPerDegree * cos(meanLatitude * .pi / 180)
        )
    }

    static func bearingDegrees(north: Double, east: Double) -> Double {
        let degrees = atan2(east, north) * 180 / .pi
        return ((degrees < 0 ? degrees + 360 : degrees) * 1e6).rounded() / 1e6
    }

    static func moved(_ place: GPSFix.Position, north: Double, east: Double) -> GPSFix.Position {
        var moved = place
        let latitude = place.latitudeDegrees + north / metersPerDegree
        moved.latitudeDegrees = min(max(latitude, -90), 90)
        // Near a pole a metre is many degrees; the walk does not go there.
        let parallel = max(cos(place.latitudeDegrees * .pi / 180), 1e-6)
        moved.longitudeDegrees = wrapped(
            place.longitudeDegrees + east / (metersPerDegree * parallel))
        return moved
    }

    /// The place a fraction of the way along.
    static func between(
        _ from: GPSFix.Position, _ to: GPSFix.Position, _ fraction: Double
    ) -> GPSFix.Position {
        var place = from
        place.latitudeDegrees += (to.latitudeDegrees - from.latitudeDegrees) * fraction
        place.longitudeDegrees = wrapped(
            from.longitudeDegrees
                + wrapped(to.longitudeDegrees - from.longitudeDegrees) * fraction)
        if let low = from.altitudeMeters, let high = to.altitudeMeters {
            place.altitudeMeters = low + (high - low) * fraction
        }
        return place
    }

    static func rounded(_ place: GPSFix.Position) -> GPSFix.Position {
        var rounded = place
        rounded.latitudeDegrees = (place.latitudeDegrees * 1e9).rounded() / 1e9
        rounded.longitudeDegrees = (place.longitudeDegrees * 1e9).rounded() / 1e9
        rounded.altitudeMeters = place.altitudeMeters.map { ($0 * 1e3).rounded() / 1e3 }
        return rounded
    }

    private static func wrapped(_ degrees: Double) -> Double {
        degrees.remainder(dividingBy: 360)
    }
}
