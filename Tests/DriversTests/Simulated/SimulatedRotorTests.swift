import Drivers
import Engine
import Testing

@Suite struct SimulatedRotorTests {
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
