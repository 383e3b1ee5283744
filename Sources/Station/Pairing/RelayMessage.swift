package import Pointing

/// What our own pages and the rotor say to each other over a relay.
///
/// Everything else passes through unread. Shapes: contract, «000».
package enum RelayMessage: Sendable, Equatable {
    case target(Target)
    case mode(TrackingMode)
    case location(PhoneLocation)

    /// The messages that a session remembers for a peer that comes later.
    package enum Kind: String, Sendable, CaseIterable {
        case target
        case mode
        case rotor
    }
}

/// What a rotor does.
package enum TrackingMode: String, Sendable, CaseIterable {
    /// Goes where it is told, once.
    case manual
    /// Follows a location or a target.
    case track
    /// Goes to its parking position.
    case park
    /// Stands still, whatever else it is told, until another mode is chosen.
    case stop
}

/// What a rotor points at.
package enum Target: Sendable, Equatable {
    case position(GeodeticPosition)
    /// Azimuth 0…360 clockwise from true north, and elevation.
    case direction(azimuthDegrees: Double, elevationDegrees: Double)
    /// A mobile location by its id. No message of a session names one: its peers have no rights.
    case location(String)
}

/// Where a phone says it is.
package struct PhoneLocation: Sendable, Equatable {
    package let position: GeodeticPosition
    /// Radius of the circle that holds the phone with 95 % probability, as browsers give it.
    package let accuracyMeters: Double?
    /// When it was there, by its own clock.
    package let sentAt: SentTime?

    package init(
        position: GeodeticPosition, accuracyMeters: Double? = nil, sentAt: SentTime? = nil
    ) {
        self.position = position
        self.accuracyMeters = accuracyMeters
        self.sentAt = sentAt
    }
}
