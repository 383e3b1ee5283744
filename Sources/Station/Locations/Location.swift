package import Engine
package import Pointing

/// A named place: of a building, a vehicle, whoever carries a phone.
package struct Location: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case outdoor
        case indoor
    }

    /// What people say of it; the address may be empty.
    package struct Description: Sendable, Equatable {
        package var name: String
        package var address = ""
        package var kind = Kind.outdoor
        /// Whether it moves: then it leaves a trail, and every update is news.
        package var isMobile = false

        package init(name: String) {
            self.name = name
        }
    }

    package let id: String
    package let organization: String
    package let createdAt: UTCTime
    package var description: Description
    /// When the description was changed last.
    package var describedAt: UTCTime
    /// Where it is, as far as that is known.
    package var sighting: Sighting?

    /// When anything of it was changed last.
    package var modifiedAt: UTCTime { max(describedAt, sighting?.time ?? describedAt) }
}

/// Where something was, and when.
package struct Sighting: Sendable, Equatable {
    package let point: GeoJSONPoint
    /// Radius of the circle that holds it with 95 % probability; nil when nobody said.
    package let accuracyMeters: Double?
    package let time: UTCTime
}

/// Somebody says where a location is.
package struct SightingReport: Sendable {
    package let point: GeoJSONPoint
    package var accuracyMeters: Double?
    /// When it was there, by the reporter's clock; nil for now.
    package var time: UTCTime?

    package init(point: GeoJSONPoint, accuracyMeters: Double? = nil, time: UTCTime? = nil) {
        self.point = point
        self.accuracyMeters = accuracyMeters
        self.time = time
    }
}

/// News that a mobile location was seen.
package struct LocationTick: Sendable {
    /// As it is now; it has a sighting.
    package let location: Location
    /// The location by a number of this process: whoever keeps the latest only keeps it by this.
    package let number: UInt64

    /// What a subscriber may want to hear about.
    var keys: [String] { [location.id, location.organization] }
}

/// From whom a location learns by itself where it is.
package enum LocationSource: Sendable, Equatable {
    /// The station's own receiver: a vehicle that carries the antenna.
    case station
    /// The phones of a pairing session.
    case session(SecretHash)
}

/// Why the locations refuse.
package enum LocationError: Error, Sendable, Equatable {
    case unknownLocation
    /// Which text, and its bound in characters.
    case invalid(field: String, characters: Int)
    case tooManyLocations
    /// Only what moves can follow somebody.
    case isNotMobile
}
