/// One line of gpsd, decoded.
///
/// Source: gpsd_json(5).
package enum GpsdReport: Sendable, Equatable {
    case version(release: String, protocolMajor: Int, protocolMinor: Int)
    /// How many receivers gpsd has.
    case devices(count: Int)
    /// A receiver was added, identified or removed.
    case device(path: String, isActive: Bool)
    /// A TPV. There may be several for one moment, each with more than the one before.
    case position(GpsdPosition)
    /// A SKY that lists satellites; one with error figures alone is `other`.
    case satellites(used: Int, visible: Int)
    case error(message: String)
    /// A class that is of no use here.
    case other
}

/// What a TPV says. What it leaves out is nil.
package struct GpsdPosition: Sendable, Equatable {
    package var device = ""
    /// gpsd's mode: 0 and 1 no fix, 2 and 3 dimensions. Says nothing about latitude and longitude
    /// being present.
    package var mode = 0
    package var unixSeconds: Double?
    package var latitudeDegrees: Double?
    package var longitudeDegrees: Double?
    /// Above the ellipsoid.
    package var ellipsoidHeightMeters: Double?
    /// Above mean sea level.
    package var seaLevelHeightMeters: Double?
    package var geoidSeparationMeters: Double?
    package var horizontalErrorMeters: Double?
    package var verticalErrorMeters: Double?
    package var speedMetersPerSecond: Double?
    package var trackDegrees: Double?

    package init() {}
}
