import Drivers
import Engine
import TestSupport
import Testing

@Suite(.runsTwice, .quiet) struct SimulatedRotorTests {
    /// A simulated rotor in virtual time, and a way to make things go wrong with it.
    private struct Bench {
        let rotor: RotorUnderTest
        let device: SimulatedRotor

        init() throws {
            var made: SimulatedRotor?
            rotor = try RotorUnderTest(live: false) { core in
                let device = SimulatedRotor(core: core, name: "1")
                made = device
                return device
            }
            device = try #require(made)
        }

        func fail(_ change: (inout SimulatedRotorFaults) -> Void) {
            var faults = SimulatedRotorFaults()
            change(&faults)
            let new = faults
            rotor.world.core.perform { device.enter { $0.setFaults(new) } }
        }

        func pass(_ duration: Duration) { rotor.world.core.run(for: duration) }

        /// Where the antenna points.
        var truth: (azimuthDegrees: Double, elevationDegrees: Double) {
            rotor.world.core.perform { device.enter { $0.position } }
        }

        /// The azimuth as it was reported last.
        var reported: Double? { rotor.events.compactMap(\.position).last?.azimuth }

        var conditions: [DriverState.Condition] { rotor.events.compactMap(\.condition) }
    }

    @Test func `the simulated rotor keeps the rotor contract, in virtual time`() async throws {
        try await RotorContract(rotor: Bench().rotor).holds()
    }

