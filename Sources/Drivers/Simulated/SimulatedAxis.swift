package import Engine

/// One axis of a simulated rotor: its position at any moment follows from the last command.
///
/// With an acceleration the axis speeds up, cruises and slows down; a new target in mid-turn first
/// brakes where it must. Without one it starts and stops at once. Motor and antenna are one until
/// `setBacklash` puts play between them.
package struct SimulatedAxis: Sendable, Equatable {
    package let limitsDegrees: ClosedRange<Double>
    /// How far past a target the motor runs before it comes back to it; zero for none.
    package var overshootDegrees = 0.0 {
        didSet { precondition(overshootDegrees >= 0 && overshootDegrees.isFinite) }
    }

    private let drive: AxisDrive
    private var backlash = Backlash(degrees: 0)
    /// Between which end switches, if there are any, the motor gets.
    private var switchesDegrees: ClosedRange<Double>
    /// Where the motor can go by this command.
    private var reachDegrees: ClosedRange<Double>
    private var motions: [AxisMotion] = []
    private var startedAt = Instant.start
    private var startDegrees: Double
    private var startRate = 0.0
    private var startAntennaDegrees: Double
    private var targetDegrees: Double

    package init(
        limitsDegrees: ClosedRange<Double>, rateDegreesPerSecond: Double,
        accelerationDegreesPerSecondSquared: Double? = nil, positionDegrees: Double = 0
    ) {
        precondition(rateDegreesPerSecond > 0 && rateDegreesPerSecond.isFinite)
        precondition(accelerationDegreesPerSecondSquared.map { $0 > 0 && $0.isFinite } ?? true)
        self.limitsDegrees = limitsDegrees
        drive = AxisDrive(
            rateDegreesPerSecond: rateDegreesPerSecond,
            accelerationDegreesPerSecondSquared: accelerationDegreesPerSecondSquared)
        switchesDegrees = limitsDegrees
        reachDegrees = limitsDegrees
        startDegrees = min(
            max(positionDegrees, limitsDegrees.lowerBound), limitsDegrees.upperBound)
        startAntennaDegrees = startDegrees
        targetDegrees = startDegrees
    }

    package var rateDegreesPerSecond: Double { drive.rateDegreesPerSecond }

    /// Where the motor stands at `time`, which is not before the last command's.
    package func positionDegrees(at time: Instant) -> Double {
        state(at: time).degrees
    }

    /// Where the antenna points at `time`, which is not before the last command's.
    package func antennaDegrees(at time: Instant) -> Double {
        state(at: time).antenna
    }

    package func isMoving(at time: Instant) -> Bool {
        elapsed(at: time) < motions.reduce(0) { $0 + $1.seconds }
    }

    // MARK: Commands

    /// Turns towards `degrees`, which is within the limits; only as far as an end switch lets it.
    package mutating func move(to degrees: Double, at time: Instant) {
        precondition(limitsDegrees.contains(degrees))
        restart(at: time)
        targetDegrees = reachable(degrees)
        let past = targetDegrees < startDegrees ? -overshootDegrees : overshootDegrees
        let turn = targetDegrees == startDegrees ? startDegrees : reachable(targetDegrees + past)
        motions = drive.way(from: startDegrees, rate: startRate, to: turn)
        if turn != targetDegrees {
            motions += drive.way(from: turn, rate: 0, to: targetDegrees)
        }
    }

    /// Brakes; without an acceleration it stands at once.
    package mutating func stop(at time: Instant) {
        restart(at: time)
        motions = drive.braking(from: startRate)
        targetDegrees = reachable(
            motions.reduce(startDegrees) { $0 + $1.degrees(after: $1.seconds) })
        if motions.isEmpty { startRate = 0 }
    }

    /// Stands still as it is, whatever was under way: a motor without power.
    package mutating func freeze(at time: Instant) {
        restart(at: time)
        motions = []
        startRate = 0
        targetDegrees = startDegrees
    }

    // MARK: Faults

    /// Puts play between motor and antenna, or takes it away: then the antenna is where the motor
    /// is.
    package mutating func setBacklash(degrees: Double, at time: Instant) {
        precondition(degrees >= 0 && degrees.isFinite)
        guard degrees != backlash.degrees else { return }
        restart(at: time)
        backlash = Backlash(degrees: degrees)
        startAntennaDegrees = backlash.antenna(startAntennaDegrees, pulledTo: startDegrees)
        move(to: targetDegrees, at: time)
    }

    /// Puts end switches at the ends of a range, or takes them away.
    ///
    /// A motor on its way beyond one stops there, and one that is beyond already can only turn
    /// back. The way that a switch cut off is not resumed.
    package mutating func setEndSwitches(_ range: ClosedRange<Double>?, at time: Instant) {
        let switches = range?.clamped(to: limitsDegrees) ?? limitsDegrees
        guard switches != switchesDegrees else { return }
        switchesDegrees = switches
        move(to: targetDegrees, at: time)
    }

    private func reachable(_ degrees: Double) -> Double {
        min(max(degrees, reachDegrees.lowerBound), reachDegrees.upperBound)
    }

    // MARK: Position

    /// Makes the axis' state at `time` the one that the next motions begin with.
    private mutating func restart(at time: Instant) {
        let now = state(at: time)
        startDegrees = now.degrees
        startRate = now.rate
        startAntennaDegrees = now.antenna
        startedAt = time
        reachDegrees =
            min(
                switchesDegrees.lowerBound, now.degrees)...max(
                switchesDegrees.upperBound, now.degrees)
    }

    private func elapsed(at time: Instant) -> Double {
        Double(startedAt.duration(to: time).nanoseconds) / 1e9
    }

    private func state(at time: Instant) -> (degrees: Double, rate: Double, antenna: Double) {
        var left = max(0, elapsed(at: time))
        var degrees = startDegrees
        var antenna = startAntennaDegrees
        for motion in motions {
            let seconds = min(left, motion.seconds)
            let rate = motion.degreesPerSecond(after: seconds)
            degrees += motion.degrees(after: seconds)
            antenna = backlash.antenna(antenna, pulledTo: reachable(degrees))
            left -= motion.seconds
            guard left > 0 else { return (reachable(degrees), rate, antenna) }
        }
        // Arrived: exactly on target, without what the sums have lost.
        return (targetDegrees, 0, backlash.antenna(antenna, pulledTo: targetDegrees))
    }
}
