import Drivers
import Engine
import Synchronization

/// A rotor driver in its world, with everything that it has reported.
final class RotorUnderTest: Sendable {
    let world: DriverWorld
    private let heard = Mutex<[RotorEvent]>([])
    private let commands: InputPort<TestInput<RotorCommand>>
    private let closing: InputPort<TestInput<RotorCommand>>
    private let lifeLine: RotorLifeLine

    /// - Parameter make: makes the driver, on the core.
    init(live: Bool, make: (Core) throws -> any RotorDriver) throws {
        let world = DriverWorld(live: live)
        self.world = world
        let core = world.core
        let lifeLine = try core.perform {
            try RotorLifeLine(core: core, driver: make(core))
        }
        self.lifeLine = lifeLine
        commands = core.inputPort(to: lifeLine) { $0.submit($1.value) }
        closing = core.inputPort(to: lifeLine) { $0.submit($1.value, thenClose: true) }
        core.perform {
            lifeLine.enter { line in line.start { [weak self] in self?.hear($0) } }
        }
        world.run()
    }

    deinit {
        world.stop()
    }

    private func hear(_ event: RotorEvent) {
        heard.withLock { $0.append(event) }
    }

    var events: [RotorEvent] { heard.withLock { $0 } }

    func forget() { heard.withLock { $0 = [] } }

    /// Submits commands together, in one turn.
    func submit(_ list: RotorCommand...) {
        commands.send(contentsOf: list.map { TestInput(value: $0) })
    }

    /// Submits a command and lets go of the driver, in one turn.
    func submitAndClose(_ command: RotorCommand) {
        closing.send(TestInput(value: command))
    }

    func wait(_ limit: Duration = .seconds(30), until condition: ([RotorEvent]) -> Bool) async
        -> Bool
    {
        await world.wait(limit) { condition(events) }
    }

    func becomesReady() async -> Bool {
        await wait { $0.last(where: \.isState)?.condition == .ready }
    }
}

/// Owns the driver inside the core.
private actor RotorLifeLine: CoreActor {
    nonisolated let core: Core
    private var driver: (any RotorDriver)?

    init(core: Core, driver: any RotorDriver) {
        self.core = core
        self.driver = driver
    }

    func start(_ report: @escaping @Sendable (RotorEvent) -> Void) {
        driver?.enter { $0.start(report) }
    }

    func submit(_ command: RotorCommand, thenClose: Bool = false) {
        driver?.enter {
            $0.submit(command)
            if thenClose { $0.close() }
        }
        if thenClose { driver = nil }
    }
}

extension RotorEvent {
    var condition: DriverState.Condition? {
        if case .state(let state) = self { state.condition } else { nil }
    }

    var isState: Bool { condition != nil }

    var position: (azimuth: Double, elevation: Double)? {
        guard case .position(let azimuth, let elevation) = self else { return nil }
        return (azimuth, elevation)
    }

    var finished: (command: RotorCommand, error: RotorError?)? {
        guard case .finished(let command, let error) = self else { return nil }
        return (command, error)
    }
}
