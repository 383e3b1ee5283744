import Engine
import JSON
import Station

/// 004: a user's own sessions; and, for administrators, everybody's.
struct WorkspaceSessionRoutes: Sendable {
    let station: FieldStation

    static let path = "/workspaces/api/sessions"
    private static let ownPath = "/v1/workspace-sessions"

    var routes: [Route] {
        let access = Access(station: station)
        return [
            Route("GET", Self.path, list, operations.list),
            Route("GET", Self.path + "/active", listActive, operations.listActive),
            Route("GET", Self.path + "/{id}", show, operations.show),
            Route("POST", Self.path + "/{id}/disconnect", disconnect, operations.disconnect),
            Route("POST", Self.path + "/{id}/heartbeat", heartbeat, operations.heartbeat),
            Route("GET", Self.ownPath, access.superusersOnly(listAll), operations.listAll),
            Route(
                "POST", Self.ownPath + "/{id}/end", access.superusersOnly(force),
                operations.force),
        ]
    }

    private var operations: WorkspaceSessionOperations {
        WorkspaceSessionOperations(limits: station.workspaces.limits)
    }
    private var access: Access { Access(station: station) }
    private var limits: WorkspaceLimits { station.workspaces.limits }

    // MARK: A user's own

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        try list(request, isActive: nil)
    }

    private func listActive(_ request: APIRequest) throws(APIError) -> Reply {
        try list(request, isActive: true)
    }

    private func list(_ request: APIRequest, isActive: Bool?) throws(APIError) -> Reply {
        let user = try access.worker(request).user.id
        let limit = try number("limit", request, 1...limits.sessionsPerAnswer)
        let offset = try number("offset", request, 0...Int.max)
        let sessions = station.workspaces.enter {
            $0.sessions(
                of: user, isActive: isActive, offset: offset ?? 0,
                limit: limit ?? limits.sessionsPerAnswer)
        }
        return .json(200, .array(sessions.map { .object($0.json) }))
    }

    private func number(
        _ name: String, _ request: APIRequest, _ range: ClosedRange<Int>
    ) throws(APIError) -> Int? {
        guard let text = request.query(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let most = range.upperBound == .max ? "" : " to \(range.upperBound)"
            throw APIError(
                400, "\(name) must be a whole number from \(range.lowerBound)\(most)")
        }
        return number
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let (id, user) = (request[parameter: "id"], try access.worker(request).user.id)
        let session = try workspaces(station) { (all) throws(WorkspaceError) in
            try all.session(id, of: user)
        }
        return .object(session.json)
    }

    private func disconnect(_ request: APIRequest) throws(APIError) -> Reply {
        let (id, user) = (request[parameter: "id"], try access.worker(request).user.id)
        let session = try workspaces(station) { (all) throws(WorkspaceError) in
            try all.disconnect(id, of: user)
        }
        var note = AuditNote(details: "Session disconnected")
        note.session = session.id
        note.endReason = session.end?.rawValue
        return .noted(note, .message("Session disconnected"))
    }

    private func heartbeat(_ request: APIRequest) throws(APIError) -> Reply {
        let (id, user) = (request[parameter: "id"], try access.worker(request).user.id)
        try workspaces(station) { (all) throws(WorkspaceError) in
            try all.heartbeat(id, of: user)
        }
        var note = AuditNote()
        note.isSilent = true
        return .noted(note, .message("Session kept alive"))
    }

    // MARK: Everybody's

    private func listAll(_ request: APIRequest) throws(APIError) -> Reply {
        let sessions = station.workspaces.enter { $0.activeSessions() }
        return .json(200, .array(sessions.map { .object($0.json) }))
    }

    private func force(_ request: APIRequest) throws(APIError) -> Reply {
        let id = request[parameter: "id"]
        let session = try workspaces(station) { (all) throws(WorkspaceError) in
            try all.force(id)
        }
        var note = AuditNote(details: "Ended the session of \(session.userEmail)")
        note.session = session.id
        note.endReason = session.end?.rawValue
        return .noted(note, .object(session.json))
    }
}
