import Drivers
import Engine
import JSON
import Station
import Transport

/// 004: what there is to work with, and beginning and stopping it.
struct WorkspaceRoutes: Sendable {
    let station: FieldStation

    static let path = "/workspaces/api/workspaces"

    var routes: [Route] {
        [
            Route("GET", Self.path, list, operations.list),
            Route("POST", Self.path, add, operations.add),
            Route("GET", Self.path + "/{id}", show, operations.show),
            Route("PUT", Self.path + "/{id}", change, operations.change),
            Route("DELETE", Self.path + "/{id}", delete, operations.delete),
            Route("POST", Self.path + "/{id}/launch", launch, operations.launch),
            Route("POST", Self.path + "/{id}/stop", stop, operations.stop),
            Route("GET", "/workspaces/health", { _ in .object(Self.health) }, Self.ofHealth),
        ]
    }

    private var operations: WorkspaceOperations {
        WorkspaceOperations(limits: station.workspaces.limits)
    }
    private var access: Access { Access(station: station) }

    private static let health: JSONObject = [
        "status": .string("ok"), "message": .string("The workspace API is running"),
    ]

    private static var ofHealth: Operation {
        Operation("Get health").withoutToken
            .answers(200, "The API is there.", .message(.required("status", .text)))
    }

    // MARK: Workspaces

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        _ = try access.worker(request)
        return .json(200, .array(station.workspaces.enter { $0.all() }.map { .object(json($0)) }))
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        _ = try access.worker(request)
        return .object(json(try find(request)))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        try access.workspaceAdministrator(request)
        let wish = try WorkspaceBody(try request.object()).new()
        let workspace = try workspaces(station) { (all) throws(WorkspaceError) in
            try all.add(wish)
        }
        return .object(json(workspace), status: 201)
    }

    private func change(_ request: APIRequest) throws(APIError) -> Reply {
        try access.workspaceAdministrator(request)
        let old = try find(request)
        let wish = try WorkspaceBody(try request.object()).change(of: old)
        let workspace = try workspaces(station) { (all) throws(WorkspaceError) in
            try all.change(old.id, to: wish)
        }
        return .object(json(workspace))
    }

    private func delete(_ request: APIRequest) throws(APIError) -> Reply {
        try access.workspaceAdministrator(request)
        let id = request[parameter: "id"]
        try workspaces(station) { (all) throws(WorkspaceError) in try all.delete(id) }
        return .message("Workspace deleted successfully")
    }

    private func find(_ request: APIRequest) throws(APIError) -> Workspace {
        let id = request[parameter: "id"]
        return try workspaces(station) { (all) throws(WorkspaceError) in try all.workspace(id) }
    }

    private func json(_ workspace: Workspace) -> JSONObject {
        workspace.json(isRunning: station.workspaces.enter { $0.isRunning(workspace.id) })
    }

    // MARK: Sessions

    private func launch(_ request: APIRequest) throws(APIError) -> Reply {
        let caller = try access.worker(request)
        let worker = Workspaces.Worker(
            user: caller.user, address: request.http.remoteAddress,
            isMFAVerified: caller.isMFAVerified)
        let id = request[parameter: "id"]
        // Before anybody waits: what is known to be refused is refused at once.
        _ = try workspaces(station) { (all) throws(WorkspaceError) in
            try all.check(id, for: worker)
        }
        return .later { answer in
            station.workspaces.enter { all in
                all.launch(id, for: worker) { result in
                    answer { () throws(APIError) in try launched(result) }
                }
            }
        }
    }

    private func launched(
        _ result: Result<(WorkspaceSession, Workspace), WorkspaceError>
    ) throws(APIError) -> Reply {
        switch result {
        case .failure(let error): throw APIError(error)
        case .success((let session, let workspace)):
            let security: JSONObject = [
                "encrypted_tunnel": .bool(session.tunnel == .encrypted),
                "identity_verified": .bool(true),
                "mfa_enforced": .bool(workspace.rules.requiresMFA),
                "session_recording": .bool(session.isRecorded),
            ]
            let answer: JSONObject = [
                "session_id": .string(session.id), "workspace": .object(json(workspace)),
                "stream_url": .string("/viewer/\(session.id)"),
                "tunnel_status": .string(session.tunnel.rawValue),
                "security": .object(security),
            ]
            var note = AuditNote(details: "Launched \(session.workspaceName)")
            note.session = session.id
            return .noted(note, .object(answer))
        }
    }

    private func stop(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try access.worker(request).user.id
        let id = request[parameter: "id"]
        let ended = try workspaces(station) { (all) throws(WorkspaceError) in
            try all.stop(id, by: user)
        }
        var note = AuditNote(details: "Stopped \(ended.first?.workspaceName ?? "nothing")")
        note.session = ended.first?.id
        return .noted(note, .message("Workspace stopped successfully"))
    }
}

extension Reply {
    /// `{message}`, as the API answers what has nothing else to say.
    static func message(_ text: String) -> Reply {
        .object(["message": .string(text)])
    }
}
