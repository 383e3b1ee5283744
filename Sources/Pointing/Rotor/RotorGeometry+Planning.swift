extension RotorGeometry {
    /// The shortest legal way to a direction.
    ///
    /// Of the rotor's positions that point there (a full turn apart) it takes the nearest one
    /// within the limits; where two are equally near, the one further from its stop, and then the
    /// lower one. Because the rotor goes straight between two positions of one range, it never
    /// crosses a stop: where the short way round would, the nearest legal position lies the other
    /// way round, and the rotor unwinds. One that stands outside its limits, moved by hand, comes
    /// back in.
    ///
    /// A direction beyond a limit by no more than the tolerance is met at the limit. A target that
    /// goes to and fro across the seam of a rotor without overlap then leaves the rotor at its stop
    /// instead of sending it round each time.
    ///
    /// - Parameters:
    ///   - from: where the rotor stands or was sent last; nil, or an azimuth that is not a number,
    ///     takes the position nearest to the middle of the range.
    ///   - azimuthDegrees: any number of turns. Not a number is never reachable, nor is it as an
    ///     elevation.
    ///   - elevationDegrees: of no matter for a rotor that turns in azimuth only. It is sent zero.
    ///   - toleranceDegrees: on each axis; the dead band, or zero to be exact.
    package func plan(
        from: RotorPosition?, azimuthDegrees azimuth: Double, elevationDegrees elevation: Double,
        toleranceDegrees: Double = 0
    ) -> Result<RotorMove, Unreachable> {
        let tolerance = toleranceDegrees > 0 ? toleranceDegrees : 0
        return Result { () throws(Unreachable) in
            let height = try height(at: elevation, tolerance)
            let places = try turns(to: azimuth, near: from?.azimuthDegrees, tolerance).map { turn in
                Place(
                    to: RotorPosition(azimuthDegrees: turn.to, elevationDegrees: height.to),
                    aim: RotorPosition(azimuthDegrees: turn.aim, elevationDegrees: height.aim))
            }
            return try move(from: from, to: places)
        }
    }

    /// The shortest way to the parking position.
    package func planPark(from: RotorPosition?) -> Result<RotorMove, Unreachable> {
        Result { () throws(Unreachable) in
            try move(from: from, to: [Place(to: park, aim: park)])
        }
    }

    private struct Place {
        let to: RotorPosition
        let aim: RotorPosition
    }

    /// - Parameter places: the nearest first.
    private func move(
        from: RotorPosition?, to places: [Place]
    ) throws(Unreachable) -> RotorMove {
        guard !keepOut.isEmpty else {
            return RotorMove(from: from, to: places[0].to, aim: places[0].aim)
        }
        let sectors = places.map { sector(around: $0.to) }
        let free = zip(places, sectors).filter { $0.1 == nil }.map(\.0)
        guard let nearest = free.first else {
            throw sectors.lazy.compactMap(\.self).first.map { .keptOut($0, axes: axes) }
                ?? .noWayAround
        }
        guard let from, from.isFinite else {
            return RotorMove(from: from, to: nearest.to, aim: nearest.aim)
        }
        let ways = ways
        guard let start = ways.start(positionOnAxes(from)),
            let way = ways.way(from: start.position, to: free.map { positionOnAxes($0.to) })
        else { throw .noWayAround }
        return RotorMove(
            from: from, corners: (start.leaves ? [start.position] : []) + way.corners,
            to: free[way.end].to, aim: free[way.end].aim, leavesSector: start.leaves)
    }

    private func height(
        at elevation: Double, _ tolerance: Double
    ) throws(Unreachable) -> Candidate {
        guard axes == .azimuthAndElevation else { return Candidate(aim: 0, in: 0...0) }
        let candidate = Candidate(aim: Angles.quantised(elevation), in: elevationDegrees)
        if candidate.beyond <= tolerance { return candidate }
        if candidate.aim > elevationDegrees.upperBound {
            throw .aboveMaximumElevation(
                elevationDegrees: elevation, maximumDegrees: elevationDegrees.upperBound)
        }
        throw .belowMinimumElevation(
            elevationDegrees: elevation, minimumDegrees: elevationDegrees.lowerBound)
    }

    /// The nearest first.
    private func turns(
        to azimuth: Double, near standing: Double?, _ tolerance: Double
    ) throws(Unreachable) -> [Candidate] {
        let direction = Angles.compass(azimuth)
        let middle = (azimuthDegrees.lowerBound + azimuthDegrees.upperBound) / 2
        let reference = standing.flatMap { $0.isFinite ? $0 : nil } ?? middle
        // The range lies within ±720, so three turns either way hold every candidate.
        let candidates = (-3...2)
            .map { turns in
                Candidate(
                    aim: Angles.quantised(direction + Double(turns) * 360), in: azimuthDegrees)
            }
            .filter { $0.beyond <= tolerance }
            .sorted { one, other in
                let near = (one.distance(reference), one.beyond, one.distance(middle), one.to)
                return near
                    < (other.distance(reference), other.beyond, other.distance(middle), other.to)
            }
        guard !candidates.isEmpty else {
            throw .azimuthOutsideLimits(azimuthDegrees: direction, limits: azimuthDegrees)
        }
        return candidates
    }
}

/// One way to meet a direction on one axis.
private struct Candidate {
    let aim: Double
    /// The aim, or the limit that is nearest to it.
    let to: Double

    init(aim: Double, in limits: ClosedRange<Double>) {
        self.aim = aim
        to = Swift.min(Swift.max(aim, limits.lowerBound), limits.upperBound)
    }

    var beyond: Double { distance(aim) }

    /// Quantised, so that positions as far apart on paper compare as equal.
    func distance(_ position: Double) -> Double { Angles.quantised(abs(to - position)) }
}
