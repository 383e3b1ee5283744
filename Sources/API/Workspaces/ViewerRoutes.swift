import Drivers
import Engine
import Station
import Transport

/// 004: a session's stream as a WebSocket, and a page that says how the session is.
struct ViewerRoutes: Sendable {
    let station: FieldStation
    let desk: ViewerDesk

    /// The document has it at the root of the API; on a listener of everything it is found there,
    /// too, since `stream_url` names no base.
    private static let paths = ["/workspaces/viewer/{id}", "/viewer/{id}"]

    var routes: [Route] {
        Self.paths.map { Route("GET", $0, answer, Self.operation) }
    }

    private static var operation: Operation {
        Operation(
            "View session", "A page for people; with a WebSocket handshake the session's stream."
        )
        .path("id", .uuid, "One of the caller's own sessions.")
        .answers(200, "How the session is.", content: [("text/html", .text)])
        .refuses(404, "Session not found").refuses(409, "There is nothing to look at.")
        .refuses(503, "Too many look at it, or it cannot be reached.")
    }

    private func answer(_ request: APIRequest) throws(APIError) -> Reply {
        let id = request[parameter: "id"]
        let user = try Access(station: station).worker(request).user.id
        let session = try workspaces(station) { (all) throws(WorkspaceError) in
            try all.session(id, of: user)
        }
        let stream = station.workspaces.enter { $0.stream(of: id) }
        guard request.http.isWebSocketHandshake else {
            return .content(
                type: "text/html; charset=utf-8",
                bytes: Array(SessionPage.html(session, stream).utf8),
                headers: WebFileContent.headers)
        }
        guard case .open(let place)? = stream else {
            throw APIError(409, SessionPage.state(session, stream))
        }
        guard desk.enter({ $0.hasRoom(in: id) }) else {
            throw APIError(503, "too many look at this session")
        }
        let token = request.presentedToken.map { SecretHash(of: $0) }
        let viewer = ViewerSocket(desk: desk, session: id) { [station] in
            token.flatMap { token in
                station.identity.enter { $0.caller(forToken: token) }
            }?.user.id == user
        }
        let number = desk.enter { $0.nextNumber(in: id) }
        let plan = BridgePlan(
            host: place.host, port: place.port, capture: capture(of: session, number))
        return .bridge(plan, viewer)
    }

    private func capture(of session: WorkspaceSession, _ number: Int) -> BridgeCapture? {
        guard session.isRecorded, let folder = station.workspaces.captureFolder else { return nil }
        return BridgeCapture(
            path: "\(folder)/\(session.id)-\(number).jsonl",
            byteLimit: station.workspaces.limits.captureBytes,
            started: station.core.utc.text(.milliseconds))
    }
}
