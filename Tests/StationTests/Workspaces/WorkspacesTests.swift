import Drivers
import Engine
@testable import Station
import Synchronization
import Testing

@Suite struct WorkspacesTests {
    private typealias Launch = Result<(WorkspaceSession, Workspace), WorkspaceError>

    /// Workspaces in virtual time, with what they have stored.
    private final class World: Sendable {
        let core: Core
        let rows: KeptRows
        let workspaces: Workspaces
        private let answers = Mutex<[Launch]>([])

        init(
            _ limits: WorkspaceLimits = WorkspaceLimits(), rows: KeptRows = KeptRows(),
            tunnel: (@Sendable (Core) -> any TunnelDriver)? = nil
        ) {
            self.rows = rows
            let core = Core(
                pace: .virtual, seed: 1, utc: UTCTime(nanoseconds: 1_800_000_000_000_000_000),
                store: rows)
            self.core = core
            workspaces = core.perform {
                let workspaces = Workspaces(
                    core: core, limits: limits,
                    audit: Audit(core: core, identity: Identity(core: core)),
                    tunnel: tunnel.map { $0(core) }, captureFolder: nil
                ) { driver in
                    guard case .simulated(let settings) = driver else { return nil }
                    return SimulatedWorkspaceDriver(core: core, settings: settings)
                }
                workspaces.enter {
                    $0.start(
                        workspaces: rows.rows("workspaces"),
                        sessions: rows.rows("workspace_sessions"),
                        counters: rows.rows("counters"))
                }
                return workspaces
            }
        }

        func look<Value: Sendable>(_ body: (isolated Workspaces) throws -> Value) rethrows -> Value
        {
            try core.perform { try workspaces.enter(body) }
        }

        static func worker(_ name: String, isMFAVerified: Bool = false) -> Workspaces.Worker {
            let user = User(
                id: name, email: "\(name)@example.org", name: name, isSuperuser: false,
                isStaff: false, permissions: [], createdAt: UTCTime(nanoseconds: 0))
            return Workspaces.Worker(
                user: user, address: "192.0.2.7", isMFAVerified: isMFAVerified)
        }

        /// Launches and waits; nil when there is no answer yet.
        func launch(
            _ id: String = "ws-linux-desktop", by name: String = "eva",
            isMFAVerified: Bool = false, wait: Duration = .seconds(1)
        ) -> Launch? {
            let worker = Self.worker(name, isMFAVerified: isMFAVerified)
            look { all in
                all.launch(id, for: worker) { answer in
                    self.answers.withLock { $0.append(answer) }
                }
            }
            core.run(for: wait)
            return takeAnswer()
        }

        func takeAnswer() -> Launch? {
            answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }

        func session(_ id: String = "ws-linux-desktop", by name: String = "eva") throws
            -> WorkspaceSession
        {
            try #require(try launch(id, by: name)?.get()).0
        }

        func add(_ change: (inout WorkspaceWishes) -> Void) throws -> Workspace {
            var wish = WorkspaceWishes(Workspace.Description(name: "Shell", type: "linux"))
            change(&wish)
            return try look { [wish] in try $0.add(wish) }
        }

        func now(_ session: WorkspaceSession) throws -> WorkspaceSession {
            try look { try $0.session(session.id, of: session.user) }
        }
    }

