package import Engine

/// Where a simulated receiver is at any moment: a fixed point, or way-points at a speed.
///
/// Positions are rounded to 1e-9 degree, so that the last bit of a machine's trigonometry does not
/// reach an output.
package struct SimulatedReceiverPath: Sendable, Equatable {
    package enum End: Sendable, Equatable {
        /// Stays at the last way-point.
        case stays
        /// Goes from the last way-point to the first and round again.
        case loops
    }

    package let wayPoints: [GPSFix.Position]
    package let speedMetersPerSecond: Double
    package let end: End
    /// Engine time of the first way-point.
    package let startsAt: Instant
    /// While the receiver has no fix, since `startsAt`.
    package let lostFixes: [Range<Duration>]
    /// Size of one unit of noise.
    package let noiseMeters: Double
    private let legs: [Leg]

    private struct Leg: Equatable {
        let from: GPSFix.Position
        let to: GPSFix.Position
        let meters: Double
        let trackDegrees: Double
    }

    /// A path along `wayPoints`, of which there is at least one. The speed is above zero when there
    /// are several.
    package init(
        wayPoints: [GPSFix.Position], speedMetersPerSecond: Double = 0, end: End = .stays,
        startsAt: Instant = .start, lostFixes: [Range<Duration>] = [], noiseMeters: Double = 0
    ) {
        precondition(!wayPoints.isEmpty, "a path has at least one point")
        precondition(wayPoints.count == 1 || speedMetersPerSecond > 0)
        self.wayPoints = wayPoints
        self.speedMetersPerSecond = speedMetersPerSecond
        self.end = end
        self.startsAt = startsAt
        self.lostFixes = lostFixes
        self.noiseMeters = noiseMeters
        var stations = wayPoints
        if end == .loops, let first = wayPoints.first { stations.append(first) }
        legs = zip(stations, stations.dropFirst()).map { from, to in
            let (north, east) = Sphere.offset(from: from, to: to)
            return Leg(
                from: from, to: to, meters: (north * north + east * east).squareRoot(),
                trackDegrees: Sphere.bearingDegrees(north: north, east: east))
        }
    }

    /// What the receiver reports at `time`.
    ///
    /// - Parameter noise: two numbers of mean 0 and spread 1, drawn by the owner: north and east.
    package func fix(at time: Instant, noise: (north: Double, east: Double) = (0, 0)) -> GPSFix {
        var fix = noFix(at: time)
        let elapsed = startsAt.duration(to: time)
        guard !lostFixes.contains(where: { $0.contains(elapsed) }) else { return fix }
        let (exact, track) = place(after: Double(elapsed.nanoseconds) / 1e9)
        fix.position = Sphere.rounded(
            Sphere.moved(
                exact, north: noise.north * noiseMeters, east: noise.east * noiseMeters))
        fix.mode = exact.altitudeMeters == nil ? .twoDimensional : .threeDimensional
        fix.satellitesUsed = 8
        fix.horizontalErrorMeters = max(noiseMeters, 0.1)
        fix.speedMetersPerSecond = track == nil ? 0 : speedMetersPerSecond
        fix.trackDegrees = track
        return fix
    }

    /// What a receiver reports that does not know where it is.
    package func noFix(at time: Instant) -> GPSFix {
        var fix = GPSFix(receivedAt: time)
        fix.deviceUnixSeconds = Double(time.nanoseconds) / 1e9
        fix.satellitesVisible = 8
        fix.satellitesUsed = 0
        return fix
    }

    /// The place, and the direction of travel; nil while it stands.
    private func place(after seconds: Double) -> (GPSFix.Position, trackDegrees: Double?) {
        let first = wayPoints[0]
        let length = legs.reduce(0) { $0 + $1.meters }
        guard length > 0, seconds > 0 else { return (first, nil) }
        var left = seconds * speedMetersPerSecond
        if end == .loops { left.formTruncatingRemainder(dividingBy: length) }
        for leg in legs {
            guard left >= leg.meters else {
                return (Sphere.between(leg.from, leg.to, left / leg.meters), leg.trackDegrees)
            }
            left -= leg.meters
        }
        return (legs.last?.to ?? first, nil)
    }
}
