import Drivers
import Engine
import Pointing
import TestSupport
import Testing

@testable import Station

/// Rotors of all speeds among sectors, told to go here and there: none is ever seen inside one.
@Suite(.quiet) struct KeepOutSteeringTests {
    @Test(arguments: 0..<24)
    func `no rotor is ever in a sector, and it arrives where it can`(seed: Int) throws {
        var yard = try Yard(seed: UInt64(seed))
        for _ in 0..<40 {
            yard.order()
            yard.runForAWhile()
        }
        let target = yard.orderReachable()
        yard.run(seconds: 900)
        #expect(yard.trespasses == [], "\(yard.geometry)")
        // It does not waver: an order takes a few legs.
        #expect(yard.commands.count < 41 * 4, "\(yard.commands.count)")
        #expect(yard.isAt(target), "\(yard.geometry) at \(yard.mast.position) for \(target)")
        #expect(yard.tracking.problems(now: yard.now).isEmpty)
    }

    @Test func `a rotor that a hand has turned into a sector leaves it and goes on`() throws {
        var yard = try Yard(seed: 1, sectors: [(80, 100, 0, 30)])
        yard.mast.turnByHand(to: RotorPosition(azimuthDegrees: 92, elevationDegrees: 5))
        yard.run(seconds: 10)
        yard.order(.direction(azimuthDegrees: 200, elevationDegrees: 10))
        yard.run(seconds: 600)
        #expect(yard.isAt(RotorPosition(azimuthDegrees: 200, elevationDegrees: 10)))
        let first = try #require(yard.commands.first)
        #expect(first == .point(azimuthDegrees: 102.000001, elevationDegrees: 5))
        // Not to and fro.
        #expect(yard.commands.count <= 3)
    }

    @Test func `a target that goes through a sector is awaited at its other side`() throws {
        var yard = try Yard(seed: 2, sectors: [(80, 100, 0, 30)])
        var keptOut = 0
        for azimuth in stride(from: 60.0, through: 120, by: 0.5) {
            yard.follow(RotorPosition(azimuthDegrees: azimuth, elevationDegrees: 10))
            yard.run(seconds: 3)
            let problems = yard.tracking.problems(now: yard.now).map(\.detail)
            guard (80...100).contains(azimuth) else {
                #expect(problems == [])
                continue
            }
            keptOut += 1
            #expect(
                problems == [
                    "the target is in the keep-out sector of azimuth 80 to 100, elevation 0 to 30"
                ])
            #expect(yard.mast.position.azimuthDegrees < 80)
        }
        #expect(keptOut == 41)
        yard.run(seconds: 120)
        #expect(yard.isAt(RotorPosition(azimuthDegrees: 120, elevationDegrees: 10)))
        #expect(yard.trespasses == [])
    }

    @Test func `the way is shown with its corners until it is gone`() throws {
        var yard = try Yard(seed: 3, sectors: [(80, 100, 0, 30)])
        yard.run(seconds: 2)
        yard.order(.direction(azimuthDegrees: 200, elevationDegrees: 0))
        yard.run(seconds: 1)
        let legs = yard.tracking.legs
        #expect(legs.count > 1)
        #expect(legs.last == RotorPosition(azimuthDegrees: 200, elevationDegrees: 0))
        yard.run(seconds: 600)
        #expect(yard.tracking.legs == [])
        // Sent on as soon as it is safe, and never to and fro.
        #expect(
            yard.commands == [
                .point(azimuthDegrees: 78, elevationDegrees: 32),
                .point(azimuthDegrees: 102, elevationDegrees: 32),
                .point(azimuthDegrees: 200, elevationDegrees: 0),
            ])
    }

    @Test func `nothing is moved before it is known where the rotor stands`() throws {
        let geometry = try RotorGeometry(
            keepOut: [try KeepOutSector(minAzimuthDegrees: 80, maxAzimuthDegrees: 100)])
        var tracking = RotorTracking(
            geometry: geometry, limits: TrackingLimits(), mode: .manual,
            target: .direction(azimuthDegrees: 20, elevationDegrees: 0))
        tracking.driverChanged(problem: nil)
        tracking.aim(at: .direction(azimuthDegrees: 20, elevationDegrees: 0))
        #expect(tracking.decide(now: .start).command == nil)
        let later = Instant.start.advanced(by: .seconds(1))
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: 10, elevationDegrees: 0), now: later)
        #expect(
            tracking.decide(now: later).command
                == .point(azimuthDegrees: 20, elevationDegrees: 0))
        // After a lost connection a hand may have turned it meanwhile.
        tracking.driverChanged(problem: "lost")
        tracking.driverChanged(problem: nil)
        #expect(tracking.decide(now: later.advanced(by: .seconds(9))).command == nil)
    }

    @Test func `a rotor that stops too short to pass beside a sector says so`() throws {
        let low = try KeepOutSector(
            minAzimuthDegrees: 2, maxAzimuthDegrees: 64, elevationDegrees: (0, 20))
        var tracking = RotorTracking(
            geometry: try RotorGeometry(
                maxAzimuthDegrees: 180, keepOut: [low], deadBandDegrees: 2),
            limits: TrackingLimits(), mode: .manual, target: nil)
        tracking.driverChanged(problem: nil)
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: 10, elevationDegrees: 23), now: .start)
        tracking.choose(.manual)
        tracking.aim(at: .direction(azimuthDegrees: 1, elevationDegrees: 5))
        let command = try #require(tracking.decide(now: .start).command)
        guard case .point(let azimuth, let elevation) = command else { return }
        #expect(azimuth == 1 && elevation > 20)
        tracking.accepted(command)
        for second in 1...6 {
            let now = Instant.start.advanced(by: .seconds(second))
            tracking.rotorReported(
                RotorPosition(azimuthDegrees: azimuth + 1.5, elevationDegrees: elevation), now: now)
            #expect(tracking.decide(now: now).command == nil)
            let problems = tracking.problems(now: now).map(\.detail)
            #expect(
                problems
                    == (second < 6
                        ? []
                        : ["the rotor is not exact enough for the way beside a keep-out sector"]))
        }
        let now = Instant.start.advanced(by: .seconds(9))
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: azimuth, elevationDegrees: elevation), now: now)
        #expect(
            tracking.decide(now: now).command == .point(azimuthDegrees: 1, elevationDegrees: 5))
        #expect(tracking.problems(now: now) == [])
    }

    @Test func `parking that cannot be reached is a problem`() throws {
        let wall = try KeepOutSector(minAzimuthDegrees: 80, maxAzimuthDegrees: 100)
        var tracking = RotorTracking(
            geometry: try RotorGeometry(keepOut: [wall]), limits: TrackingLimits(), mode: .manual,
            target: nil)
        tracking.driverChanged(problem: nil)
        tracking.rotorReported(
            RotorPosition(azimuthDegrees: 200, elevationDegrees: 0), now: .start)
        tracking.choose(.park)
        #expect(tracking.decide(now: .start).command == nil)
        #expect(
            tracking.problems(now: .start).map(\.detail)
                == ["the keep-out sectors leave no way there"])
    }
}

