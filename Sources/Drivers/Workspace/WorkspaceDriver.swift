package import Engine

/// What one session of a workspace works with: a program on this machine, or a stand-in for it.
///
/// One driver for each session, used once.
package protocol WorkspaceDriver: CoreActor {
    /// Begins. `report` is called on the core, in later turns: at most one `started`, then exactly
    /// one `ended`, the last.
    func start(_ wish: WorkspaceWish, _ report: @escaping @Sendable (WorkspaceEvent) -> Void)

    /// Ends it, gently first; `ended` follows when nothing of it is left.
    func stop()
}

/// For whom and what a session is.
package struct WorkspaceWish: Sendable, Equatable {
    package var session: String
    package var user: String
    package var userEmail: String
    package var workspace: String
    package var workspaceName: String
    /// The network address that the session was launched from.
    package var clientAddress: String

    package init(
        session: String, user: String, userEmail: String, workspace: String,
        workspaceName: String, clientAddress: String
    ) {
        self.session = session
        self.user = user
        self.userEmail = userEmail
        self.workspace = workspace
        self.workspaceName = workspaceName
        self.clientAddress = clientAddress
    }
}

package enum WorkspaceEvent: Sendable, Equatable {
    /// It can be worked with.
    ///
    /// - viewer: where its stream is; nil for one that has none.
    case started(viewer: ViewerPlace?)
    case ended(WorkspaceEnd)
}

/// Where a session's stream is: a TCP port of this machine.
package struct ViewerPlace: Sendable, Equatable {
    package let host: String
    package let port: UInt16

    package init(host: String = "127.0.0.1", port: UInt16) {
        self.host = host
        self.port = port
    }
}

/// How it ended.
package enum WorkspaceEnd: Sendable, Equatable {
    /// As it was told to.
    case stopped
    /// By itself, well or not; says how, for people.
    case crashed(String)
    /// It never could be worked with; says why, for people.
    case startFailed(String)
}
