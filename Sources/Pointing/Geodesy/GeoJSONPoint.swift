/// The coordinates of a GeoJSON Point (RFC 7946 §3.1.1 and §3.1.2).
///
/// Only numbers go in and out: reading and writing JSON is for others.
package struct GeoJSONPoint: Sendable, Hashable {
    /// At altitude zero when the point has none.
    package let position: GeodeticPosition
    /// Whether the point says how high it is; one that does not is written without.
    package let hasAltitude: Bool

    package init(_ position: GeodeticPosition, hasAltitude: Bool = true) {
        self.position = position
        self.hasAltitude = hasAltitude
    }

    /// How many numbers a point is made of.
    package static let counts = 2...3

    /// - Parameter coordinates: longitude, latitude and, if known, height above the ellipsoid in
    ///   metres. More than three numbers SHOULD NOT be there by the RFC, and are refused: nothing
    ///   says what they mean.
    package init(coordinates: [Double]) throws(GeoJSONPointError) {
        guard Self.counts.contains(coordinates.count) else { throw .count(coordinates.count) }
        hasAltitude = coordinates.count == Self.counts.upperBound
        do throws(PositionError) {
            position = try GeodeticPosition(
                latitudeDegrees: coordinates[1], longitudeDegrees: coordinates[0],
                altitudeMeters: hasAltitude ? coordinates[2] : 0)
        } catch {
            throw .outOfRange(error)
        }
    }

    /// Longitude first.
    package var coordinates: [Double] {
        let plane = [position.longitudeDegrees, position.latitudeDegrees]
        return hasAltitude ? plane + [position.altitudeMeters] : plane
    }
}

/// Why numbers are not the coordinates of a point.
package enum GeoJSONPointError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not two or three.
    case count(Int)
    case outOfRange(PositionError)

    package var description: String {
        switch self {
        case .count(let count):
            "a point has two or three coordinates (longitude, latitude, altitude), not \(count)"
        case .outOfRange(.latitude(let value)) where abs(value) <= 180:
            PositionError.latitude(value).description + " (longitude comes first)"
        case .outOfRange(let error): error.description
        }
    }
}
