package import Engine

/// What a receiver knows about where it is, for one of its epochs.
///
/// No fix is a value like any other: `mode` is `none` and `position` nil.
package struct GPSFix: Sendable, Equatable {
    package enum Mode: Int, Sendable, Comparable {
        case none = 1
        case twoDimensional = 2
        case threeDimensional = 3

        package static func < (left: Mode, right: Mode) -> Bool { left.rawValue < right.rawValue }
    }

    package struct Position: Sendable, Equatable {
        /// WGS 84, −90…90.
        package var latitudeDegrees: Double
        /// WGS 84, −180…180.
        package var longitudeDegrees: Double
        /// Height above the ellipsoid; nil when the receiver does not know its height.
        package var altitudeMeters: Double?

        package init(
            latitudeDegrees: Double, longitudeDegrees: Double, altitudeMeters: Double? = nil
        ) {
            self.latitudeDegrees = latitudeDegrees
            self.longitudeDegrees = longitudeDegrees
            self.altitudeMeters = altitudeMeters
        }
    }

    /// Why a position that the receiver sent is not shown.
    package enum Withheld: Sendable, Equatable {
        case missing
        case outOfRange
        case imprecise
    }

    /// `none` whenever there is no usable position, whatever the receiver claims.
    package var mode = Mode.none
    package var position: Position?
    package var withheld: Withheld?
    /// Estimated horizontal error.
    package var horizontalErrorMeters: Double?
    /// Estimated vertical error.
    package var verticalErrorMeters: Double?
    package var speedMetersPerSecond: Double?
    /// Course over ground from true north; missing when slow.
    package var trackDegrees: Double?
    package var satellitesUsed: Int?
    package var satellitesVisible: Int?
    /// The receiver's own time, seconds since 1970. Opaque: old logs are shifted by 1024 weeks and
    /// a bad sentence can move it by an hour; freshness comes from `receivedAt`.
    package var deviceUnixSeconds: Double?
    /// Engine time at which the last report of this epoch arrived.
    package var receivedAt: Instant

    package init(receivedAt: Instant) {
        self.receivedAt = receivedAt
    }
}
