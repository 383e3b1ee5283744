import Testing

@testable import Pointing

@Suite struct RotorGeometryPlanningTests {
    /// Limits, where the rotor stands (nil: unknown), the direction, where it should go.
    struct Turn: CustomTestStringConvertible, Sendable {
        let why: String
        let limits: ClosedRange<Double>
        let from: Double?
        let toward: Double
        let to: Double
        var tolerance = 0.0

        var testDescription: String { why }
    }

    static let turns = [
        Turn(why: "the short way", limits: 0...360, from: 10, toward: 50, to: 50),
        Turn(why: "unwinds at north", limits: 0...360, from: 350, toward: 10, to: 10),
        Turn(why: "unwinds at south", limits: -180...180, from: 170, toward: 190, to: -170),
        Turn(why: "goes on into the overlap", limits: 0...450, from: 350, toward: 10, to: 370),
        Turn(why: "stays in the overlap", limits: 0...450, from: 400, toward: 41, to: 401),
        Turn(why: "unwinds at the end of it", limits: 0...450, from: 445, toward: 95, to: 95),
        Turn(why: "up to the stop itself", limits: 0...450, from: 440, toward: 90, to: 450),
        Turn(why: "back out of the overlap", limits: 0...450, from: 370, toward: 350, to: 350),
        Turn(why: "negative degrees", limits: -180...540, from: -100, toward: 300, to: -60),
        Turn(why: "the upper turn", limits: -180...540, from: 500, toward: 100, to: 460),
        Turn(why: "directions of any turn", limits: 0...360, from: 10, toward: 50 - 720, to: 50),
        Turn(why: "the lower end is north", limits: 0...360, from: 20, toward: 360, to: 0),
        Turn(why: "the upper end is north", limits: 0...360, from: 340, toward: 0, to: 360),
        Turn(why: "a tie goes from the stop", limits: 0...500, from: 225, toward: 45, to: 405),
        Turn(why: "and from the other", limits: -50...450, from: 225, toward: 45, to: 45),
        Turn(
            why: "a tie of stops takes the nearer to the aim", limits: 0...359, from: nil,
            toward: 359.3, to: 359, tolerance: 1),
        Turn(why: "a tie of ties takes the lower", limits: 0...360, from: 180, toward: 0, to: 0),
        Turn(why: "unknown takes the middle", limits: -180...540, from: nil, toward: 181, to: 181),
        Turn(why: "unknown in the overlap", limits: 0...450, from: nil, toward: 60, to: 60),
        Turn(why: "not a number is unknown", limits: 0...450, from: .nan, toward: 60, to: 60),
        Turn(why: "infinity is unknown", limits: 0...450, from: .infinity, toward: 60, to: 60),
        Turn(why: "comes in from above", limits: 0...360, from: 380, toward: 30, to: 30),
        Turn(why: "comes in from below", limits: 0...360, from: -30, toward: 350, to: 350),
        Turn(
            why: "stays at the stop", limits: 0...360, from: 359, toward: 1, to: 360, tolerance: 1),
        Turn(
            why: "beyond the band", limits: 0...360, from: 359, toward: 1.1, to: 1.1, tolerance: 1),
        Turn(why: "a sector's edge", limits: 90...270, from: 100, toward: 89, to: 90, tolerance: 2),
        Turn(why: "over two turns", limits: -720...0, from: -719, toward: 0.5, to: -719.5),
        Turn(why: "to the last degree", limits: 0...720, from: 719, toward: 0, to: 720),
        Turn(
            why: "beyond the last degree", limits: 0...720, from: 719, toward: 0.5, to: 720,
            tolerance: 0.5),
        Turn(
            why: "below the first degree", limits: -720...0, from: -719, toward: 359.5, to: -720,
            tolerance: 0.5),
    ]

    @Test(arguments: turns)
    func `the azimuth is the nearest legal one`(turn: Turn) throws {
        let geometry = try RotorGeometry(
            minAzimuthDegrees: turn.limits.lowerBound, maxAzimuthDegrees: turn.limits.upperBound)
        let from = turn.from.map { RotorPosition(azimuthDegrees: $0, elevationDegrees: 20) }
        let move = try geometry.plan(
            from: from, azimuthDegrees: turn.toward, elevationDegrees: 30,
            toleranceDegrees: turn.tolerance
        ).get()
        #expect(move.to == RotorPosition(azimuthDegrees: turn.to, elevationDegrees: 30))
        #expect(abs(move.aim.azimuthDegrees - move.to.azimuthDegrees) <= turn.tolerance)
    }

