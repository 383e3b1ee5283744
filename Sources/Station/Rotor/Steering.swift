import Drivers
import Engine
import Pointing

/// Decides by which legs a rotor goes where it is to go, and knows what it was told.
struct Steering {
    /// Where the rotor is sent, and what comes behind it.
    struct Course {
        let leg: RotorPosition
        /// The ends of later legs, round a keep-out sector; nothing behind the last one.
        let later: ArraySlice<RotorPosition>

        init(_ move: RotorMove, leg: Int = 0) {
            let legs = move.legs[leg...]
            self.leg = legs.first ?? move.to
            later = legs.dropFirst()
        }

        private init(_ leg: RotorPosition) {
            self.leg = leg
            later = []
        }

        var ended: Course { Course(leg) }
        var legs: [RotorPosition] { [leg] + later }
        var isLast: Bool { later.isEmpty }

        var command: RotorCommand {
            .point(azimuthDegrees: leg.azimuthDegrees, elevationDegrees: leg.elevationDegrees)
        }
    }

    let geometry: RotorGeometry
    private(set) var whereabouts: Whereabouts
    /// What the rotor was told last, and when; nil when it is not known to go anywhere.
    private(set) var commanded: Course?
    private(set) var commandedAt: Instant?
    /// Since when it stands at a corner and cannot go on.
    private var cornerSince: Instant?
    private let limits: TrackingLimits

    init(_ geometry: RotorGeometry, _ limits: TrackingLimits) {
        self.geometry = geometry
        self.limits = limits
        whereabouts = Whereabouts(limits)
    }

    // MARK: Events

    /// What it was told counts no more: it is told again whatever it is to do.
    mutating func forget() {
        (commanded, cornerSince) = (nil, nil)
    }

    /// What an earlier connection was told may not have arrived.
    mutating func connected() {
        forget()
        whereabouts.connected()
    }

    /// - Returns: whether it has moved, beyond its sensor's noise.
    mutating func seen(at position: RotorPosition, now: Instant) -> Bool {
        let isAtCorner =
            commanded.map { !$0.isLast && DeadBand(geometry).holds($0.leg, from: position) }
            ?? false
        cornerSince = isAtCorner ? cornerSince ?? now : nil
        return whereabouts.seen(at: position, now: now)
    }

    /// Whether it has stood at a corner for longer than any rotor needs to go on: it stops too
    /// short of it to pass beside a sector.
    func isCaught(now: Instant) -> Bool {
        cornerSince.map { $0.advanced(by: limits.stuckAfter) <= now } ?? false
    }

    mutating func accepted(_ command: RotorCommand) {
        whereabouts.accepted(command)
    }

    mutating func sent(_ course: Course, now: Instant) {
        (commanded, commandedAt, cornerSince) = (course, now, nil)
        whereabouts.told(course.command, now: now)
    }

    /// No further legs: what it follows is within the dead band of where it was sent.
    mutating func isNearEnough() {
        commanded = commanded?.ended
    }

    mutating func sentStop(now: Instant) {
        whereabouts.told(.stop, now: now)
    }

    mutating func timePassed(now: Instant) {
        whereabouts.rest(now: now)
    }

    // MARK: Ways

    /// Where it will stand, as far as anybody knows.
    var standing: RotorPosition? { commanded?.leg ?? whereabouts.reading?.position }

    /// From where ways are planned: from where the rotor was sent, so that a target that moves a
    /// little does not change the way round, or else from where it was seen. With sectors to keep
    /// out of, where it was sent counts as long as it may be on its way, and both are tried.
    private var starts: [RotorPosition?] {
        let (sent, seen) = (commanded?.leg, whereabouts.reading?.position)
        guard !geometry.keepOut.isEmpty else { return [sent ?? seen] }
        return whereabouts.isUnderWay && sent != nil ? [sent, seen] : [seen]
    }

    /// The first way that there is, or why there is none.
    func way(
        _ plan: (RotorPosition?) -> Result<RotorMove, Unreachable>
    ) -> Result<RotorMove, Unreachable> {
        for start in starts.dropLast() {
            if case .success(let move) = plan(start) { return .success(move) }
        }
        return plan(starts.last ?? nil)
    }

    /// The next leg of a way, as far as it can be gone from wherever the rotor is now; nil where it
    /// has to go on as it does, and where it goes there already.
    ///
    /// - Parameter plan: plans another way to the same end, for one that turns off at once.
    func course(
        _ way: RotorMove, _ plan: (RotorPosition?) -> Result<RotorMove, Unreachable>
    ) -> Course? {
        guard !geometry.keepOut.isEmpty else { return Course(way) }
        guard let area = whereabouts.area(geometry), let seen = whereabouts.reading?.position
        else { return nil }
        if let leg = geometry.leg(of: way, from: area) { return news(Course(way, leg: leg)) }
        guard let sent = commanded?.leg, way.from == sent, let turning = try? plan(seen).get(),
            isWorth(turning, insteadOf: way, by: sent, from: seen),
            let leg = geometry.leg(of: turning, from: area)
        else { return nil }
        return news(Course(turning, leg: leg))
    }

    private func news(_ course: Course) -> Course? { isGoing(course) ? nil : course }

    /// Whether it saves more than the way beside a sector's edge costs to turn off before the rotor
    /// is where it was sent. What saves less would make it waver on its way.
    private func isWorth(
        _ turning: RotorMove, insteadOf onward: RotorMove, by sent: RotorPosition,
        from seen: RotorPosition
    ) -> Bool {
        let saved = seen.travelDegrees(to: sent) + onward.travelDegrees - turning.travelDegrees
        return saved > 2 * geometry.clearanceDegrees
    }

    /// Whether it was sent there already. Near enough is enough on the way to a corner, but not for
    /// one that stands at the corner before.
    private func isGoing(_ course: Course) -> Bool {
        guard let commanded else { return false }
        if commanded.leg == course.leg { return true }
        guard let position = whereabouts.reading?.position else { return true }
        let deadBand = DeadBand(geometry)
        return deadBand.holds(course.leg, from: commanded.leg)
            && !deadBand.holds(commanded.leg, from: position)
    }
}
