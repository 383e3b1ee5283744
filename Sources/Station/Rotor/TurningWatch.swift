import Engine

/// Notices a rotor that was told to turn and does not: its power was off, or a hand held it.
///
/// Such a rotor has forgotten where it was to go, so it has to be told again.
struct TurningWatch {
    private let limits: TrackingLimits
    private(set) var lastMotionAt: Instant?
    /// Since when it should have moved; nil while nothing is expected of it.
    private var waitingSince: Instant?
    private var toldAt: Instant?
    private var pause: Duration
    /// Whether it was told where to go and has not arrived.
    var isAwaited: Bool { waitingSince != nil }
    /// Whether it stands still, plainly off where it should be.
    private(set) var isStuck = false

    init(_ limits: TrackingLimits) {
        self.limits = limits
        pause = limits.stuckAfter
    }

    /// It was told where to go.
    mutating func told(now: Instant) {
        waitingSince = waitingSince ?? now
        toldAt = now
    }

    mutating func moved(now: Instant) {
        lastMotionAt = now
        guard waitingSince != nil else { return }
        expectNothing()
        waitingSince = now
    }

    /// It has arrived, or nothing is asked of it any more.
    mutating func expectNothing() {
        waitingSince = nil
        isStuck = false
        pause = limits.stuckAfter
    }

    /// It stands off where it should be; true when it is to be told again.
    mutating func stands(offDegrees: Double, now: Instant) -> Bool {
        guard let waitingSince, let toldAt, waitingSince.advanced(by: limits.stuckAfter) <= now
        else { return false }
        isStuck = offDegrees > limits.stuckDegrees
        guard toldAt.advanced(by: pause) <= now else { return false }
        pause = min(pause * 2, limits.longestStuckPause)
        return true
    }
}
