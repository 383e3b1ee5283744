import TestSupport
import Testing

@testable import Pointing

/// What holds for every plan, over random geometries, places and directions.
@Suite(.quiet) struct PlanPropertyTests {
    private struct Case {
        let geometry: RotorGeometry
        let from: RotorPosition?
        let azimuth: Double
        let elevation: Double
        let tolerance: Double
        let plan: Result<RotorMove, Unreachable>
    }

    private static let count = 30_000

    /// Calls the body with every case, and says how many of them could be reached.
    @discardableResult
    private func forEachCase(seed: UInt64, _ body: (Case) throws -> Void) throws -> Int {
        var draw = Draw(seed: seed)
        var reached = 0
        for _ in 0..<Self.count {
            let geometry = try draw.geometry()
            let from = draw.standing(geometry)
            let (azimuth, elevation) = draw.direction()
            let tolerance = draw.chance(0.5) ? geometry.deadBandDegrees : 0
            let plan = geometry.plan(
                from: from, azimuthDegrees: azimuth, elevationDegrees: elevation,
                toleranceDegrees: tolerance)
            if case .success = plan { reached += 1 }
            try body(
                Case(
                    geometry: geometry, from: from, azimuth: azimuth, elevation: elevation,
                    tolerance: tolerance, plan: plan))
        }
        return reached
    }

    @Test func `no commanded position is outside the limits`() throws {
        let reached = try forEachCase(seed: 40) { example in
            guard let to = try? example.plan.get().to else { return }
            #expect(example.geometry.azimuthDegrees.contains(to.azimuthDegrees))
            switch example.geometry.axes {
            case .azimuth: #expect(to.elevationDegrees == 0)
            case .azimuthAndElevation:
                #expect(example.geometry.elevationDegrees.contains(to.elevationDegrees))
            }
        }
        // Neither everything nor nothing: the cases test both answers.
        #expect((Self.count / 4...Self.count * 9 / 10).contains(reached))
    }

    @Test func `the rotor ends up pointing there`() throws {
        try forEachCase(seed: 41) { example in
            guard let move = try? example.plan.get() else { return }
            let off = (move.to.azimuthDegrees - example.azimuth).remainder(dividingBy: 360)
            #expect(abs(off) <= example.tolerance + 1.1e-6)
            let aimed = (move.aim.azimuthDegrees - example.azimuth).remainder(dividingBy: 360)
            #expect(abs(aimed) <= 1.1e-6)
            guard example.geometry.axes == .azimuthAndElevation else { return }
            #expect(
                abs(move.to.elevationDegrees - example.elevation) <= example.tolerance + 1.1e-6)
        }
    }

    /// Walks the way in small steps, as the rotor would turn, and looks for its stops.
    @Test func `the way never crosses a stop`() throws {
        var steps = 0
        try forEachCase(seed: 42) { example in
            guard let move = try? example.plan.get(), let from = move.from else { return }
            let limits = example.geometry.azimuthDegrees
            let length = move.to.azimuthDegrees - from.azimuthDegrees
            let count = max(1, Int(abs(length) / 0.5))
            var hasBeenInside = false
            var isFine = true
            var outside = max(
                limits.lowerBound - from.azimuthDegrees, from.azimuthDegrees - limits.upperBound)
            for step in 0...count {
                steps += 1
                let at =
                    step == count
                    ? move.to.azimuthDegrees
                    : from.azimuthDegrees + length * Double(step) / Double(count)
                let beyond = max(limits.lowerBound - at, at - limits.upperBound)
                // Once inside it stays; before that, each step brings it nearer.
                isFine = isFine && (beyond <= 1e-9 || !hasBeenInside && beyond <= outside + 1e-9)
                if beyond <= 0 { hasBeenInside = true }
                outside = beyond
            }
            #expect(isFine && hasBeenInside, "\(example)")
        }
        #expect(steps > 1_000_000)
    }

    /// Tries every turn, in whole micro-degrees, where nothing is rounded.
    @Test func `no legal position that points there is nearer`() throws {
        var unreachable = 0
        try forEachCase(seed: 43) { example in
            let limits = example.geometry.azimuthDegrees
            let (low, high) = (micro(limits.lowerBound), micro(limits.upperBound))
            let reference = example.from.map { micro($0.azimuthDegrees) } ?? (low + high) / 2
            let tolerance = Int((example.tolerance * 1e6).rounded(.down))
            let nearest = (-10...10).compactMap { turns -> Int? in
                let aim = micro(example.azimuth) + turns * 360_000_000
                let legal = max(low, min(high, aim))
                return abs(legal - aim) <= tolerance ? abs(legal - reference) : nil
            }.min()
            switch example.plan {
            case .success(let move):
                let length = abs(micro(move.to.azimuthDegrees) - reference)
                // Where the rotor stands, or the middle of its range, was rounded here.
                #expect(nearest.map { abs(length - $0) <= 1 } == true, "\(example)")
            case .failure(.azimuthOutsideLimits):
                unreachable += 1
                #expect(nearest == nil, "\(example)")
            case .failure: break
            }
        }
        #expect(unreachable > Self.count / 50)
    }

    @Test func `a refusal by elevation is true and a reachable elevation is not refused`() throws {
        try forEachCase(seed: 44) { example in
            let limits = example.geometry.elevationDegrees
            let low = example.elevation < limits.lowerBound - example.tolerance - 1e-6
            let high = example.elevation > limits.upperBound + example.tolerance + 1e-6
            switch example.plan {
            case .success:
                #expect(example.geometry.axes == .azimuth || !(low || high), "\(example)")
            case .failure(.belowMinimumElevation(let elevation, let minimum)):
                #expect(elevation < minimum && minimum == limits.lowerBound)
            case .failure(.aboveMaximumElevation(let elevation, let maximum)):
                #expect(elevation > maximum && maximum == limits.upperBound)
            case .failure(.azimuthOutsideLimits):
                #expect(example.geometry.axes == .azimuth || !(low || high), "\(example)")
            case .failure(.keptOut), .failure(.noWayAround):
                Issue.record("there are no sectors: \(example)")
            }
        }
    }

    @Test func `from where a plan ends the same plan goes nowhere`() throws {
        try forEachCase(seed: 45) { example in
            guard let move = try? example.plan.get() else { return }
            let again = try example.geometry.plan(
                from: move.to, azimuthDegrees: example.azimuth,
                elevationDegrees: example.elevation, toleranceDegrees: example.tolerance
            ).get()
            #expect(again.to == move.to, "\(example)")
        }
    }

    @Test func `a direction and itself a turn on are the same`() throws {
        try forEachCase(seed: 46) { example in
            for turns in [-2.0, -1, 1, 3] {
                // Whole micro-degrees, so that adding turns does not round.
                let azimuth = Angles.quantised(example.azimuth)
                func plan(_ azimuth: Double) -> RotorPosition? {
                    try? example.geometry.plan(
                        from: example.from, azimuthDegrees: azimuth,
                        elevationDegrees: example.elevation, toleranceDegrees: example.tolerance
                    ).get().to
                }
                #expect(plan(azimuth) == plan(azimuth + turns * 360), "\(example)")
            }
        }
    }

    @Test func `every commanded angle is in whole micro-degrees`() throws {
        try forEachCase(seed: 47) { example in
            guard let to = try? example.plan.get().to else { return }
            #expect(to.azimuthDegrees == Angles.quantised(to.azimuthDegrees))
            #expect(to.elevationDegrees == Angles.quantised(to.elevationDegrees))
        }
    }

    private func micro(_ degrees: Double) -> Int { Int((degrees * 1e6).rounded()) }
}
