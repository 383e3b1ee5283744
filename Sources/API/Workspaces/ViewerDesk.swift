import Engine
import Station
import Transport

/// The sockets through which people look at sessions' streams.
///
/// What they carry never comes here; that they are there does, and that somebody does something.
actor ViewerDesk: CoreActor {
    nonisolated let core: Core
    private let workspaces: Workspaces
    private let close: @Sendable (UInt64, UInt16, String) -> Void
    private var viewers: [UInt64: Viewer] = [:]
    /// The sockets of each session, and how many it has had.
    private var sessions: [String: (sockets: [UInt64], count: Int)] = [:]
    /// Open while somebody looks.
    private var news: Subscription<WorkspaceNews>?

    private struct Viewer {
        let session: String
        /// Bytes that came from its user.
        var fromClient: UInt64 = 0
    }

    init(
        core: Core, workspaces: Workspaces,
        close: @escaping @Sendable (UInt64, UInt16, String) -> Void
    ) {
        self.core = core
        self.workspaces = workspaces
        self.close = close
    }

    /// Whether one more may look.
    func hasRoom(in session: String) -> Bool {
        (sessions[session]?.sockets.count ?? 0) < workspaces.limits.viewersPerSession
    }

    /// The number of the next look at a session, from 1.
    func nextNumber(in session: String) -> Int {
        let count = (sessions[session]?.count ?? 0) + 1
        sessions[session, default: ([], 0)].count = count
        listen()
        return count
    }

    func opened(_ socket: UInt64, in session: String) {
        // Meanwhile it may have ended.
        guard workspaces.enter({ $0.stream(of: session) }) != nil else {
            return close(socket, 1000, "the session has ended")
        }
        viewers[socket] = Viewer(session: session)
        sessions[session, default: ([], 0)].sockets.append(socket)
        tellCount(of: session)
        listen()
    }

    /// So many bytes have come from a viewer's user.
    func carried(_ fromClient: UInt64, on socket: UInt64) {
        guard let viewer = viewers[socket], fromClient > viewer.fromClient else { return }
        viewers[socket]?.fromClient = fromClient
        workspaces.enter { $0.used(viewer.session) }
    }

    func closed(_ socket: UInt64) {
        guard let viewer = viewers.removeValue(forKey: socket) else { return }
        sessions[viewer.session]?.sockets.removeAll { $0 == socket }
        tellCount(of: viewer.session)
    }

    private func tellCount(of session: String) {
        let count = sessions[session]?.sockets.count ?? 0
        workspaces.enter { $0.viewers(count, of: session) }
    }

    private func listen() {
        guard news == nil else { return }
        // More than one turn can bring, so that it never overflows.
        news = workspaces.news.subscribe(self, .everything(limit: .max)) { desk, news in
            if news.event == .ended { desk.end(news.session) }
        }
    }

    private func end(_ session: WorkspaceSession) {
        let ended = sessions.removeValue(forKey: session.id)
        for socket in ended?.sockets ?? [] {
            viewers[socket] = nil
            close(socket, 1000, "session ended: \(session.end?.rawValue ?? "")")
        }
        if sessions.isEmpty { news = nil }
    }
}

/// One look at a session's stream.
struct ViewerSocket: SocketOwner {
    let desk: ViewerDesk
    let session: String
    let mayLook: @Sendable () -> Bool

    func opened(_ socket: UInt64) {
        desk.enter { $0.opened(socket, in: session) }
    }

    func received(_ message: WebSocketMessage, on socket: UInt64) {}

    func bridged(_ socket: UInt64, fromClient: UInt64, toClient: UInt64) {
        desk.enter { $0.carried(fromClient, on: socket) }
    }

    func closed(_ socket: UInt64) {
        desk.enter { $0.closed(socket) }
    }

    var dependsOnRights: Bool { true }

    func mayStay(_ socket: UInt64) -> Bool { mayLook() }
}
