import Drivers
import Engine
import Testing

@Suite struct SimulatedReceiverTests {
    private let home = GPSFix.Position(
        latitudeDegrees: 52, longitudeDegrees: 4.36, altitudeMeters: 46)

    private func make(
        _ path: SimulatedReceiverPath
    ) throws -> (ReceiverUnderTest, SimulatedReceiver) {
        var made: SimulatedReceiver?
        let driver = try ReceiverUnderTest(live: false) { core in
            let device = SimulatedReceiver(core: core, path: path)
            made = device
            return device
        }
        return (driver, try #require(made))
    }

    @Test func `the simulated receiver keeps the receiver contract, in virtual time`() async throws
    {
        let (driver, device) = try make(SimulatedReceiverPath(wayPoints: [home]))
        func change(_ change: (inout SimulatedReceiverFaults) -> Void) {
            var faults = SimulatedReceiverFaults()
            change(&faults)
            let new = faults
            driver.world.core.perform { device.enter { $0.setFaults(new) } }
        }
        await ReceiverContract(
            driver: driver, setFix: { hasFix in change { $0.withoutFix = !hasFix } },
            setSilent: { isSilent in change { $0.silent = isSilent } }
        ).holds()
    }

    @Test func `a lost connection is failed, and ready again when it is back`() throws {
        let (driver, device) = try make(SimulatedReceiverPath(wayPoints: [home]))
        let core = driver.world.core
        core.run(for: .seconds(3))
        var faults = SimulatedReceiverFaults()
        faults.disconnected = true
        let lost = faults
        core.perform { device.enter { $0.setFaults(lost) } }
        core.run(for: .seconds(5))
        core.perform { device.enter { $0.setFaults(SimulatedReceiverFaults()) } }
        core.run(for: .seconds(3))
        #expect(
            driver.conditions == [
                .connecting, .ready, .failed(.link(.reset)), .failed(.link(.refused)), .ready,
            ])
    }

    @Test func `noise has the spread that is asked for, and follows from the seed`() throws {
        func run() throws -> [GPSFix] {
            let path = SimulatedReceiverPath(wayPoints: [home], noiseMeters: 3)
            let (driver, _) = try make(path)
            driver.world.core.run(for: .seconds(2000))
            return driver.fixes
        }
        let fixes = try run()
        #expect(fixes.count == 2000)
        let north = fixes.compactMap(\.position).map { ($0.latitudeDegrees - 52) * 111_195 }
        let mean = north.reduce(0, +) / 2000
        let spread = (north.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000).squareRoot()
        #expect(abs(mean) < 0.3)
        #expect(abs(spread - 3) < 0.3)
        #expect(try run() == fixes)
    }

    @Test func `closing is for good`() throws {
        let (driver, device) = try make(SimulatedReceiverPath(wayPoints: [home]))
        let core = driver.world.core
        core.run(for: .seconds(3))
        core.perform { device.enter { $0.close() } }
        driver.forget()
        core.run(for: .seconds(60))
        #expect(driver.events == [])
    }
}