// MARK: A rotor and its line

/// A rotor among sectors, a line to it on which everything takes its time, and who follows it.
private struct Yard {
    private var random: SeededRandom
    let geometry: RotorGeometry
    var tracking: RotorTracking
    var mast: Mast
    private(set) var commands: [RotorCommand] = []
    /// Where it was seen in a sector, by this test's own arithmetic.
    private(set) var trespasses: [RotorPosition] = []
    private(set) var now = Instant.start
    private var line: (event: LineEvent, until: Instant)?
    private var waiting: RotorCommand?
    private var nextPoll = Instant.start

    private enum LineEvent {
        case poll
        case command(RotorCommand)
    }

    private static let step = Duration.milliseconds(50)

    init(seed: UInt64, sectors: [(Double, Double, Double, Double)]? = nil) throws {
        var random = SeededRandom(seed: seed, purpose: "yard")
        geometry = try Self.geometry(&random, sectors)
        let start =
            sectors == nil ? geometry.park : RotorPosition(azimuthDegrees: 20, elevationDegrees: 0)
        mast = Mast(
            position: start, goal: start, azimuthSpeed: 0.5 + random.next(upTo: 15),
            elevationSpeed: 0.5 + random.next(upTo: 15),
            stopsShortDegrees: random.next(upTo: geometry.deadBandDegrees))
        self.random = random
        tracking = RotorTracking(
            geometry: geometry, limits: TrackingLimits(), mode: .manual, target: nil)
        tracking.driverChanged(problem: nil)
    }

    private static func geometry(
        _ random: inout SeededRandom, _ sectors: [(Double, Double, Double, Double)]?
    ) throws -> RotorGeometry {
        if let sectors {
            return try RotorGeometry(keepOut: try sectors.map { try Self.sector($0) })
        }
        while true {
            let drawn = (0..<(1 + Int(random.next(upTo: 3)))).map { _ in
                let from = random.next(upTo: 360).rounded()
                let to = (from + 5 + random.next(upTo: 80)).rounded()
                let bottom = random.next(upTo: 1) < 0.6 ? 0 : random.next(upTo: 40).rounded()
                return (from, to > 360 ? to - 360 : to, bottom, bottom + 5 + random.next(upTo: 40))
            }
            let geometry = try? RotorGeometry(
                maxAzimuthDegrees: random.next(upTo: 1) < 0.5 ? 360 : 450,
                keepOut: try drawn.map { try Self.sector($0) },
                deadBandDegrees: random.next(upTo: 3))
            if let geometry { return geometry }
        }
    }

    private static func sector(
        _ numbers: (Double, Double, Double, Double)
    ) throws -> KeepOutSector {
        try KeepOutSector(
            minAzimuthDegrees: numbers.0, maxAzimuthDegrees: numbers.1,
            elevationDegrees: (numbers.2, numbers.3))
    }