    @Test func `a fresh station has five workspaces, and what is deleted stays deleted`() throws {
        let world = World()
        #expect(
            world.look { $0.all().map(\.id) } == [
                "ws-sap-neogenesys", "ws-remote-desktop", "ws-1panel", "ws-linux-desktop",
                "ws-secure-browser",
            ])
        try world.look { all in for workspace in all.all() { try all.delete(workspace.id) } }
        world.core.run(for: .seconds(1))
        #expect(World(rows: world.rows).look { $0.all() }.isEmpty)
    }

    @Test func `a workspace runs until its last session ends, whoever has it`() throws {
        let world = World()
        let (eva, tom) = (try world.session(by: "eva"), try world.session(by: "tom"))
        let again = try world.session(by: "eva")
        #expect(world.look { $0.isRunning("ws-linux-desktop") })
        #expect(
            try world.look { try $0.stop("ws-linux-desktop", by: "eva") }.map(\.id)
                == [eva.id, again.id])
        #expect(world.look { $0.isRunning("ws-linux-desktop") })
        #expect(try world.now(eva).end == .stopped)
        #expect(try world.now(tom).isActive)
        _ = try world.look { try $0.disconnect(tom.id, of: "tom") }
        #expect(!world.look { $0.isRunning("ws-linux-desktop") })
        #expect(try world.now(tom).status == .disconnected)
    }

    @Test func `a session that has ended stays as it was`() throws {
        let world = World()
        let session = try world.session()
        _ = try world.look { try $0.stop("ws-linux-desktop", by: "eva") }
        let ended = try world.now(session)
        world.core.run(for: .seconds(5))
        #expect(try world.look { try $0.disconnect(session.id, of: "eva") } == ended)
        #expect(ended.status == .terminated)
    }

    @Test func `others' sessions are as unknown as those that there are not`() throws {
        let world = World()
        let session = try world.session()
        for (id, user) in [(session.id, "tom"), ("nothing", "eva")] {
            #expect(throws: WorkspaceError.unknownSession) {
                try world.look { try $0.session(id, of: user) }
            }
            #expect(throws: WorkspaceError.unknownSession) {
                try world.look { try $0.disconnect(id, of: user) }
            }
            #expect(throws: WorkspaceError.unknownSession) {
                try world.look { try $0.heartbeat(id, of: user) }
            }
        }
        #expect(try world.now(session).isActive)
    }

    @Test func `a restart ends what was under way, and says so`() throws {
        let world = World()
        let session = try world.session()
        world.core.run(for: .seconds(1))
        let next = World(rows: world.rows)
        #expect(try next.now(session).end == .interrupted)
        #expect(!next.look { $0.isRunning("ws-linux-desktop") })
        next.core.run(for: .seconds(1))
        #expect(try World(rows: next.rows).now(session) == next.now(session))
    }

    @Test func `what goes with the workspace ends with it`() throws {
        let world = World()
        let session = try world.session()
        try world.look { try $0.delete("ws-linux-desktop") }
        #expect(try world.now(session).end == .workspaceDeleted)
    }

    @Test func `a session whose program fails is over, and its user hears why`() throws {
        let world = World()
        let shell = try world.add { wish in
            var settings = SimulatedWorkspaceSettings()
            settings.startFailure = "no such file"
            wish.driver = .simulated(settings)
        }
        let answer = try #require(world.launch(shell.id))
        #expect(throws: WorkspaceError.startFailed("no such file")) { try answer.get() }
        let sessions = world.look { $0.sessions(of: "eva", limit: 10) }
        #expect(sessions.map(\.end) == [.startFailed])
        #expect(!world.look { $0.isRunning(shell.id) })
    }

    @Test func `whoever logs out while it starts is answered, and nothing goes on`() throws {
        let world = World()
        let shell = try world.add { wish in
            var settings = SimulatedWorkspaceSettings()
            settings.startsIn = .seconds(20)
            wish.driver = .simulated(settings)
        }
        #expect(world.launch(shell.id) == nil)
        #expect(world.look { $0.logOut("eva") }.map(\.end) == [.loggedOut])
        #expect(throws: WorkspaceError.startFailed("it was ended: logged_out")) {
            try #require(world.takeAnswer()).get()
        }
        world.core.run(for: .seconds(60))
        #expect(world.look { $0.activeSessions() }.isEmpty)
        #expect(world.takeAnswer() == nil)
    }

    @Test func `a crash ends the session by itself`() throws {
        let world = World()
        let shell = try world.add { wish in
            var settings = SimulatedWorkspaceSettings()
            settings.crashesAfter = .seconds(30)
            wish.driver = .simulated(settings)
        }
        let session = try world.session(shell.id)
        world.core.run(for: .seconds(31))
        #expect(try world.now(session).end == .crashed)
    }

    @Test func `a workspace may want a second factor`() throws {
        let world = World()
        let shell = try world.add { $0.rules.requiresMFA = true }
        #expect(throws: WorkspaceError.needsMFA) { try #require(world.launch(shell.id)).get() }
        let (session, _) = try #require(world.launch(shell.id, isMFAVerified: true)).get()
        #expect(session.isMFAVerified)
    }

    @Test func `what is not available is not launched`() throws {
        let world = World()
        let soon = try world.add { $0.availability = .comingSoon }
        #expect(throws: WorkspaceError.comingSoon) { try #require(world.launch(soon.id)).get() }
        let stopped = try world.add { $0.availability = .stopped }
        #expect(throws: WorkspaceError.notAvailable(.stopped)) {
            try #require(world.launch(stopped.id)).get()
        }
        #expect(throws: WorkspaceError.unknownWorkspace) { try #require(world.launch("x")).get() }
        #expect(throws: WorkspaceError.unknownCommand("vnc")) {
            try world.add { $0.driver = .process(command: "vnc") }
        }
    }

    @Test func `sessions are bounded, of one user and in all`() throws {
        var limits = WorkspaceLimits()
        limits.activeSessions = 3
        limits.activeSessionsPerUser = 2
        let world = World(limits)
        _ = try (world.session(by: "eva"), world.session(by: "eva"))
        #expect(throws: WorkspaceError.tooManySessions) { try world.session(by: "eva") }
        _ = try world.session(by: "tom")
        #expect(throws: WorkspaceError.tooManySessions) { try world.session(by: "kim") }
        _ = world.look { $0.logOut("eva") }
        world.core.run(for: .seconds(1))
        _ = try world.session(by: "kim")
    }

    @Test func `workspaces and ended sessions are bounded`() throws {
        var limits = WorkspaceLimits()
        limits.workspaces = 6
        limits.endedSessions = 2
        let world = World(limits)
        _ = try world.add { _ in }
        #expect(throws: WorkspaceError.tooManyWorkspaces) { try world.add { _ in } }
        let sessions = try (0..<4).map { _ in
            let session = try world.session()
            return try world.look { try $0.disconnect(session.id, of: "eva") }
        }
        world.core.run(for: .seconds(1))
        let kept = world.look { $0.sessions(of: "eva", limit: 10) }.map(\.id)
        #expect(kept == sessions.suffix(2).reversed().map(\.id))
        #expect(world.rows.rows("workspace_sessions").count == 2)
    }

    @Test func `its user is warned, and told of the begin and the end`() throws {
        let world = World()
        let ear = Ear(core: world.core)
        world.core.perform { ear.enter { $0.listen(to: world.workspaces) } }
        let shell = try world.add { $0.rules.maximumDuration = .seconds(100) }
        let session = try world.session(shell.id)
        world.core.run(for: .seconds(100))
        let end = session.startedAt.advanced(by: .seconds(100))
        let events = world.core.look { ear.enter { $0.events } }
        #expect(events == [.started, .warning(.expired, at: end), .ended])
    }

    private actor Ear: CoreActor {
        nonisolated let core: Core
        private(set) var events: [WorkspaceNews.Event] = []
        private var feed: Subscription<WorkspaceNews>?

        init(core: Core) {
            self.core = core
        }

        func listen(to workspaces: Workspaces) {
            feed = workspaces.news.subscribe(self, about: "eva", .everything(limit: .max)) {
                $0.events.append($1.event)
            }
        }
    }

    @Test func `the tunnel is asked, and what it says is kept`() throws {
        let world = World(tunnel: { StaleTunnel(core: $0) })
        #expect(try world.session().tunnel == .stale)
        #expect(try World().session().tunnel == .encrypted, "nothing is configured")
    }

    private actor StaleTunnel: TunnelDriver {
        nonisolated let core: Core
        let lastLook: TunnelLook? = nil
        private var answer: (@Sendable (TunnelStatus) -> Void)?
        private lazy var timer = Timer(on: self) { $0.answer?(.stale) }

        init(core: Core) {
            self.core = core
        }

        func status(of address: String, then: @escaping @Sendable (TunnelStatus) -> Void) {
            answer = address == "192.0.2.7" ? then : nil
            timer.arm(after: .milliseconds(100))
        }
    }

    @Test(arguments: [
        ("name", ""), ("name", String(repeating: "x", count: 201)), ("name", "two\nlines"),
        ("type", ""), ("description", String(repeating: "x", count: 2001)),
    ])
    func `a workspace's texts are bounded, and the wrong one is named`(name: String, text: String)
        throws
    {
        let world = World()
        let error = #expect(throws: WorkspaceError.self) {
            try world.add { wish in
                switch name {
                case "name": wish.description.name = text
                case "type": wish.description.type = text
                default: wish.description.text = text
                }
            }
        }
        guard case .invalid(let problem)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(problem.hasPrefix("\"\(name)\""))
    }

    @Test func `a workspace's bounds are bounded`() throws {
        let world = World()
        for bound in [Duration.milliseconds(999), .seconds(366 * 86400 + 1)] {
            let error = #expect(throws: WorkspaceError.self) {
                try world.add { $0.rules.idleTimeout = bound }
            }
            #expect(error == .invalid("\"idle_timeout_seconds\" must be from 1 to 31622400"))
        }
    }

    @Test func `everything of a workspace is stored`() throws {
        let world = World()
        let made = try world.add { wish in
            wish.description.text = "A shell"
            wish.description.url = "http://example.org"
            wish.description.requiresNetBird = true
            wish.availability = .error
            wish.rules.requiresMFA = true
            wish.rules.recordsSessions = true
            wish.rules.maximumDuration = .seconds(8 * 3600)
            wish.rules.heartbeat = .milliseconds(1500)
            var settings = SimulatedWorkspaceSettings()
            settings.crashesAfter = .seconds(7)
            wish.driver = .simulated(settings)
        }
        world.core.run(for: .seconds(1))
        #expect(try World(rows: world.rows).look { try $0.workspace(made.id) } == made)
    }
}
