import Drivers
import Engine
import Pointing

/// Decides what a rotor is told: modes, targets, dead band, rate limit, and what is lost.
///
/// Events change what it knows; `decide` says what to do about it. It never asks for a position
/// outside the rotor's limits.
struct RotorTracking {
    /// What to do now, and when to ask again if nothing happens before.
    struct Decision: Equatable {
        var command: RotorCommand?
        var askAgainAt: Instant?
        /// Why it was, or was not, told to turn to a new aim.
        var judgement: Judgement?
    }

    /// How an aim was weighed against the dead band.
    struct Judgement: Equatable {
        let aim: RotorPosition
        /// Nil when it is not known where the rotor stands.
        let offDegrees: Double?
        let deadBandDegrees: Double
    }

    /// Where the rotor should stand, before its limits are looked at.
    private enum Aim {
        case nowhere
        case unknown(TrackingProblem)
        case direction(azimuthDegrees: Double, elevationDegrees: Double, bandDegrees: Double)
        case park
    }

    var geometry: RotorGeometry { steering.geometry }
    let limits: TrackingLimits
    private(set) var mode: TrackingMode
    /// Set by a `target`, a fixed point or a direction; nil in `track` means the phone.
    private(set) var target: Target?
    var reading: (position: RotorPosition, at: Instant)? { steering.whereabouts.reading }
    private var steering: Steering
    private var phone = FollowedPhone()
    private var location: (phone: PhoneLocation, at: Instant)? { phone.last }
    /// Where the location that is the target was seen last, and when.
    private var seen: (location: String, sighting: Sighting, at: Instant)?
    private(set) var station: GeodeticPosition?
    private var stationProblem: String?
    private var driverProblem: String?
    private var refusal: String?
    /// What it is told as soon as the time between two commands is over.
    private var pending: Steering.Course?
    private var holdUntil = Instant.start
    private var turning: TurningWatch
    private var judged: Judgement?
    private var owesStop = false
    /// A manual or parking move that has not arrived; after a lost connection only such is resumed.
    private var moveIsOpen = false
    /// Why nothing is carried out: somebody has the rotor who did not order it.
    private var bar: String?
    /// Whether something was under way when that began.
    private var wasInterrupted = false

    init(
        geometry: RotorGeometry, limits: TrackingLimits, mode: TrackingMode, target: Target?
    ) {
        self.limits = limits
        self.mode = mode
        self.target = target
        driverProblem = "not started"
        turning = TurningWatch(limits)
        steering = Steering(geometry, limits)
        owesStop = mode == .stop
    }

    // MARK: Events

    /// Chooses a mode. Choosing `track` follows the phone until a target is given.
    mutating func choose(_ mode: TrackingMode) {
        self.mode = mode
        steering.forget()
        refusal = nil
        holdUntil = .start
        owesStop = mode == .stop
        turning.expectNothing()
        wasInterrupted = false
        moveIsOpen = mode == .park
        if mode == .track { target = nil }
    }

    /// Gives a target. In `manual` the rotor goes there once; in `track` it follows it; in `park`
    /// and `stop` it is only remembered.
    mutating func aim(at target: Target) {
        // One that is chosen again, after a stop or a park, may not be seen anew for long.
        if target != seen.map({ .location($0.location) }) { seen = nil }
        self.target = target
        refusal = nil
        wasInterrupted = false
        if mode == .manual { moveIsOpen = true }
    }

    /// Somebody has the rotor who did not order what it does: it stands still. When nobody has it
    /// any more (nil), it follows again what it followed; a move that was interrupted is over.
    mutating func bar(_ reason: String?) {
        let begins = bar == nil && reason != nil
        bar = reason
        if reason == nil { wasInterrupted = false }
        guard begins else { return }
        if mode == .track || moveIsOpen {
            wasInterrupted = true
            owesStop = true
            holdUntil = .start
        }
        moveIsOpen = false
        steering.forget()
        turning.expectNothing()
    }

    /// Takes over where a phone says it is.
    mutating func locate(_ phone: PhoneLocation, from peer: PeerID?, now: Instant) {
        _ = self.phone.locate(phone, from: peer, now: now, lostAfter: limits.locationLostAfter)
    }

