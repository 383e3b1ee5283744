import Drivers
import Engine
import Synchronization
import Testing

/// What every workspace driver does, whatever is behind it.
struct WorkspaceContract: Sendable {
    let live: Bool
    /// Whether the sessions have something to look at.
    let hasViewer: Bool
    /// A session that lives until it is stopped, one that ends by itself once it has started, one
    /// that never starts, and one that starts too slowly to wait for.
    let good: @Sendable (Core) throws -> any WorkspaceDriver
    let crashing: @Sendable (Core) throws -> any WorkspaceDriver
    let broken: @Sendable (Core) throws -> any WorkspaceDriver
    let slow: @Sendable (Core) throws -> any WorkspaceDriver

    func holds() async throws {
        try await livesUntilItIsStopped()
        try await saysThatItCrashed()
        try await saysThatItNeverStarted()
        try await canBeStoppedBeforeItHasStarted()
        try await leavesWhatIsStoppedWithoutAStartAlone()
    }

    private func livesUntilItIsStopped() async throws {
        let session = try WorkspaceUnderTest(live: live, good)
        session.begin()
        #expect(session.eventsOfTheFirstTurn.isEmpty, "nothing is reported within the call")
        #expect(await session.wait { !$0.isEmpty })
        guard case .started(let viewer)? = session.events.first else {
            Issue.record("\(session.events)")
            return
        }
        #expect((viewer != nil) == hasViewer)
        await session.staysSilent()
        session.stop()
        session.stop()
        #expect(await session.wait { $0.count > 1 })
        #expect(session.events == [.started(viewer: viewer), .ended(.stopped)])
        session.stop()
        await session.staysSilent()
    }

    private func saysThatItCrashed() async throws {
        let session = try WorkspaceUnderTest(live: live, crashing)
        session.begin()
        #expect(await session.wait { $0.count > 1 })
        guard session.events.count == 2, case .started = session.events[0],
            case .ended(.crashed(let how)) = session.events[1]
        else {
            Issue.record("\(session.events)")
            return
        }
        #expect(!how.isEmpty)
        session.stop()
        await session.staysSilent()
    }

    private func saysThatItNeverStarted() async throws {
        let session = try WorkspaceUnderTest(live: live, broken)
        session.begin()
        #expect(await session.wait { !$0.isEmpty })
        guard session.events.count == 1, case .ended(.startFailed(let why)) = session.events[0]
        else {
            Issue.record("\(session.events)")
            return
        }
        #expect(!why.isEmpty)
        await session.staysSilent()
    }

    private func canBeStoppedBeforeItHasStarted() async throws {
        let session = try WorkspaceUnderTest(live: live, slow)
        session.begin()
        await session.staysSilent()
        session.stop()
        #expect(await session.wait { !$0.isEmpty })
        #expect(session.events == [.ended(.stopped)])
    }

    private func leavesWhatIsStoppedWithoutAStartAlone() async throws {
        let session = try WorkspaceUnderTest(live: live, good)
        session.stop()
        await session.staysSilent()
        #expect(session.events.isEmpty)
    }
}

/// One session of a workspace driver in its world, with everything that it has reported.
final class WorkspaceUnderTest: Sendable {
    final class Heard: Sendable {
        let events = Mutex<[WorkspaceEvent]>([])
        let firstTurn = Mutex<[WorkspaceEvent]>([])
    }

    static let wish = WorkspaceWish(
        session: "s-1", user: "u-1", userEmail: "ada@example.org", workspace: "ws-desktop",
        workspaceName: "Desktop", clientAddress: "192.0.2.7")

    let world: DriverWorld
    private let heard = Heard()
    private let starts: InputPort<TestInput<WorkspaceWish>>
    private let stops: InputPort<TestInput<Int>>

    init(live: Bool, _ make: (Core) throws -> any WorkspaceDriver) throws {
        let world = DriverWorld(live: live)
        self.world = world
        let core = world.core
        let line = try core.perform { [heard] in
            WorkspaceLifeLine(core: core, driver: try make(core), heard: heard)
        }
        starts = core.inputPort(to: line) { $0.start($1.value) }
        stops = core.inputPort(to: line) { line, _ in line.stop() }
        world.run()
    }

    deinit {
        world.stop()
    }

    var events: [WorkspaceEvent] { heard.events.withLock { $0 } }
    var eventsOfTheFirstTurn: [WorkspaceEvent] { heard.firstTurn.withLock { $0 } }

    func begin() { starts.send(TestInput(value: Self.wish)) }

    func stop() { stops.send(TestInput(value: 0)) }

    func wait(until condition: ([WorkspaceEvent]) -> Bool) async -> Bool {
        await world.wait { condition(events) }
    }

    /// Lets a while pass in which nothing more may come.
    func staysSilent() async {
        let before = events
        _ = await world.wait(.milliseconds(300)) { events != before }
        #expect(events == before)
    }
}

/// Owns the driver inside the core.
private actor WorkspaceLifeLine: CoreActor {
    nonisolated let core: Core
    private let driver: any WorkspaceDriver
    private let heard: WorkspaceUnderTest.Heard

    init(core: Core, driver: any WorkspaceDriver, heard: WorkspaceUnderTest.Heard) {
        self.core = core
        self.driver = driver
        self.heard = heard
    }

    func start(_ wish: WorkspaceWish) {
        driver.enter { [heard] driver in
            driver.start(wish) { event in heard.events.withLock { $0.append(event) } }
        }
        heard.firstTurn.withLock { $0 = heard.events.withLock { $0 } }
    }

    func stop() {
        driver.enter { $0.stop() }
    }
}
