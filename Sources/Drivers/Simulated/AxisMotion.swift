/// A stretch of an axis' way under one constant acceleration, during which it never turns back.
struct AxisMotion: Sendable, Equatable {
    let seconds: Double
    /// Signed, at the beginning.
    let degreesPerSecond: Double
    /// Signed.
    let degreesPerSecondSquared: Double

    /// How far the axis is after part of this stretch.
    func degrees(after elapsed: Double) -> Double {
        degreesPerSecond * elapsed + degreesPerSecondSquared * elapsed * elapsed / 2
    }

    func degreesPerSecond(after elapsed: Double) -> Double {
        degreesPerSecond + degreesPerSecondSquared * elapsed
    }
}

/// How fast an axis turns and how fast it gets there; plans ways without knowing where they end up.
struct AxisDrive: Sendable, Equatable {
    let rateDegreesPerSecond: Double
    /// Nil for an axis without inertia.
    let accelerationDegreesPerSecondSquared: Double?

    /// From rest to rest, or nothing without an acceleration.
    func braking(from rate: Double) -> [AxisMotion] {
        guard let acceleration = accelerationDegreesPerSecondSquared, rate != 0 else { return [] }
        return [
            AxisMotion(
                seconds: abs(rate) / acceleration, degreesPerSecond: rate,
                degreesPerSecondSquared: rate > 0 ? -acceleration : acceleration)
        ]
    }

    /// From one place to rest at another, beginning at a rate in degrees a second.
    func way(from start: Double, rate: Double, to target: Double) -> [AxisMotion] {
        guard let acceleration = accelerationDegreesPerSecondSquared else {
            let distance = target - start
            return [
                AxisMotion(
                    seconds: abs(distance) / rateDegreesPerSecond,
                    degreesPerSecond: distance < 0 ? -rateDegreesPerSecond : rateDegreesPerSecond,
                    degreesPerSecondSquared: 0)
            ]
        }
        let brakingDegrees = rate * abs(rate) / (2 * acceleration)
        // Moving the wrong way, or too fast to stop in time: brake to rest, then come back.
        if rate != 0, (target - start - brakingDegrees) * rate < 0 {
            return braking(from: rate)
                + straight(target - start - brakingDegrees, rate: 0, acceleration)
        }
        return straight(target - start, rate: abs(rate), acceleration)
    }

    /// Speeds up, cruises and slows down, without turning back.
    private func straight(
        _ degrees: Double, rate: Double, _ acceleration: Double
    ) -> [AxisMotion] {
        let distance = abs(degrees)
        let sign: Double = degrees >= 0 ? 1 : -1
        // v² = (2·a·d + v₀²) / 2 is where speeding up must turn into slowing down.
        let peak = min(
            rateDegreesPerSecond, ((2 * acceleration * distance + rate * rate) / 2).squareRoot())
        guard peak > 0 else { return [] }
        let speedingUp = max(0, (peak * peak - rate * rate) / (2 * acceleration))
        let slowingDown = peak * peak / (2 * acceleration)
        let cruising = max(0, distance - speedingUp - slowingDown)
        return [
            AxisMotion(
                seconds: max(0, peak - rate) / acceleration, degreesPerSecond: sign * rate,
                degreesPerSecondSquared: sign * acceleration),
            AxisMotion(
                seconds: cruising / peak, degreesPerSecond: sign * peak,
                degreesPerSecondSquared: 0),
            AxisMotion(
                seconds: peak / acceleration, degreesPerSecond: sign * peak,
                degreesPerSecondSquared: -sign * acceleration),
        ]
    }
}