    /// A peer has gone.
    mutating func lost(_ peer: PeerID) {
        phone.lost(peer)
    }

    /// Forgets the phone: its session is over.
    mutating func forgetPhone() {
        phone = FollowedPhone()
    }

    /// The location that is the target was seen.
    mutating func see(_ sighting: Sighting, of location: String, at: Instant) {
        seen = (location, sighting, at)
    }

    mutating func stand(at station: StationFix) {
        self.station = station.position
        stationProblem = station.source == .fixed ? nil : station.problem
    }

    mutating func driverChanged(problem: String?) {
        let wasReady = driverProblem == nil
        driverProblem = problem
        guard problem == nil, !wasReady else { return }
        steering.connected()
        turning.expectNothing()
        holdUntil = .start
        owesStop = mode == .stop || wasInterrupted
    }

    mutating func rotorReported(_ position: RotorPosition, now: Instant) {
        if steering.seen(at: position, now: now) { turning.moved(now: now) }
        guard let commanded = steering.commanded else { return }
        let deadBand = DeadBand(geometry)
        if deadBand.holds(commanded.leg, from: position) {
            if commanded.isLast { moveIsOpen = false }
            turning.expectNothing()
        } else if turning.stands(
            offDegrees: deadBand.offDegrees(commanded.leg, from: position), now: now)
        {
            steering.forget()
        }
    }

    /// The rotor answered a command with an error. A stop is owed again, unless the rotor is lost,
    /// which it is told when it is back.
    mutating func refused(_ reason: String, isStop: Bool, now: Instant) {
        refusal = reason
        steering.forget()
        turning.expectNothing()
        holdUntil = now.advanced(by: limits.retryAfterRefusal)
        if isStop { owesStop = (mode == .stop || wasInterrupted) && driverProblem == nil }
    }

    mutating func accepted(_ command: RotorCommand) {
        refusal = nil
        steering.accepted(command)
    }

    // MARK: Decision

    mutating func decide(now: Instant) -> Decision {
        pending = nil
        var decision = Decision(command: nil, askAgainAt: nextLoss(after: now))
        if owesStop {
            guard now >= holdUntil else {
                decision.askAgainAt = min(holdUntil, decision.askAgainAt ?? holdUntil)
                return decision
            }
            // Sent even when the driver is not ready: it may know better by now.
            owesStop = false
            steering.sentStop(now: now)
            decision.command = .stop
            return decision
        }
        guard driverProblem == nil, bar == nil else { return decision }
        steering.timePassed(now: now)
        let (course, judgement) = wantedCourse(now: now)
        if judgement?.aim != judged?.aim { decision.judgement = judgement }
        judged = judgement ?? judged
        guard let wanted = course else {
            if steering.commanded == nil { turning.expectNothing() }
            return decision
        }
        let earliest = max(
            holdUntil, steering.commandedAt?.advanced(by: limits.commandInterval) ?? .start)
        guard now >= earliest else {
            if now >= holdUntil { pending = wanted }
            decision.askAgainAt = min(earliest, decision.askAgainAt ?? earliest)
            return decision
        }
        steering.sent(wanted, now: now)
        turning.told(now: now)
        decision.judgement = judgement
        decision.command = wanted.command
        return decision
    }

    /// Where to go; nil while the rotor stands near enough to what it follows, and where it goes on
    /// as it does.
    private mutating func wantedCourse(
        now: Instant
    ) -> (course: Steering.Course?, judgement: Judgement?) {
        let standing = steering.standing
        switch aim(now: now) {
        case .nowhere, .unknown: return (nil, nil)
        case .park:
            if let standing, DeadBand(geometry).holds(geometry.park, from: standing) {
                steering.isNearEnough()
                return (nil, nil)
            }
            let way = try? steering.way(geometry.planPark).get()
            return (way.flatMap { steering.course($0, geometry.planPark) }, nil)
        case .direction(let azimuth, let elevation, let band):
            func plan(_ from: RotorPosition?) -> Result<RotorMove, Unreachable> {
                self.plan(
                    from: from, azimuthDegrees: azimuth, elevationDegrees: elevation,
                    bandDegrees: band)
            }
            guard let move = try? steering.way(plan).get() else { return (nil, nil) }
            let deadBand = DeadBand(axes: geometry.axes, degrees: band)
            let judgement = Judgement(
                aim: move.aim, offDegrees: standing.map { deadBand.offDegrees(move.aim, from: $0) },
                deadBandDegrees: band)
            if let standing, deadBand.holds(move, from: standing) {
                steering.isNearEnough()
                return (nil, judgement)
            }
            return (steering.course(move, plan), judgement)
        }
    }

