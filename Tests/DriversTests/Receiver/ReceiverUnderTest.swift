import Drivers
import Engine
import Synchronization

/// A receiver driver in its world, with everything that it has reported.
final class ReceiverUnderTest: Sendable {
    let world: DriverWorld
    private let heard = Mutex<[ReceiverEvent]>([])
    private let driver: any ReceiverDriver

    /// - Parameter make: makes the driver, on the core.
    init(live: Bool, make: (Core) throws -> any ReceiverDriver) throws {
        let world = DriverWorld(live: live)
        self.world = world
        let core = world.core
        let driver = try core.perform { try make(core) }
        self.driver = driver
        core.perform {
            driver.enter { driver in driver.start { [weak self] in self?.hear($0) } }
        }
        world.run()
    }

    deinit {
        world.stop()
    }

    private func hear(_ event: ReceiverEvent) {
        heard.withLock { $0.append(event) }
    }

    var events: [ReceiverEvent] { heard.withLock { $0 } }

    var fixes: [GPSFix] {
        events.compactMap { event in
            if case .fix(let fix) = event { fix } else { nil }
        }
    }

    var conditions: [DriverState.Condition] {
        events.compactMap { event in
            if case .state(let state) = event { state.condition } else { nil }
        }
    }

    func forget() { heard.withLock { $0 = [] } }

    func wait(until condition: (ReceiverUnderTest) -> Bool) async -> Bool {
        await world.wait { condition(self) }
    }
}
