import Drivers
import Engine

/// A simulated receiver in virtual time, and a way to make things go wrong with it.
struct SimulatedReceiverBench {
    static let home = GPSFix.Position(
        latitudeDegrees: 52, longitudeDegrees: 4.36, altitudeMeters: 46)

    /// A path that goes north from home at 10 metres a second.
    static var north: SimulatedReceiverPath {
        var far = home
        far.latitudeDegrees += 1
        return SimulatedReceiverPath(wayPoints: [home, far], speedMetersPerSecond: 10)
    }

    let driver: ReceiverUnderTest
    let device: SimulatedReceiver

    init(_ path: SimulatedReceiverPath = SimulatedReceiverPath(wayPoints: [home])) throws {
        var made: SimulatedReceiver?
        driver = try ReceiverUnderTest(live: false) { core in
            let device = SimulatedReceiver(core: core, path: path)
            made = device
            return device
        }
        guard let made else { throw NotMade() }
        device = made
    }

    private struct NotMade: Error {}

    var fixes: [GPSFix] { driver.fixes }
    var conditions: [DriverState.Condition] { driver.conditions }

    /// How far north of home each fix is.
    var metersNorth: [Double] {
        fixes.compactMap(\.position).map {
            ($0.latitudeDegrees - Self.home.latitudeDegrees) * 111_195
        }
    }

    func pass(_ duration: Duration) { driver.world.core.run(for: duration) }

    /// Has these faults and no others from now on.
    func fail(_ change: (inout SimulatedReceiverFaults) -> Void) {
        var faults = SimulatedReceiverFaults()
        change(&faults)
        let new = faults
        driver.world.core.perform { device.enter { $0.setFaults(new) } }
    }

    func mend() { fail { _ in } }

    /// Becomes ready and forgets how: half a second after an epoch, all fixes so far shown.
    func settle() {
        pass(.milliseconds(5500))
        driver.forget()
    }
}
