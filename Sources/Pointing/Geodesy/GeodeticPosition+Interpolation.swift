extension GeodeticPosition {
    /// The place a fraction of the way to another, for paths between waypoints.
    ///
    /// The verticals of the places turn evenly from one to the other, and the altitude changes
    /// evenly. Both ends are hit exactly; between them the place is within two metres of the
    /// geodesic for ends 100 km apart, and within 25 km for 10,000 km. Between antipodes, where
    /// every way is as short as another, it sets out to the north.
    ///
    /// - Parameter fraction: below 0 counts as 0, and above 1 as 1.
    /// - Returns: rounded to 1e-9 degree.
    package func interpolated(
        toward end: GeodeticPosition, fraction: Double
    ) -> GeodeticPosition {
        guard fraction > 0 else { return self }
        guard fraction < 1 else { return end }
        let altitude = altitudeMeters + (end.altitudeMeters - altitudeMeters) * fraction
        let from = Vertical(self)
        let to = Vertical(end)
        let across = from.cross(to)
        let angle = Trigonometry.arcTangentDegrees(y: across.length, x: from.dot(to))
        guard angle > 0 else {
            return GeodeticPosition(checked: latitudeDegrees, longitudeDegrees, altitude)
        }
        let axis = across.length > 1e-15 ? across : Vertical.west(of: self)
        let ahead = axis.cross(from)
        let part = Trigonometry.sineAndCosine(degrees: angle * fraction)
        let forward = part.sine / ahead.length
        let place = Vertical(
            x: from.x * part.cosine + ahead.x * forward,
            y: from.y * part.cosine + ahead.y * forward,
            z: from.z * part.cosine + ahead.z * forward)
        return GeodeticPosition(
            computed: place.latitudeDegrees, place.longitudeDegrees, altitude)
    }
}

/// The direction of up at a place, in Earth-centred axes.
private struct Vertical {
    let x: Double
    let y: Double
    let z: Double

    var length: Double { (x * x + y * y + z * z).squareRoot() }

    var latitudeDegrees: Double {
        Trigonometry.arcTangentDegrees(y: z, x: (x * x + y * y).squareRoot())
    }

    var longitudeDegrees: Double { Trigonometry.arcTangentDegrees(y: y, x: x) }

    func dot(_ other: Vertical) -> Double { x * other.x + y * other.y + z * other.z }

    func cross(_ other: Vertical) -> Vertical {
        Vertical(
            x: y * other.z - z * other.y, y: z * other.x - x * other.z,
            z: x * other.y - y * other.x)
    }
}

extension Vertical {
    init(_ position: GeodeticPosition) {
        let latitude = Trigonometry.sineAndCosine(degrees: position.latitudeDegrees)
        let longitude = Trigonometry.sineAndCosine(degrees: position.longitudeDegrees)
        self.init(
            x: latitude.cosine * longitude.cosine, y: latitude.cosine * longitude.sine,
            z: latitude.sine)
    }

    /// Perpendicular to the place's meridian: turning about it goes north.
    static func west(of position: GeodeticPosition) -> Vertical {
        let longitude = Trigonometry.sineAndCosine(degrees: position.longitudeDegrees)
        return Vertical(x: longitude.sine, y: -longitude.cosine, z: 0)
    }
}
