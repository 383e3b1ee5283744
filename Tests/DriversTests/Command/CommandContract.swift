import Drivers
import Engine
import Synchronization
import Testing

/// What every command driver does, whatever is behind it.
struct CommandContract: Sendable {
    let live: Bool
    /// What the device does and answers with output.
    let good: DeviceOrder
    /// What the device, or whoever speaks for it, refuses.
    let bad: DeviceOrder
    /// A driver for the device, and one for a device that cannot be reached.
    let make: @Sendable (Core) throws -> any CommandDriver
    let makeAway: @Sendable (Core) throws -> any CommandDriver

    func holds() async throws {
        try await doesWhatItIsTold()
        try await endsOnceWhenItIsRefused()
        try await saysThatNobodyIsThere()
        try await isSilentOnceCancelled()
    }

    private func doesWhatItIsTold() async throws {
        let run = try CommandUnderTest(live: live, make)
        run.begin(good)
        #expect(run.eventsOfTheFirstTurn.isEmpty, "nothing is reported within the call")
        #expect(await run.ends())
        #expect(run.events.first == .reached)
        #expect(run.events.filter { $0 == .reached }.count == 1)
        #expect(run.events.last == .ended(exitCode: 0))
        #expect(!run.output.isEmpty)
        await run.staysSilent()
    }

    private func endsOnceWhenItIsRefused() async throws {
        let run = try CommandUnderTest(live: live, make)
        run.begin(bad)
        #expect(await run.ends())
        #expect(run.events.filter(\.isFinal).count == 1)
        switch run.events.last {
        case .failed(let failure)?:
            #expect(!failure.isUnreachable)
            #expect(!failure.reason.isEmpty)
        case .ended(let code)?: #expect(code != 0)
        default: Issue.record("\(run.events)")
        }
        await run.staysSilent()
    }

    private func saysThatNobodyIsThere() async throws {
        let run = try CommandUnderTest(live: live, makeAway)
        run.begin(good)
        #expect(await run.ends())
        guard case .failed(let failure)? = run.events.first else {
            Issue.record("\(run.events)")
            return
        }
        #expect(failure.isUnreachable)
        #expect(run.events.count == 1)
    }

    private func isSilentOnceCancelled() async throws {
        let early = try CommandUnderTest(live: live, make)
        early.begin(good, thenCancel: true)
        await early.staysSilent()
        #expect(early.events.isEmpty)
        let late = try CommandUnderTest(live: live, make)
        late.cancelWhenReached = true
        late.begin(good)
        #expect(await late.wait { !$0.isEmpty })
        await late.staysSilent()
        #expect(late.events == [.reached])
    }
}

/// One run of a command driver in its world, with everything that it has reported.
final class CommandUnderTest: Sendable {
    private struct State {
        var events: [CommandEvent] = []
        var firstTurn: [CommandEvent]?
        var cancels = false
    }

    let world: DriverWorld
    private let state = Mutex(State())
    private let line: CommandLifeLine
    private let orders: InputPort<TestInput<DeviceOrder>>
    private let cancelled: InputPort<TestInput<DeviceOrder>>

    init(live: Bool, _ make: (Core) throws -> any CommandDriver) throws {
        let world = DriverWorld(live: live)
        self.world = world
        let core = world.core
        let line = try core.perform { CommandLifeLine(core: core, driver: try make(core)) }
        self.line = line
        orders = core.inputPort(to: line) { $0.run($1.value) }
        cancelled = core.inputPort(to: line) {
            $0.run($1.value)
            $0.cancel()
        }
        core.perform {
            line.enter { line in
                line.hear(
                    { [weak self] in self?.note($0) ?? false },
                    begun: { [weak self] in self?.noteBegin() })
            }
        }
        world.run()
    }

    deinit {
        world.stop()
    }

    var cancelWhenReached: Bool {
        get { state.withLock { $0.cancels } }
        set { state.withLock { $0.cancels = newValue } }
    }

    var events: [CommandEvent] { state.withLock { $0.events } }
    var eventsOfTheFirstTurn: [CommandEvent] { state.withLock { $0.firstTurn ?? [] } }

    var output: String {
        let pieces = events.compactMap { if case .output(let bytes) = $0 { bytes } else { nil } }
        return String(decoding: pieces.joined(), as: UTF8.self)
    }

    func begin(_ order: DeviceOrder, thenCancel: Bool = false) {
        (thenCancel ? cancelled : orders).send(TestInput(value: order))
    }

    func wait(until condition: ([CommandEvent]) -> Bool) async -> Bool {
        await world.wait { condition(events) }
    }

    func ends() async -> Bool {
        await wait { $0.last?.isFinal == true }
    }

    /// Lets a while pass in which nothing more may come.
    func staysSilent() async {
        let before = events
        _ = await world.wait(.milliseconds(300)) { events != before }
        #expect(events == before)
    }

    private func note(_ event: CommandEvent) -> Bool {
        state.withLock { state in
            state.events.append(event)
            return state.cancels && event == .reached
        }
    }

    private func noteBegin() {
        state.withLock { $0.firstTurn = $0.events }
    }
}

/// Owns the driver inside the core.
private actor CommandLifeLine: CoreActor {
    nonisolated let core: Core
    private let driver: any CommandDriver
    /// True when the driver is to be cancelled.
    private var report: @Sendable (CommandEvent) -> Bool = { _ in false }
    private var begun: @Sendable () -> Void = {}

    init(core: Core, driver: any CommandDriver) {
        self.core = core
        self.driver = driver
    }

    func hear(
        _ report: @escaping @Sendable (CommandEvent) -> Bool,
        begun: @escaping @Sendable () -> Void
    ) {
        self.report = report
        self.begun = begun
    }

    func run(_ order: DeviceOrder) {
        driver.enter { driver in
            driver.run(order) { [weak self] event in
                self?.enter { line in if line.report(event) { line.cancel() } }
            }
        }
        begun()
    }

    func cancel() {
        driver.enter { $0.cancel() }
    }
}
