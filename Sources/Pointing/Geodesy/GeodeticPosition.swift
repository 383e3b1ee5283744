/// A place on or above the Earth, on the WGS 84 ellipsoid.
package struct GeodeticPosition: Sendable, Hashable {
    /// −90…90, north positive.
    package let latitudeDegrees: Double
    /// −180…180, east positive.
    package let longitudeDegrees: Double
    /// Height above the ellipsoid.
    package let altitudeMeters: Double

    /// Altitudes beyond this are mistakes: it is well above every satellite orbit in use.
    package static let altitudeLimitMeters = 1e9

    /// - Throws: which coordinate is not a number in its range.
    package init(
        latitudeDegrees: Double, longitudeDegrees: Double, altitudeMeters: Double = 0
    ) throws(PositionError) {
        guard (-90...90).contains(latitudeDegrees) else { throw .latitude(latitudeDegrees) }
        guard (-180...180).contains(longitudeDegrees) else { throw .longitude(longitudeDegrees) }
        guard abs(altitudeMeters) <= Self.altitudeLimitMeters else {
            throw .altitude(altitudeMeters)
        }
        self.init(checked: latitudeDegrees, longitudeDegrees, altitudeMeters)
    }

    init(checked latitudeDegrees: Double, _ longitudeDegrees: Double, _ altitudeMeters: Double) {
        self.latitudeDegrees = latitudeDegrees
        self.longitudeDegrees = longitudeDegrees
        self.altitudeMeters = altitudeMeters
    }
}

/// A coordinate that cannot be one.
package enum PositionError: Error, Sendable, Equatable, CustomStringConvertible {
    case latitude(Double)
    case longitude(Double)
    case altitude(Double)

    package var description: String {
        switch self {
        case .latitude(let value): "latitude \(value) is not a number from -90 to 90"
        case .longitude(let value): "longitude \(value) is not a number from -180 to 180"
        case .altitude(let value): "altitude \(value) is not a number of metres up to 1e9"
        }
    }
}
