import Drivers
import Engine
import TestSupport
import Testing

@Suite(.runsTwice, .quiet) struct SimulatedReceiverTests {
    @Test func `the simulated receiver keeps the receiver contract, in virtual time`() async throws
    {
        let bench = try SimulatedReceiverBench()
        await ReceiverContract(
            driver: bench.driver, setFix: { hasFix in bench.fail { $0.withoutFix = !hasFix } },
            setSilent: { isSilent in bench.fail { $0.silent = isSilent } }
        ).holds()
    }

    @Test func `a lost connection is failed, and ready again when it is back`() throws {
        let bench = try SimulatedReceiverBench()
        bench.pass(.seconds(3))
        bench.fail { $0.disconnected = true }
        bench.pass(.seconds(5))
        bench.mend()
        // The driver's longest pause is five seconds.
        bench.pass(.seconds(7))
        #expect(
            bench.conditions == [
                .connecting, .ready, .failed(.link(.reset)), .failed(.link(.refused)), .ready,
            ])
    }

    @Test func `a fix comes within an epoch, with the satellites and the receiver's time`() throws {
        let bench = try SimulatedReceiverBench()
        bench.pass(.milliseconds(1300))
        let fix = try #require(bench.fixes.first)
        #expect(fix.receivedAt == Instant.start.advanced(by: .milliseconds(1001)))
        #expect(fix.deviceUnixSeconds == 1_795_176_001)
        #expect(fix.mode == .threeDimensional)
        #expect((fix.satellitesUsed, fix.satellitesVisible) == (8, 8))
        #expect(fix.position == SimulatedReceiverBench.home)
        #expect(bench.fixes.count == 1)
    }

    @Test func `noise has the spread that is asked for, and follows from the seed`() throws {
        func run() throws -> SimulatedReceiverBench {
            let bench = try SimulatedReceiverBench(
                SimulatedReceiverPath(wayPoints: [SimulatedReceiverBench.home], noiseMeters: 3))
            bench.pass(.milliseconds(2_000_500))
            return bench
        }
        let bench = try run()
        #expect(bench.fixes.count == 2000)
        let north = bench.metersNorth
        let mean = north.reduce(0, +) / 2000
        let spread = (north.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000).squareRoot()
        #expect(abs(mean) < 0.3)
        #expect(abs(spread - 3) < 0.3)
        #expect(try run().fixes == bench.fixes)
    }

    @Test func `two runs with one seed are the same run`() throws {
        func trace() throws -> UInt64 {
            let bench = try SimulatedReceiverBench(SimulatedReceiverBench.north)
            bench.pass(.seconds(5))
            bench.fail { $0.garbled = true }
            bench.pass(.seconds(20))
            bench.fail { $0.disconnected = true }
            bench.pass(.seconds(20))
            bench.mend()
            bench.pass(.seconds(20))
            return bench.driver.world.core.progress.trace
        }
        #expect(try trace() == trace())
    }

    @Test func `closing is for good`() throws {
        let bench = try SimulatedReceiverBench()
        let core = bench.driver.world.core
        core.run(for: .seconds(3))
        core.perform { bench.device.enter { $0.close() } }
        bench.driver.forget()
        core.perform { bench.device.enter { $0.start { _ in } } }
        core.run(for: .seconds(60))
        #expect(core.run(for: .seconds(3600)) == 0, "the receiver goes on by itself")
        #expect(bench.driver.events == [])
    }
}
