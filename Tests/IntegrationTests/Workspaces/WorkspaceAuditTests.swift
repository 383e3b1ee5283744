import JSON
import TestSupport
import Testing
import Transport

/// 004: the audit log as the document has it.
@Suite struct WorkspaceAuditTests {
    private func entries(_ user: WorkspaceUser) throws -> [JSONObject] {
        let answer = try user.call("GET", "/api/audit-logs")
        try #require(answer.status == 200, "\(answer.text)")
        return (try JSONReader.read(answer.body).arrayValue ?? []).compactMap(\.objectValue)
    }

    /// Action, whose, what on, whether it was done, and why something ended; the first one first.
    private func story(_ user: WorkspaceUser, _ names: [String: String]) throws -> [String] {
        try entries(user).reversed().map { entry in
            var words = ["action", "user_email", "resource"].map { entry[$0]?.stringValue ?? "" }
            words.append(entry["success"] == .bool(true) ? "done" : "refused")
            words.append(entry["endReason"]?.stringValue ?? "")
            return names.reduce(words.joined(separator: " ")) {
                $0.replacing($1.value, with: $1.key)
            }
        }
    }

    @Test func `whatever is done and refused is told, to its user and to administrators`()
        async throws
    {
        let station = try await WorkspaceDaemon()
        let (eva, tom) = (try station.register("eva"), try station.register("tom"))
        let (a, b) = (try eva.launch(), try eva.launch("ws-1panel"))
        _ = try eva.call("POST", "/api/sessions/\(a)/disconnect")
        _ = try eva.call("POST", "/api/workspaces/ws-1panel/stop")
        _ = try tom.call("GET", "/api/sessions/\(a)")
        _ = try tom.call("DELETE", "/api/workspaces/ws-1panel")
        _ = try station.port.call(
            "POST", "/api/auth/login", json: #"{"email":"eva@acme.com","password":"guess it"}"#)
        _ = try tom.launch()
        let c = try #require(try entries(tom).first?["resource"]?.stringValue)
        _ = try tom.call("POST", "/api/auth/logout")
        let names = ["A": a, "B": b]
        let ofEva = [
            "register eva@acme.com  done ",
            "launch_workspace eva@acme.com workspace:ws-linux-desktop done ",
            "launch_workspace eva@acme.com workspace:ws-1panel done ",
            "end_session eva@acme.com session:A done disconnected",
            "disconnect_session eva@acme.com session:A done disconnected",
            "end_session eva@acme.com session:B done stopped",
            "stop_workspace eva@acme.com workspace:ws-1panel done ",
        ]
        #expect(try story(eva, names) == ofEva)
        #expect(c == "workspace:ws-linux-desktop")
        let all = try story(station.administrator, names).map {
            $0.replacing(/session:[0-9a-f-]{36}/) { _ in "session:C" }
        }
        #expect(
            all == [
                ofEva[0], "register tom@acme.com  done ", ofEva[1], ofEva[2], ofEva[3], ofEva[4],
                ofEva[5], ofEva[6], "get_session tom@acme.com session:A refused ",
                "delete_workspace tom@acme.com workspace:ws-1panel refused ",
                "login   refused ",
                "launch_workspace tom@acme.com workspace:ws-linux-desktop done ",
                "end_session tom@acme.com session:C done logged_out",
                "logout tom@acme.com  done ",
            ])
    }

    @Test func `an entry has the documented members, and the reason of an end`() async throws {
        let station = try await WorkspaceDaemon()
        let eva = try station.register("eva")
        let id = try eva.launch()
        _ = try eva.call("POST", "/api/sessions/\(id)/disconnect")
        let newest = try #require(try entries(eva).first)
        #expect(
            AnswerForm.of(JSONValue.object(newest).text)
                == #"{"id":"4","user_id":"{uuid}","user_email":"eva@acme.com","#
                + #""action":"disconnect_session","resource":"session:{uuid}","#
                + #""details":"Session disconnected","ip_address":"127.0.0.1","#
                + #""timestamp":"{ms}","success":true,"endReason":"disconnected"}"#)
    }
}