    @Test func `a lost connection is failed, and ready again when it is back`() async throws {
        let bench = try Bench()
        bench.pass(.seconds(5))
        bench.rotor.forget()
        bench.fail { $0.disconnected = true }
        bench.pass(.seconds(20))
        bench.fail { _ in }
        bench.pass(.seconds(6))
        #expect(
            bench.rotor.events.compactMap(\.condition) == [
                .failed(.link(.reset)), .failed(.link(.refused)), .ready,
            ])
    }

    @Test func `an answer that comes too late ends the connection`() async throws {
        let bench = try Bench()
        bench.pass(.seconds(5))
        bench.rotor.forget()
        bench.fail { $0.replyDelay = .seconds(6) }
        bench.rotor.submit(.point(azimuthDegrees: 20, elevationDegrees: 0))
        bench.pass(.seconds(6))
        let errors = bench.rotor.events.compactMap(\.finished).map(\.error)
        #expect(errors == [.timedOut])
        #expect(bench.rotor.events.compactMap(\.condition).first == .failed(.replyTimedOut))
    }

    @Test func `an error of the rotor's own is degraded`() async throws {
        let bench = try Bench()
        bench.pass(.seconds(5))
        bench.rotor.forget()
        bench.fail { $0.rejectWith = .deviceUnreachable }
        bench.pass(.seconds(3))
        bench.fail { _ in }
        bench.pass(.seconds(3))
        #expect(
            bench.rotor.events.compactMap(\.condition) == [
                .degraded(.rotor(.deviceUnreachable)), .ready,
            ])
    }

    @Test func `a stalled rotor accepts commands and does not move`() async throws {
        let bench = try Bench()
        bench.pass(.seconds(5))
        bench.fail { $0.stalled = true }
        bench.rotor.submit(.point(azimuthDegrees: 90, elevationDegrees: 0))
        bench.pass(.seconds(20))
        #expect(bench.rotor.events.compactMap(\.position).allSatisfy { $0.azimuth == 0 })
        #expect(bench.rotor.events.compactMap(\.finished).map(\.error) == [nil])
    }

    @Test func `a command whose answer is lost is obeyed, and told as timed out`() throws {
        let bench = try Bench()
        bench.pass(.seconds(5))
        bench.rotor.forget()
        bench.fail { $0.losesReplies = true }
        bench.rotor.submit(.point(azimuthDegrees: 30, elevationDegrees: 10))
        bench.pass(.seconds(10))
        #expect(bench.rotor.events.compactMap(\.finished).map(\.error) == [.timedOut])
        #expect(bench.truth == (30, 10))
        #expect(bench.conditions == [.failed(.replyTimedOut), .failed(.noGreeting)])
        bench.fail { _ in }
        bench.pass(.seconds(10))
        #expect(bench.conditions.last == .ready)
        #expect(bench.reported == 30)
    }

    @Test func `over a half-open connection a command is lost, and told as timed out`() throws {
        let bench = try Bench()
        bench.pass(.seconds(5))
        bench.rotor.forget()
        bench.fail { $0.halfOpen = true }
        bench.rotor.submit(.point(azimuthDegrees: 30, elevationDegrees: 10))
        bench.pass(.seconds(30))
        #expect(bench.rotor.events.compactMap(\.finished).map(\.error) == [.timedOut])
        #expect(bench.truth == (0, 0))
        #expect(bench.conditions == [.failed(.replyTimedOut), .failed(.link(.timedOut))])
        bench.fail { _ in }
        bench.pass(.seconds(10))
        #expect(bench.conditions.last == .ready)
        #expect(bench.reported == 0)
    }

    @Test func `an answer that is under way when the line goes dead is lost too`() throws {
        let bench = try Bench()
        bench.pass(.seconds(5))
        bench.rotor.forget()
        bench.fail { $0.replyDelay = .seconds(1) }
        bench.rotor.submit(.point(azimuthDegrees: 30, elevationDegrees: 10))
        bench.pass(.milliseconds(1200))
        bench.rotor.submit(.point(azimuthDegrees: 40, elevationDegrees: 10))
        bench.pass(.milliseconds(900))
        bench.fail { $0.halfOpen = true }
        bench.pass(.seconds(10))
        #expect(bench.rotor.events.compactMap(\.finished).map(\.error) == [nil, .timedOut])
        #expect(bench.truth == (40, 10))
    }

    @Test func `with backlash the report is right about the motor and wrong about the antenna`()
        throws
    {
        let bench = try Bench()
        bench.fail { $0.backlashDegrees = 4 }
        bench.pass(.seconds(5))
        bench.rotor.submit(.point(azimuthDegrees: 60, elevationDegrees: 10))
        bench.pass(.seconds(20))
        #expect(bench.reported == 60)
        #expect(bench.truth == (58, 8))
        bench.rotor.submit(.point(azimuthDegrees: 50, elevationDegrees: 10))
        bench.pass(.seconds(20))
        #expect(bench.reported == 50)
        #expect(bench.truth == (52, 8))
    }

    @Test func `an overshoot shows in the reports, and ends on target`() throws {
        let bench = try Bench()
        bench.pass(.seconds(5))
        bench.rotor.forget()
        bench.fail { $0.overshootDegrees = 5 }
        bench.rotor.submit(.point(azimuthDegrees: 30, elevationDegrees: 0))
        bench.pass(.seconds(20))
        let azimuths = bench.rotor.events.compactMap(\.position).map(\.azimuth)
        let highest = azimuths.max() ?? 0
        #expect(highest > 33 && highest <= 35)
        #expect(bench.reported == 30)
    }

    @Test func `an end switch stops the azimuth, whatever was accepted`() throws {
        let bench = try Bench()
        bench.pass(.seconds(5))
        bench.rotor.submit(.point(azimuthDegrees: 200, elevationDegrees: 20))
        bench.pass(.seconds(5))
        bench.fail { $0.azimuthLimitHit = -30...90 }
        bench.pass(.seconds(60))
        #expect(bench.reported == 90)
        #expect(bench.truth == (90, 20))
        #expect(bench.rotor.events.compactMap(\.finished).map(\.error) == [nil])
        bench.fail { _ in }
        bench.pass(.seconds(60))
        #expect(bench.reported == 90)
        bench.rotor.submit(.point(azimuthDegrees: 200, elevationDegrees: 20))
        bench.pass(.seconds(60))
        #expect(bench.reported == 200)
    }

    @Test func `an owner may command from within a report`() {
        let core = Core(pace: .virtual, seed: 1)
        let eager = core.perform { EagerOwner(core: core) }
        core.perform { eager.enter { $0.start() } }
        core.run(for: .seconds(30))
        let (finished, position) = core.perform {
            eager.enter { ($0.finished, $0.rotor.enter { $0.position }) }
        }
        #expect(
            finished == [
                .point(azimuthDegrees: 1, elevationDegrees: 0),
                .point(azimuthDegrees: 2, elevationDegrees: 0),
                .point(azimuthDegrees: 3, elevationDegrees: 0),
            ])
        #expect(position == (3, 0))
    }

    @Test func `two runs with one seed are the same run`() throws {
        func trace() throws -> UInt64 {
            let bench = try Bench()
            bench.pass(.seconds(5))
            bench.fail { $0.disconnected = true }
            bench.pass(.seconds(20))
            bench.fail { _ in }
            bench.rotor.submit(.point(azimuthDegrees: 90, elevationDegrees: 10))
            bench.pass(.seconds(20))
            return bench.rotor.world.core.progress.trace
        }
        #expect(try trace() == trace())
    }
}

/// Answers each report at once with the next command.
private actor EagerOwner: CoreActor {
    nonisolated let core: Core
    nonisolated let rotor: SimulatedRotor
    private(set) var finished: [RotorCommand] = []

    init(core: Core) {
        self.core = core
        rotor = SimulatedRotor(core: core, name: "1")
    }

    func start() {
        rotor.enter { rotor in
            rotor.start { [weak self] event in self?.enter { $0.hear(event) } }
        }
    }

    private func hear(_ event: RotorEvent) {
        if let done = event.finished { finished.append(done.command) }
        guard event.condition == .ready || event.finished != nil, finished.count < 3 else { return }
        let next = Double(finished.count + 1)
        rotor.enter { $0.submit(.point(azimuthDegrees: next, elevationDegrees: 0)) }
    }
}