    // MARK: Orders

    mutating func order() {
        switch random.next(upTo: 10) {
        case ..<1:
            tracking.choose(.stop)
        case ..<2:
            tracking.choose(.park)
        default:
            order(
                .direction(
                    azimuthDegrees: random.next(upTo: 360), elevationDegrees: random.next(upTo: 90))
            )
        }
    }

    mutating func order(_ target: Target) {
        tracking.choose(.manual)
        tracking.aim(at: target)
    }

    /// Draws places until there is a way to one.
    mutating func orderReachable() -> RotorPosition {
        while true {
            let (azimuth, elevation) = (random.next(upTo: 360), random.next(upTo: 90))
            guard
                (try? tracking.plan(azimuthDegrees: azimuth, elevationDegrees: elevation).get())
                    != nil
            else { continue }
            order(.direction(azimuthDegrees: azimuth, elevationDegrees: elevation))
            return RotorPosition(azimuthDegrees: azimuth, elevationDegrees: elevation)
        }
    }

    mutating func follow(_ place: RotorPosition) {
        if tracking.mode != .track { tracking.choose(.track) }
        tracking.aim(
            at: .direction(
                azimuthDegrees: place.azimuthDegrees, elevationDegrees: place.elevationDegrees))
    }

    func isAt(_ place: RotorPosition) -> Bool {
        let off = (mast.position.azimuthDegrees - place.azimuthDegrees)
            .remainder(dividingBy: 360)
        // The rotor's own dead band stands beside the station's.
        let near = 2 * geometry.deadBandDegrees + 0.001
        return abs(off) <= near
            && abs(mast.position.elevationDegrees - place.elevationDegrees) <= near
    }

    // MARK: Time

    /// Most orders come while it still does the last one.
    mutating func runForAWhile() {
        run(seconds: random.next(upTo: random.next(upTo: 1) < 0.6 ? 3 : 30))
    }

    mutating func run(seconds: Double) {
        let end = now.advanced(by: .milliseconds(Int64(seconds * 1000)))
        while now < end {
            now = now.advanced(by: Self.step)
            mast.turn(seconds: 0.05)
            watch()
            work()
            if let command = tracking.decide(now: now).command {
                waiting = command
                commands.append(command)
            }
        }
    }

    private mutating func watch() {
        guard !mast.wasTurnedByHand else { return }
        let (azimuth, elevation) = (mast.position.azimuthDegrees, mast.position.elevationDegrees)
        for sector in geometry.keepOut {
            var width = sector.maxAzimuthDegrees - sector.minAzimuthDegrees
            if width < 0 { width += 360 }
            var into = (azimuth - sector.minAzimuthDegrees).truncatingRemainder(dividingBy: 360)
            if into < 0 { into += 360 }
            if into <= width, sector.elevationDegrees.contains(elevation) {
                trespasses.append(mast.position)
            }
        }
    }

    /// One thing after the other, a command before a question for the position.
    private mutating func work() {
        if let (event, until) = line {
            guard until <= now else { return }
            line = nil
            switch event {
            case .poll: tracking.rotorReported(mast.position, now: now)
            case .command(let command):
                mast.obey(command)
                tracking.accepted(command)
            }
        }
        let until = now.advanced(by: .milliseconds(Int64(random.next(upTo: 300))))
        if let command = waiting {
            waiting = nil
            line = (.command(command), until)
        } else if nextPoll <= now {
            nextPoll = now.advanced(by: .milliseconds(200 + Int64(random.next(upTo: 800))))
            line = (.poll, until)
        }
    }
}

private struct Mast {
    var position: RotorPosition
    var goal: RotorPosition
    /// Degrees a second.
    let azimuthSpeed: Double
    let elevationSpeed: Double
    let stopsShortDegrees: Double
    private(set) var wasTurnedByHand = false

    mutating func turnByHand(to place: RotorPosition) {
        (position, goal, wasTurnedByHand) = (place, place, true)
    }

    mutating func obey(_ command: RotorCommand) {
        switch command {
        case .point(let azimuth, let elevation):
            goal = RotorPosition(azimuthDegrees: azimuth, elevationDegrees: elevation)
        case .stop: goal = position
        case .park: Issue.record("the rotor's own parking place is somewhere")
        }
    }

    mutating func turn(seconds: Double) {
        position = RotorPosition(
            azimuthDegrees: near(
                position.azimuthDegrees, goal.azimuthDegrees, azimuthSpeed * seconds),
            elevationDegrees: near(
                position.elevationDegrees, goal.elevationDegrees, elevationSpeed * seconds))
    }

    private func near(_ at: Double, _ goal: Double, _ step: Double) -> Double {
        let off = goal - at
        guard abs(off) > stopsShortDegrees else { return at }
        return abs(off) <= step ? goal : at + (off < 0 ? -step : step)
    }
}

extension SeededRandom {
    fileprivate mutating func next(upTo bound: Double) -> Double { unit() * bound }
}