    private func aim(now: Instant) -> Aim {
        switch mode {
        case .stop: .nowhere
        case .park: moveIsOpen ? .park : .nowhere
        case .manual: moveIsOpen || steering.commanded != nil ? aim(at: target) : .nowhere
        case .track: target == nil ? aimAtPhone() : aim(at: target)
        }
    }

    private func aim(at target: Target?) -> Aim {
        switch target {
        case nil: .nowhere
        case .direction(let azimuth, let elevation):
            .direction(
                azimuthDegrees: azimuth, elevationDegrees: elevation,
                bandDegrees: geometry.deadBandDegrees)
        case .position(let position): aim(at: position, accuracyMeters: nil)
        case .location: aimAtLocation()
        }
    }

    private func aimAtLocation() -> Aim {
        guard let seen else {
            return .unknown(
                TrackingProblem(.target, "the location was not seen yet", ageSeconds: nil))
        }
        return aim(
            at: seen.sighting.point.position, accuracyMeters: seen.sighting.accuracyMeters)
    }

    private func aimAtPhone() -> Aim {
        guard let location else {
            return .unknown(
                TrackingProblem(.phone, "no location from a phone yet", ageSeconds: nil))
        }
        return aim(at: location.phone.position, accuracyMeters: location.phone.accuracyMeters)
    }

    private func aim(at position: GeodeticPosition, accuracyMeters: Double?) -> Aim {
        guard let station else {
            return .unknown(
                TrackingProblem(.gpsd, "the station's own position is not known", ageSeconds: nil))
        }
        guard let look = LookAngle(from: station, to: position) else {
            return .unknown(
                TrackingProblem(
                    .target, "the target stands where the antenna stands", ageSeconds: nil))
        }
        return .direction(
            azimuthDegrees: look.azimuthDegrees, elevationDegrees: look.elevationDegrees,
            bandDegrees: deadBand(
                accuracyMeters: accuracyMeters, rangeMeters: look.slantRangeMeters))
    }

    /// The dead band, widened to what the phone's inaccuracy makes of the angle.
    private func deadBand(accuracyMeters: Double?, rangeMeters: Double) -> Double {
        guard let accuracyMeters, accuracyMeters > 0 else { return geometry.deadBandDegrees }
        let uncertainty = Angles.arcTangentDegrees(accuracyMeters, rangeMeters)
        return max(geometry.deadBandDegrees, min(uncertainty, limits.widestDeadBandDegrees))
    }

    /// The way to a direction. One that is beyond a limit by no more than the band is met at the
    /// limit: a phone on level ground, a hair below the horizon, can be followed, and one that goes
    /// to and fro across the seam does not send the rotor round.
    func plan(
        azimuthDegrees: Double, elevationDegrees: Double, bandDegrees: Double? = nil
    ) -> Result<RotorMove, Unreachable> {
        steering.way {
            plan(
                from: $0, azimuthDegrees: azimuthDegrees, elevationDegrees: elevationDegrees,
                bandDegrees: bandDegrees)
        }
    }

    private func plan(
        from: RotorPosition?, azimuthDegrees: Double, elevationDegrees: Double,
        bandDegrees: Double? = nil
    ) -> Result<RotorMove, Unreachable> {
        geometry.plan(
            from: from, azimuthDegrees: azimuthDegrees, elevationDegrees: elevationDegrees,
            toleranceDegrees: bandDegrees ?? geometry.deadBandDegrees)
    }

    // MARK: What is shown

    func isMoving(now: Instant) -> Bool {
        guard let lastMotionAt = turning.lastMotionAt else { return false }
        return lastMotionAt.duration(to: now) < limits.restAfter
    }