    @Test func `a plan says where it starts, ends and aims`() throws {
        let from = RotorPosition(azimuthDegrees: 359, elevationDegrees: 4)
        let move = try RotorGeometry().plan(
            from: from, azimuthDegrees: 0.25, elevationDegrees: -0.5, toleranceDegrees: 1
        ).get()
        #expect(move.from == from)
        #expect(move.to == RotorPosition(azimuthDegrees: 360, elevationDegrees: 0))
        #expect(move.aim == RotorPosition(azimuthDegrees: 360.25, elevationDegrees: -0.5))
    }

    @Test(arguments: [
        (
            -0.000001, 0.0,
            Unreachable.belowMinimumElevation(
                elevationDegrees: -0.000001, minimumDegrees: 0)
        ),
        (-3, 2.5, .belowMinimumElevation(elevationDegrees: -3, minimumDegrees: 0)),
        (80.5, 0, .aboveMaximumElevation(elevationDegrees: 80.5, maximumDegrees: 80)),
        (90, 9, .aboveMaximumElevation(elevationDegrees: 90, maximumDegrees: 80)),
    ])
    func `an elevation beyond its limit is refused`(
        elevation: Double, tolerance: Double, reason: Unreachable
    ) throws {
        let geometry = try RotorGeometry(maxElevationDegrees: 80)
        let plan = geometry.plan(
            from: nil, azimuthDegrees: 10, elevationDegrees: elevation, toleranceDegrees: tolerance)
        #expect(plan == .failure(reason))
    }

    @Test func `the limits of elevation themselves can be reached`() throws {
        let geometry = try RotorGeometry(minElevationDegrees: 5, maxElevationDegrees: 80)
        for elevation in [5, 80, 4.9999999, 80.0000001] {
            let move = try geometry.plan(
                from: nil, azimuthDegrees: 10, elevationDegrees: elevation
            ).get()
            #expect(geometry.elevationDegrees.contains(move.to.elevationDegrees))
        }
    }

    @Test(arguments: [(89.0, 0.0), (271, 0.5), (0, 10), (-89.5, 0)])
    func `a direction that a sector does not hold is refused`(
        azimuth: Double, tolerance: Double
    ) throws {
        let geometry = try RotorGeometry(minAzimuthDegrees: 90, maxAzimuthDegrees: 270)
        let plan = geometry.plan(
            from: nil, azimuthDegrees: azimuth, elevationDegrees: 0, toleranceDegrees: tolerance)
        #expect(
            plan
                == .failure(
                    .azimuthOutsideLimits(
                        azimuthDegrees: Angles.compass(azimuth), limits: 90...270)))
    }

    @Test(arguments: [-90.0, -0.5, 0, 91, 180, .nan])
    func `a rotor that turns in azimuth only takes any elevation`(elevation: Double) throws {
        let geometry = try RotorGeometry(axes: .azimuth, minElevationDegrees: 10)
        let move = try geometry.plan(
            from: nil, azimuthDegrees: 123, elevationDegrees: elevation
        ).get()
        #expect(move.to == RotorPosition(azimuthDegrees: 123, elevationDegrees: 0))
    }

    @Test(arguments: [Double.nan, Double.infinity, -Double.infinity])
    func `what is not a number is never reachable`(odd: Double) throws {
        let geometry = try RotorGeometry()
        for tolerance in [0, 45, Double.nan] {
            #expect(throws: Unreachable.self) {
                try geometry.plan(
                    from: nil, azimuthDegrees: odd, elevationDegrees: 10,
                    toleranceDegrees: tolerance
                ).get()
            }
            #expect(throws: Unreachable.self) {
                try geometry.plan(
                    from: nil, azimuthDegrees: 10, elevationDegrees: odd,
                    toleranceDegrees: tolerance
                ).get()
            }
        }
    }

    @Test(arguments: [-1.0, Double.nan, -Double.infinity])
    func `a tolerance that is none counts as zero`(tolerance: Double) throws {
        let geometry = try RotorGeometry()
        let move = try geometry.plan(
            from: nil, azimuthDegrees: 5, elevationDegrees: 5, toleranceDegrees: tolerance
        ).get()
        #expect(move.to == RotorPosition(azimuthDegrees: 5, elevationDegrees: 5))
    }
}
