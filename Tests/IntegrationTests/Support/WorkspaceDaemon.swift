import JSON
import TestSupport
import Testing
import Transport

/// A daemon whose workspaces stand on a port of their own, too, as in their document.
final class WorkspaceDaemon: Sendable {
    let daemon: DaemonProcess
    /// Where the paths of the document stand.
    let port: OwnPort

    /// - Parameter options: more for the daemon.
    init(_ options: [String] = [], folder: TemporaryFolder? = nil) async throws {
        let all = try Loopback.freePort()
        let own = try Loopback.freePort()
        daemon = try await DaemonProcess(
            [
                "--gpsd", "none", "--listen", "127.0.0.1:\(all)", "--listen",
                "workspaces=127.0.0.1:\(own)",
            ] + options, folder: folder)
        port = OwnPort(root: "http://127.0.0.1:\(own)")
    }

    /// Makes somebody a user, who is then in.
    func register(_ name: String, password: String = "correct horse") throws -> WorkspaceUser {
        let answer = try port.call(
            "POST", "/api/auth/register",
            json: #"{"email":"\#(name)@acme.com","password":"\#(password)","name":"\#(name)"}"#)
        try #require(answer.status == 200, "\(answer.text)")
        return WorkspaceUser(
            station: self, token: try #require(answer.object["access_token"]?.stringValue))
    }

    var administrator: WorkspaceUser {
        get throws { WorkspaceUser(station: self, token: try daemon.token) }
    }
}

/// Somebody who works with workspaces.
struct WorkspaceUser {
    let station: WorkspaceDaemon
    let token: String

    var port: OwnPort { station.port }

    @discardableResult
    func call(_ method: String, _ path: String, _ json: String? = nil) throws -> HTTPResponse {
        try port.call(method, path, json: json, token: token)
    }

    /// Calls, and compares the whole answer.
    ///
    /// - Parameter form: as `AnswerForm` has it.
    @discardableResult
    func call(
        _ method: String, _ path: String, _ status: Int, _ form: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> HTTPResponse {
        try call(method, path, nil, status, form, sourceLocation: sourceLocation)
    }

    @discardableResult
    func call(
        _ method: String, _ path: String, _ json: String?, _ status: Int, _ form: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> HTTPResponse {
        let answer = try call(method, path, json)
        #expect(
            answer.status == status, "\(method) \(path): \(answer.text)",
            sourceLocation: sourceLocation)
        #expect(
            AnswerForm.of(answer.text) == form, "\(method) \(path)", sourceLocation: sourceLocation)
        return answer
    }

    /// Launches a workspace; the session's id.
    func launch(_ workspace: String = "ws-linux-desktop") throws -> String {
        let answer = try call("POST", "/api/workspaces/\(workspace)/launch")
        return try #require(answer.object["session_id"]?.stringValue, "\(answer.text)")
    }

    func session(_ id: String) throws -> JSONObject {
        try call("GET", "/api/sessions/\(id)").object
    }

    /// The messages of the socket that follows one's sessions.
    func live(_ query: String = "") throws -> WebSocketClient {
        try port.socket("/api/sessions/live\(query)", token: token)
    }
}