    /// The way that the rotor is being turned, in its own degrees: where it ends and the corners
    /// before that. Nothing once it is there within the dead band, and while it is not known what
    /// it was told.
    var legs: [RotorPosition] {
        guard driverProblem == nil else { return [] }
        if let pending { return pending.legs }
        guard let commanded = steering.commanded, turning.isAwaited || !commanded.isLast else {
            return []
        }
        return commanded.legs
    }

    /// What the rotor follows or goes to: the direction where it is known, which is what a plot can
    /// draw, and the place otherwise.
    func shownTarget(now: Instant) -> Target? {
        guard mode == .track || mode == .manual, bar == nil else { return nil }
        if case .direction(let azimuth, let elevation, _) = aim(now: now) {
            return .direction(azimuthDegrees: azimuth, elevationDegrees: elevation)
        }
        switch target {
        case .direction, .position: return target
        case .location: return seen.map { .position($0.sighting.point.position) }
        case nil: return mode == .track ? location.map { .position($0.phone.position) } : nil
        }
    }

    /// Everything that keeps the rotor from standing where it should, with the age of what is
    /// still in use.
    func problems(now: Instant) -> [TrackingProblem] {
        var problems: [TrackingProblem] = []
        if let driverProblem {
            problems.append(
                TrackingProblem(.rotor, driverProblem, ageSeconds: age(reading?.at, now)))
        } else if let at = reading?.at, at.duration(to: now) > limits.rotorLostAfter {
            problems.append(
                TrackingProblem(.rotor, "no position from the rotor", ageSeconds: age(at, now)))
        }
        if turning.isStuck {
            problems.append(TrackingProblem(.rotor, "the rotor does not turn", ageSeconds: nil))
        }
        if steering.isCaught(now: now) {
            problems.append(
                TrackingProblem(
                    .rotor, "the rotor is not exact enough for the way beside a keep-out sector",
                    ageSeconds: nil))
        }
        if let bar, mode == .track || wasInterrupted {
            problems.append(TrackingProblem(.lease, bar, ageSeconds: nil))
        }
        if let refusal { problems.append(TrackingProblem(.rotor, refusal, ageSeconds: nil)) }
        if mode == .track, target == nil, let location,
            location.at.duration(to: now) >= limits.locationLostAfter
        {
            problems.append(
                TrackingProblem(
                    .phone, "no new location from the phone", ageSeconds: age(location.at, now)))
        }
        if let at = targetSeenAt, at.duration(to: now) >= limits.locationLostAfter {
            problems.append(
                TrackingProblem(
                    .target, "no new position of the location", ageSeconds: age(at, now)))
        }
        if let stationProblem, mode == .track || mode == .manual, station != nil {
            problems.append(TrackingProblem(.gpsd, stationProblem, ageSeconds: nil))
        }
        switch aim(now: now) {
        case .unknown(let problem): problems.append(problem)
        case .direction(let azimuth, let elevation, let band):
            if case .failure(let reason) = plan(
                azimuthDegrees: azimuth, elevationDegrees: elevation, bandDegrees: band)
            {
                problems.append(TrackingProblem(.target, reason.description, ageSeconds: nil))
            }
        case .park:
            if case .failure(let reason) = steering.way(geometry.planPark) {
                problems.append(TrackingProblem(.target, reason.description, ageSeconds: nil))
            }
        case .nowhere: break
        }
        return problems
    }

    /// When the location that is followed was seen last; nil when none is followed.
    private var targetSeenAt: Instant? {
        guard mode == .track, case .location? = target else { return nil }
        return seen?.at
    }

    private func age(_ at: Instant?, _ now: Instant) -> Double? {
        at.map { Double($0.duration(to: now).nanoseconds) / 1e9 }
    }

    /// When something that is still fresh will count as lost, or a moving rotor as at rest.
    private func nextLoss(after now: Instant) -> Instant? {
        var moments: [Instant] = []
        if mode == .track, target == nil, let at = location?.at {
            moments.append(at.advanced(by: limits.locationLostAfter))
        }
        if let at = targetSeenAt { moments.append(at.advanced(by: limits.locationLostAfter)) }
        if let at = turning.lastMotionAt { moments.append(at.advanced(by: limits.restAfter)) }
        if let at = reading?.at { moments.append(at.advanced(by: limits.rotorLostAfter)) }
        return moments.filter { $0 > now }.min()
    }
}
