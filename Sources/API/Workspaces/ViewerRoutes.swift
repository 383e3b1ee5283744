import Engine
import Station
import Transport

/// 004: a session's stream as a WebSocket, and a page that says how the session is.
struct ViewerRoutes: Sendable {
    let station: FieldStation

    /// The document has it at the root of the API; on a listener of everything it is found there,
    /// too, since `stream_url` names no base.
    private static let paths = ["/workspaces/viewer/{id}", "/viewer/{id}"]

    var routes: [Route] {
        Self.paths.map { Route("GET", $0, answer, Self.operation) } + [
            Route("GET", "/workspaces/assets/{file}", PageRoutes.asset, PageRoutes.assetOperation)
        ]
    }

    private static var operation: Operation {
        Operation(
            "View session", "A page for people; with a WebSocket handshake the session's stream."
        )
        .path("id", .text, "The session.")
        .answers(200, "How the session is.", content: [("text/html", .text)])
        .refuses(404, "Session not found").refuses(409, "There is nothing to look at.")
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
                bytes: Array(SessionPage.html(session, stream).utf8), headers: PageRoutes.headers)
        }
        throw APIError(409, SessionPage.state(session, stream))
    }
}
