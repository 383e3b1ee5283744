package import Drivers
package import Engine

/// One user's work with a workspace, now or once.
package struct WorkspaceSession: Sendable, Equatable {
    package enum Status: String, Sendable, CaseIterable {
        case active
        /// Its user left it.
        case disconnected
        /// Anything else ended it.
        case terminated
    }

    /// Why a session is over.
    package enum End: String, Sendable, CaseIterable {
        case disconnected
        /// Its user stopped the workspace.
        case stopped
        case loggedOut = "logged_out"
        /// It took as long as it may.
        case expired
        case idle
        case heartbeatLost = "heartbeat_lost"
        /// An administrator ended it.
        case forced
        case workspaceDeleted = "workspace_deleted"
        case crashed
        case startFailed = "start_failed"
        /// The station ended meanwhile, and with it what the session worked with.
        case interrupted

        package var status: Status { self == .disconnected ? .disconnected : .terminated }
    }

    package let id: String
    package let user: String
    package let userEmail: String
    package let workspace: String
    /// The workspace as it was when it was launched.
    package let workspaceName: String
    package let workspaceType: String
    package let startedAt: UTCTime
    package let address: String
    package let tunnel: TunnelStatus
    /// Whether its user had logged in with a second factor.
    package let isMFAVerified: Bool
    /// Whether what goes through its streams is written down.
    package let isRecorded: Bool
    package private(set) var endedAt: UTCTime?
    package private(set) var end: End?

    package var isActive: Bool { endedAt == nil }
    package var status: Status { end?.status ?? .active }

    func ended(_ end: End, at time: UTCTime) -> WorkspaceSession {
        var session = self
        session.end = end
        // A clock that was set back must not end it before it began.
        session.endedAt = max(time, startedAt)
        return session
    }
}

extension WorkspaceSession {
    var row: StoreRow {
        [
            "id": .text(id), "user_id": .text(user), "user_email": .text(userEmail),
            "workspace_id": .text(workspace), "workspace_name": .text(workspaceName),
            "workspace_type": .text(workspaceType), "status": .text(status.rawValue),
            "started_ns": .integer(startedAt.nanoseconds),
            "ended_ns": endedAt.map { .integer($0.nanoseconds) } ?? .null,
            "end_reason": end.map { .text($0.rawValue) } ?? .null, "ip_address": .text(address),
            "tunnel_status": .text(tunnel.rawValue),
            "is_mfa_verified": .integer(isMFAVerified ? 1 : 0),
            "is_recorded": .integer(isRecorded ? 1 : 0),
        ]
    }

    static func stored(_ row: StoreRow) -> WorkspaceSession? {
        guard let id = row.text("id"), let user = row.text("user_id"),
            let workspace = row.text("workspace_id"), let started = row.integer("started_ns")
        else { return nil }
        let session = WorkspaceSession(
            id: id, user: user, userEmail: row.text("user_email") ?? "", workspace: workspace,
            workspaceName: row.text("workspace_name") ?? "",
            workspaceType: row.text("workspace_type") ?? "",
            startedAt: UTCTime(nanoseconds: started), address: row.text("ip_address") ?? "",
            tunnel: row.text("tunnel_status").flatMap(TunnelStatus.init(rawValue:)) ?? .unknown,
            isMFAVerified: row.integer("is_mfa_verified") == 1,
            isRecorded: row.integer("is_recorded") == 1)
        guard let ended = row.integer("ended_ns") else { return session }
        return session.ended(
            row.text("end_reason").flatMap(End.init(rawValue:)) ?? .interrupted,
            at: UTCTime(nanoseconds: ended))
    }
}
