package import Drivers
package import Engine

/// What the station offers to work with, and who works with it.
package actor Workspaces: CoreActor {
    package nonisolated let core: Core
    package nonisolated let limits: WorkspaceLimits
    /// Published about its user when a session begins, is warned, or is over.
    package nonisolated let news = Topic<WorkspaceNews>("workspace.news")
    /// Where what goes through streams is written down; nil for nowhere.
    package nonisolated let captureFolder: String?
    private let audit: Audit
    private let tunnel: (any TunnelDriver)?
    private let makeDriver: MakeDriver
    private var ids: UniqueIDs
    private lazy var random = core.random("workspaces")
    private var workspaces: [String: Workspace] = [:]
    private var history = SessionHistory()
    private var runs: [String: SessionRun] = [:]
    /// Who waits for a session to start.
    private var waiting: [String: Started] = [:]

    /// Makes what works for one session; nil when the configuration has no such command.
    package typealias MakeDriver = @Sendable (Workspace.Driver) -> (any WorkspaceDriver)?
    package typealias Started =
        @Sendable (Result<(WorkspaceSession, Workspace), WorkspaceError>) -> Void

    /// Somebody who works, as their login proved it.
    package struct Worker: Sendable {
        package let user: User
        package let address: String
        package let isMFAVerified: Bool

        package init(user: User, address: String, isMFAVerified: Bool) {
            self.user = user
            self.address = address
            self.isMFAVerified = isMFAVerified
        }
    }

    /// - Parameter tunnel: nil where nothing is configured, and everything counts as encrypted.
    init(
        core: Core, limits: WorkspaceLimits, audit: Audit, tunnel: (any TunnelDriver)?,
        captureFolder: String?, makeDriver: @escaping MakeDriver
    ) {
        self.core = core
        self.limits = limits
        self.audit = audit
        self.tunnel = tunnel
        self.captureFolder = captureFolder
        self.makeDriver = makeDriver
        ids = UniqueIDs(core: core, purpose: "workspace sessions")
    }

    /// Nil where there is no tunnel.
    var tunnelHealth: DriverHealth? {
        guard let tunnel, !(tunnel is NoTunnel) else { return nil }
        guard let look = tunnel.enter({ $0.lastLook }) else {
            return DriverHealth(.tunnel, "tunnel", .idle, detail: "nobody has asked for it yet")
        }
        var health = DriverHealth(
            .tunnel, "tunnel", look.problem == nil ? .ok : .lost, detail: look.problem)
        let age = look.at.duration(to: core.now)
        health.values = [.init("answered", .flag(look.problem == nil), age: age)]
        return health
    }

    func start(
        workspaces rows: [StoreRow], sessions sessionRows: [StoreRow], counters: [StoreRow]
    ) {
        for workspace in rows.compactMap(Workspace.stored) { workspaces[workspace.id] = workspace }
        if !counters.contains(where: { $0.text("name") == Self.defaultsCounter }) { addDefaults() }
        history = SessionHistory(sessionRows.compactMap(WorkspaceSession.stored))
        // What they worked with has gone with the station.
        for session in history.active(where: { _ in true }) {
            end(session, .interrupted, detail: "")
        }
        forgetTheOldest()
    }

    /// What says that the station has had its first workspaces, deleted since or not.
    private static let defaultsCounter = "default_workspaces"

    private func addDefaults() {
        let defaults = Workspace.defaults(createdAt: core.utc)
        defaults.forEach(save)
        let count = StoreValue.integer(Int64(defaults.count))
        core.write(
            .put(table: "counters", row: ["name": .text(Self.defaultsCounter), "value": count]))
    }

    // MARK: Workspaces

    /// The first one first.
    package func all() -> [Workspace] {
        workspaces.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    package func workspace(_ id: String) throws(WorkspaceError) -> Workspace {
        guard let workspace = workspaces[id] else { throw .unknownWorkspace }
        return workspace
    }

    /// Whether anybody works with it.
    package func isRunning(_ id: String) -> Bool {
        history.active.values.contains { $0.workspace == id }
    }

    package func add(_ wish: WorkspaceWishes) throws(WorkspaceError) -> Workspace {
        try wish.check(limits)
        try check(wish.driver)
        guard workspaces.count < limits.workspaces else { throw .tooManyWorkspaces }
        let workspace = Workspace(
            id: newID(), description: wish.description, availability: wish.availability,
            driver: wish.driver, rules: wish.rules, createdAt: core.utc)
        save(workspace)
        return workspace
    }

    /// Sessions under way keep the bounds that they began with.
    package func change(
        _ id: String, to wish: WorkspaceWishes
    ) throws(WorkspaceError) -> Workspace {
        var workspace = try workspace(id)
        try wish.check(limits)
        if wish.driver != workspace.driver { try check(wish.driver) }
        workspace.description = wish.description
        workspace.availability = wish.availability
        workspace.driver = wish.driver
        workspace.rules = wish.rules
        save(workspace)
        return workspace
    }

    /// Ends its sessions, too.
    package func delete(_ id: String) throws(WorkspaceError) {
        _ = try workspace(id)
        end(.workspaceDeleted) { $0.workspace == id }
        workspaces[id] = nil
        core.write(.delete(table: "workspaces", key: ["id": .text(id)]))
    }

    private func check(_ driver: Workspace.Driver) throws(WorkspaceError) {
        guard case .process(let command) = driver else { return }
        guard makeDriver(driver) != nil else { throw .unknownCommand(command) }
    }

    private func save(_ workspace: Workspace) {
        workspaces[workspace.id] = workspace
        core.write(.put(table: "workspaces", row: workspace.row))
    }

    /// Like those of the original: eight hexadecimal digits.
    private func newID() -> String {
        while true {
            let digits = String(random.next() >> 32, radix: 16)
            let id = "ws-" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
            if workspaces[id] == nil { return id }
        }
    }

    // MARK: Sessions

    /// A user's, newest first.
    package func sessions(
        of user: String, isActive: Bool? = nil, offset: Int = 0, limit: Int
    ) -> [WorkspaceSession] {
        Array(
            history.sessions(of: user).filter { isActive == nil || $0.isActive == isActive }
                .dropFirst(offset).prefix(limit))
    }

    /// A user's own; others' are as unknown as those that there are not.
    package func session(_ id: String, of user: String) throws(WorkspaceError) -> WorkspaceSession {
        guard let session = history[id], session.user == user else { throw .unknownSession }
        return session
    }

    /// Everybody's that are under way, the first one first; for administrators.
    package func activeSessions() -> [WorkspaceSession] { history.active { _ in true } }

    /// Refuses what `launch` would refuse at once.
    package func check(_ id: String, for worker: Worker) throws(WorkspaceError) {
        _ = try launchable(id, for: worker)
    }

    /// Begins a session; `then` is called once, when it can be worked with or never will.
    package func launch(_ id: String, for worker: Worker, then: @escaping Started) {
        guard let tunnel else { return begin(id, worker, .encrypted, then) }
        tunnel.enter { tunnel in
            tunnel.status(of: worker.address) { status in
                self.enter { $0.begin(id, worker, status, then) }
            }
        }
    }

    private func launchable(
        _ id: String, for worker: Worker
    ) throws(WorkspaceError) -> (Workspace, any WorkspaceDriver) {
        let workspace = try workspace(id)
        switch workspace.availability {
        case .available: break
        case .comingSoon: throw .comingSoon
        case .stopped, .error: throw .notAvailable(workspace.availability)
        }
        if workspace.rules.requiresMFA, !worker.isMFAVerified { throw .needsMFA }
        let ofUser = history.active.values.count { $0.user == worker.user.id }
        // What is still clearing up takes its room.
        guard runs.count < limits.activeSessions, ofUser < limits.activeSessionsPerUser else {
            throw .tooManySessions
        }
        guard let driver = makeDriver(workspace.driver) else {
            throw .unknownCommand(workspace.driver.command)
        }
        return (workspace, driver)
    }

    private func begin(
        _ id: String, _ worker: Worker, _ tunnel: TunnelStatus, _ then: @escaping Started
    ) {
        let workspace: Workspace
        let driver: any WorkspaceDriver
        do throws(WorkspaceError) {
            // Meanwhile it may have changed.
            (workspace, driver) = try launchable(id, for: worker)
        } catch {
            return then(.failure(error))
        }
        let session = WorkspaceSession(
            id: ids.next { history[$0] != nil }, user: worker.user.id,
            userEmail: worker.user.email, workspace: id, workspaceName: workspace.description.name,
            workspaceType: workspace.description.type, startedAt: core.utc.milliseconds,
            address: worker.address, tunnel: tunnel, isMFAVerified: worker.isMFAVerified,
            isRecorded: workspace.rules.recordsSessions && captureFolder != nil)
        put(session)
        waiting[session.id] = then
        publish(session, .started)
        let run = SessionRun(
            core: core, wish: WorkspaceWish(session), driver: driver,
            progress: SessionProgress(workspace.rules, warning: limits.warning)
        ) { [weak self, id = session.id] news in self?.enter { $0.hear(news, of: id) } }
        runs[session.id] = run
        run.enter { $0.handle(.launched) }
    }

    /// Ends a user's own session; one that has ended stays as it is.
    package func disconnect(
        _ id: String, of user: String
    ) throws(WorkspaceError) -> WorkspaceSession {
        let session = try session(id, of: user)
        guard session.isActive else { return session }
        end(.disconnected) { $0.id == id }
        return history[id] ?? session
    }

    /// Ends what a user does with a workspace.
    package func stop(_ id: String, by user: String) throws(WorkspaceError) -> [WorkspaceSession] {
        _ = try workspace(id)
        return end(.stopped) { $0.workspace == id && $0.user == user }
    }

    /// Ends everything that a user does.
    package func logOut(_ user: String) -> [WorkspaceSession] {
        end(.loggedOut) { $0.user == user }
    }

    /// Ends anybody's session, for an administrator.
    package func force(_ id: String) throws(WorkspaceError) -> WorkspaceSession {
        guard let session = history[id] else { throw .unknownSession }
        guard session.isActive else { throw .hasEnded }
        end(.forced) { $0.id == id }
        return history[id] ?? session
    }

    /// Its user's program says that it is there.
    package func heartbeat(_ id: String, of user: String) throws(WorkspaceError) {
        guard try session(id, of: user).isActive else { throw .hasEnded }
        runs[id]?.enter { $0.handle(.heard) }
    }

    @discardableResult
    private func end(
        _ end: WorkspaceSession.End, where isMeant: (WorkspaceSession) -> Bool
    ) -> [WorkspaceSession] {
        let sessions = history.active(where: isMeant)
        for session in sessions { runs[session.id]?.enter { $0.handle(.end(end)) } }
        return sessions.compactMap { history[$0.id] }
    }

    // MARK: Streams

    /// What a session's stream is like, for its user.
    package enum Stream: Sendable, Equatable {
        case starting
        case open(ViewerPlace)
        /// The session works without anything to look at.
        case absent
    }

    /// Where a session's stream is; nil for one that has ended.
    package func stream(of session: String) -> Stream? {
        guard history[session]?.isActive == true, let run = runs[session] else { return nil }
        return run.enter { run in
            run.hasStarted ? run.viewer.map(Stream.open) ?? .absent : .starting
        }
    }

    /// So many look at a session's stream now.
    package func viewers(_ count: Int, of session: String) {
        runs[session]?.enter { $0.handle(.viewers(count)) }
    }

    /// Its user does something in its stream.
    package func used(_ session: String) {
        runs[session]?.enter { $0.handle(.used) }
    }

    // MARK: What becomes of sessions

    private func hear(_ event: SessionRun.News, of id: String) {
        guard let session = history[id] else { return }
        switch event {
        case .started:
            guard let workspace = workspaces[session.workspace] else { return }
            waiting.removeValue(forKey: id)?(.success((session, workspace)))
        case .warning(let end, let after):
            publish(session, .warning(end, at: core.utc.advanced(by: after)))
        case .ended(let reason, let detail):
            end(session, reason, detail: detail)
            let why = detail.isEmpty ? "it was ended: \(reason.rawValue)" : detail
            waiting.removeValue(forKey: id)?(.failure(.startFailed(why)))
            forgetTheOldest()
        case .gone: runs[id] = nil
        }
    }

    private func end(_ session: WorkspaceSession, _ reason: WorkspaceSession.End, detail: String) {
        let ended = session.ended(reason, at: core.utc.milliseconds)
        put(ended)
        core.log(
            .info, "workspace", "session ended",
            [
                "session": ended.id, "workspace": ended.workspace, "user": ended.userEmail,
                "reason": reason.rawValue, "detail": detail,
            ])
        note(ended, reason, detail)
        publish(ended, .ended)
    }

    /// What no request says.
    private func note(
        _ session: WorkspaceSession, _ reason: WorkspaceSession.End, _ detail: String
    ) {
        var event = AuditEvent("end_session")
        (event.user, event.userEmail) = (session.user, session.userEmail)
        event.resource = "session:\(session.id)"
        event.details =
            detail.isEmpty ? "Session of \(session.workspaceName) ended" : detail
        event.endReason = reason.rawValue
        event.session = session.id
        event.isSuccess = reason != .crashed && reason != .startFailed
        audit.enter { $0.add(event) }
    }

    private func put(_ session: WorkspaceSession) {
        history.put(session)
        core.write(.put(table: "workspace_sessions", row: session.row))
    }

    private func publish(_ session: WorkspaceSession, _ event: WorkspaceNews.Event) {
        news.publish(
            WorkspaceNews(session: session, time: core.utc, event: event), about: [session.user])
    }

    private func forgetTheOldest() {
        for session in history.removeTheOldest(over: limits.endedSessions) {
            core.write(.delete(table: "workspace_sessions", key: ["id": .text(session.id)]))
        }
    }
}

extension Workspace.Driver {
    /// The command's name; empty for a stand-in.
    fileprivate var command: String {
        if case .process(let command) = self { command } else { "" }
    }
}

extension WorkspaceWish {
    fileprivate init(_ session: WorkspaceSession) {
        self.init(
            session: session.id, user: session.user, userEmail: session.userEmail,
            workspace: session.workspace, workspaceName: session.workspaceName,
            clientAddress: session.address)
    }
}
