package import Engine

/// One axis of a simulated rotor: its position at any moment follows from the last command.
///
/// With an acceleration the axis speeds up, cruises and slows down; a new target in mid-turn first
/// brakes where it must. Without one it starts and stops at once.
package struct SimulatedAxis: Sendable, Equatable {
    /// Movement under one constant acceleration.
    private struct Segment: Equatable {
        let seconds: Double
        let acceleration: Double
    }

    package let limitsDegrees: ClosedRange<Double>
    package let rateDegreesPerSecond: Double
    /// Nil for an axis without inertia.
    package let accelerationDegreesPerSecondSquared: Double?
    private var segments: [Segment] = []
    private var startedAt = Instant.start
    private var startDegrees: Double
    private var startRate = 0.0
    private var targetDegrees: Double

    package init(
        limitsDegrees: ClosedRange<Double>, rateDegreesPerSecond: Double,
        accelerationDegreesPerSecondSquared: Double? = nil, positionDegrees: Double = 0
    ) {
        precondition(rateDegreesPerSecond > 0 && rateDegreesPerSecond.isFinite)
        precondition(accelerationDegreesPerSecondSquared.map { $0 > 0 && $0.isFinite } ?? true)
        self.limitsDegrees = limitsDegrees
        self.rateDegreesPerSecond = rateDegreesPerSecond
        self.accelerationDegreesPerSecondSquared = accelerationDegreesPerSecondSquared
        startDegrees = min(
            max(positionDegrees, limitsDegrees.lowerBound), limitsDegrees.upperBound)
        targetDegrees = startDegrees
    }

    /// Where the axis stands at `time`, which is not before the last command's.
    package func positionDegrees(at time: Instant) -> Double {
        state(at: time).degrees
    }

    package func isMoving(at time: Instant) -> Bool {
        elapsed(at: time) < segments.reduce(0) { $0 + $1.seconds }
    }

    /// Turns towards `degrees`, which is within the limits.
    package mutating func move(to degrees: Double, at time: Instant) {
        precondition(limitsDegrees.contains(degrees))
        restart(at: time)
        targetDegrees = degrees
        guard let acceleration = accelerationDegreesPerSecondSquared else {
            let distance = degrees - startDegrees
            startRate = distance < 0 ? -rateDegreesPerSecond : rateDegreesPerSecond
            segments = [Segment(seconds: abs(distance) / rateDegreesPerSecond, acceleration: 0)]
            return
        }
        plan(to: degrees, acceleration: acceleration)
    }

    /// Brakes; without an acceleration it stands at once.
    package mutating func stop(at time: Instant) {
        restart(at: time)
        segments = []
        guard let acceleration = accelerationDegreesPerSecondSquared else {
            startRate = 0
            targetDegrees = startDegrees
            return
        }
        brake(with: acceleration)
        targetDegrees = min(
            max(rest(after: segments), limitsDegrees.lowerBound), limitsDegrees.upperBound)
    }

    /// Stands still as it is, whatever was under way: a motor without power.
    package mutating func freeze(at time: Instant) {
        restart(at: time)
        segments = []
        startRate = 0
        targetDegrees = startDegrees
    }

    private mutating func restart(at time: Instant) {
        let now = state(at: time)
        startDegrees = now.degrees
        startRate = now.rate
        startedAt = time
    }

    private mutating func brake(with acceleration: Double) {
        guard startRate != 0 else { return }
        segments.append(
            Segment(
                seconds: abs(startRate) / acceleration,
                acceleration: startRate > 0 ? -acceleration : acceleration))
    }

    private mutating func plan(to degrees: Double, acceleration: Double) {
        segments = []
        let brakingDegrees = startRate * abs(startRate) / (2 * acceleration)
        let remaining = degrees - startDegrees
        // Moving the wrong way, or too fast to stop in time: brake to rest, then come back.
        let overshoots = startRate != 0 && (remaining - brakingDegrees) * startRate < 0
        if overshoots { brake(with: acceleration) }
        let rate = overshoots ? 0 : abs(startRate)
        let distance = overshoots ? abs(degrees - rest(after: segments)) : abs(remaining)
        let forwards = overshoots ? degrees >= rest(after: segments) : remaining >= 0
        let signed = forwards ? acceleration : -acceleration
        // v² = (2·a·d + v₀²) / 2 is where speeding up must turn into slowing down.
        let peak = min(
            rateDegreesPerSecond, ((2 * acceleration * distance + rate * rate) / 2).squareRoot())
        let speedingUp = max(0, (peak * peak - rate * rate) / (2 * acceleration))
        let slowingDown = peak * peak / (2 * acceleration)
        let cruising = max(0, distance - speedingUp - slowingDown)
        segments.append(
            Segment(seconds: max(0, peak - rate) / acceleration, acceleration: signed))
        if peak > 0 { segments.append(Segment(seconds: cruising / peak, acceleration: 0)) }
        segments.append(Segment(seconds: peak / acceleration, acceleration: -signed))
    }

    /// Where the axis is after all of `segments`.
    private func rest(after segments: [Segment]) -> Double {
        var degrees = startDegrees
        var rate = startRate
        for segment in segments {
            degrees += rate * segment.seconds
            degrees += segment.acceleration * segment.seconds * segment.seconds / 2
            rate += segment.acceleration * segment.seconds
        }
        return degrees
    }

    private func elapsed(at time: Instant) -> Double {
        Double(startedAt.duration(to: time).nanoseconds) / 1e9
    }

    private func state(at time: Instant) -> (degrees: Double, rate: Double) {
        var left = max(0, elapsed(at: time))
        var degrees = startDegrees
        var rate = startRate
        for segment in segments {
            let seconds = min(left, segment.seconds)
            degrees += rate * seconds + segment.acceleration * seconds * seconds / 2
            rate += segment.acceleration * seconds
            left -= segment.seconds
            guard left > 0 else { return (clamped(degrees), rate) }
        }
        // Arrived: exactly on target, without what the sums have lost.
        return (targetDegrees, 0)
    }

    private func clamped(_ degrees: Double) -> Double {
        min(max(degrees, limitsDegrees.lowerBound), limitsDegrees.upperBound)
    }
}
