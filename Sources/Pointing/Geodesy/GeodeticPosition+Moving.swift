extension GeodeticPosition {
    /// Where somebody stands after going straight on for a distance, at the same altitude.
    ///
    /// The geodesic on the ellipsoid by the direct formulas of T. Vincenty, "Direct and inverse
    /// solutions of geodesics on the ellipsoid", Survey Review XXIII 176 (1975): within a
    /// millimetre at any distance. Across a pole and the date line it goes straight on too. From a
    /// pole, the bearing counts from the way that `LookAngle` calls north there.
    ///
    /// - Parameters:
    ///   - bearingDegrees: clockwise from true north, any number of turns.
    ///   - distanceMeters: along the ellipsoid; a negative one goes backwards.
    /// - Returns: rounded to 1e-9 degree; `self` if a parameter is not finite.
    package func moved(bearingDegrees: Double, distanceMeters: Double) -> GeodeticPosition {
        guard bearingDegrees.isFinite, distanceMeters.isFinite else { return self }
        let start = reducedLatitude
        let bearing = Trigonometry.sineAndCosine(degrees: bearingDegrees)
        /// Of the geodesic where it crosses the equator.
        let sineAzimuth = start.cosine * bearing.sine
        let cosineSquared = 1 - sineAzimuth * sineAzimuth
        let arc = Arc(
            fromEquator: Trigonometry.arcTangentDegrees(
                y: start.sine, x: start.cosine * bearing.cosine),
            cosineSquared: cosineSquared, distanceMeters: distanceMeters)
        let (sine, cosine) = (arc.sine, arc.cosine)
        let along = start.sine * sine - start.cosine * cosine * bearing.cosine
        let latitude = Trigonometry.arcTangentDegrees(
            y: start.sine * cosine + start.cosine * sine * bearing.cosine,
            x: (1 - Ellipsoid.flattening)
                * (sineAzimuth * sineAzimuth + along * along).squareRoot())
        let turnOnSphere = Trigonometry.arcTangentDegrees(
            y: sine * bearing.sine,
            x: start.cosine * cosine - start.sine * sine * bearing.cosine)
        let turn =
            turnOnSphere - arc.longitudeCorrectionDegrees(sineAzimuth: sineAzimuth, cosineSquared)
        return GeodeticPosition(computed: latitude, longitudeDegrees + turn, altitudeMeters)
    }

    /// Of the latitude on the sphere around the ellipsoid.
    private var reducedLatitude: (sine: Double, cosine: Double) {
        let latitude = Trigonometry.sineAndCosine(degrees: latitudeDegrees)
        let sine = (1 - Ellipsoid.flattening) * latitude.sine
        let length = (sine * sine + latitude.cosine * latitude.cosine).squareRoot()
        return (sine / length, latitude.cosine / length)
    }
}

/// An arc of a geodesic, as Vincenty's formulas see it on the sphere around the ellipsoid.
private struct Arc {
    /// How long it is, on the unit sphere.
    private let radians: Double
    let sine: Double
    let cosine: Double
    /// Of twice the distance between the equator and the arc's middle.
    private let cosineOfDoubledMiddle: Double

    init(fromEquator startDegrees: Double, cosineSquared: Double, distanceMeters: Double) {
        let (major, minor) = (Ellipsoid.semiMajorAxisMeters, Ellipsoid.semiMinorAxisMeters)
        let u = cosineSquared * (major * major - minor * minor) / (minor * minor)
        let a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
        let b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
        let first = distanceMeters / (minor * a)
        var arc = first
        var (sine, cosine, middle) = Self.parts(arc, startDegrees)
        // Each round is some 300 times as exact as the one before: six are enough for 1e-15.
        for _ in 0..<6 {
            let squared = middle * middle
            let third = b / 6 * middle * (-3 + 4 * sine * sine) * (-3 + 4 * squared)
            arc = first + b * sine * (middle + b / 4 * (cosine * (-1 + 2 * squared) - third))
            (sine, cosine, middle) = Self.parts(arc, startDegrees)
        }
        radians = arc
        self.sine = sine
        self.cosine = cosine
        cosineOfDoubledMiddle = middle
    }

    private static func parts(_ radians: Double, _ startDegrees: Double) -> (
        sine: Double, cosine: Double, cosineOfDoubledMiddle: Double
    ) {
        let degrees = radians * 180 / .pi
        let arc = Trigonometry.sineAndCosine(degrees: degrees)
        let doubled = Trigonometry.sineAndCosine(degrees: 2 * startDegrees + degrees)
        return (arc.sine, arc.cosine, doubled.cosine)
    }

    /// How much less the longitude turns on the ellipsoid than on the sphere.
    func longitudeCorrectionDegrees(sineAzimuth: Double, _ cosineSquared: Double) -> Double {
        let flattening = Ellipsoid.flattening
        let c = flattening / 16 * cosineSquared * (4 + flattening * (4 - 3 * cosineSquared))
        let middle = cosineOfDoubledMiddle
        let stretched = radians + c * sine * (middle + c * cosine * (-1 + 2 * middle * middle))
        return (1 - c) * flattening * sineAzimuth * stretched * 180 / .pi
    }
}
