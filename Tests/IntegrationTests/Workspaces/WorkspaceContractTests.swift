import JSON
import TestSupport
import Testing
import Transport

/// 004: every documented call and error, byte by byte.
@Suite struct WorkspaceContractTests {
    private func session(
        _ workspace: String, _ name: String, _ type: String, _ status: String, _ user: String
    ) -> String {
        let ended = status == "active" ? "null" : #""{ms}""#
        return #"{"id":"{uuid}","user_id":"{uuid}","user_email":"\#(user)@acme.com","#
            + #""workspace_id":"\#(workspace)","workspace_name":"\#(name)","#
            + #""workspace_type":"\#(type)","status":"\#(status)","started_at":"{ms}","#
            + #""ended_at":\#(ended),"ip_address":"127.0.0.1","tunnel_status":"encrypted","#
            + #""mfa_verified":false}"#
    }

    private func linux(_ status: String) -> String {
        #"{"id":"ws-linux-desktop","name":"Linux Desktop","type":"linux","#
            + #""description":"A Linux desktop.","image_url":null,"status":"\#(status)","#
            + #""cpu":"2 vCPU","memory":"4 GB","storage":"50 GB","url":null,"#
            + #""connection_type":"linux","requires_netbird":false,"icon":"terminal","#
            + #""driver":"simulated","command":null,"requires_mfa":false,"#
            + #""records_sessions":false,"max_duration_seconds":null,"#
            + #""idle_timeout_seconds":null,"heartbeat_seconds":null,"warning_seconds":null}"#
    }

    @Test func `a day at work, as the document has it`() async throws {
        let station = try await WorkspaceDaemon()
        let john = try station.register("john.doe")
        try john.call("GET", "/api/sessions", 200, "[]")
        try john.call("GET", "/api/workspaces/ws-linux-desktop", 200, linux("available"))
        let launched = try john.call(
            "POST", "/api/workspaces/ws-linux-desktop/launch", 200,
            #"{"session_id":"{uuid}","workspace":\#(linux("running")),"#
                + #""stream_url":"/viewer/{uuid}","tunnel_status":"encrypted","#
                + #""security":{"encrypted_tunnel":true,"identity_verified":true,"#
                + #""mfa_enforced":false,"session_recording":false}}"#)
        let id = try #require(launched.object["session_id"]?.stringValue)
        #expect(launched.object["stream_url"] == .string("/viewer/\(id)"))
        try john.call("GET", "/api/workspaces/ws-linux-desktop", 200, linux("running"))
        let active = session("ws-linux-desktop", "Linux Desktop", "linux", "active", "john.doe")
        try john.call("GET", "/api/sessions/\(id)", 200, active)
        try john.call("GET", "/api/sessions/active", 200, "[\(active)]")
        let sap = try john.launch("ws-sap-neogenesys")
        let sapActive = session(
            "ws-sap-neogenesys", "SAP Neogénesys", "html5", "active", "john.doe")
        try john.call("GET", "/api/sessions", 200, "[\(sapActive),\(active)]")
        try john.call(
            "POST", "/api/sessions/\(sap)/disconnect", 200, #"{"message":"Session disconnected"}"#)
        try john.call(
            "POST", "/api/workspaces/ws-linux-desktop/stop", 200,
            #"{"message":"Workspace stopped successfully"}"#)
        try john.call("GET", "/api/workspaces/ws-linux-desktop", 200, linux("available"))
        try john.call("GET", "/api/sessions/active", 200, "[]")
        let left = session(
            "ws-sap-neogenesys", "SAP Neogénesys", "html5", "disconnected", "john.doe")
        let stopped = session(
            "ws-linux-desktop", "Linux Desktop", "linux", "terminated", "john.doe")
        try john.call("GET", "/api/sessions", 200, "[\(left),\(stopped)]")
    }

    @Test func `what has ended stays as it ended`() async throws {
        let john = try await WorkspaceDaemon().register("john")
        let id = try john.launch()
        try john.call("POST", "/api/workspaces/ws-linux-desktop/stop")
        let before = try john.call("GET", "/api/sessions/\(id)").text
        try john.call(
            "POST", "/api/sessions/\(id)/disconnect", 200, #"{"message":"Session disconnected"}"#)
        #expect(try john.call("GET", "/api/sessions/\(id)").text == before)
        try john.call(
            "POST", "/api/workspaces/ws-linux-desktop/stop", 200,
            #"{"message":"Workspace stopped successfully"}"#)
        try john.call(
            "POST", "/api/sessions/\(id)/heartbeat", 409, #"{"detail":"Session has ended"}"#)
    }

    @Test func `two users on one workspace do not end each other's work`() async throws {
        let station = try await WorkspaceDaemon()
        let (eva, tom) = (try station.register("eva"), try station.register("tom"))
        let (hers, his) = (try eva.launch(), try tom.launch())
        try eva.call("POST", "/api/sessions/\(hers)/disconnect")
        try tom.call("GET", "/api/workspaces/ws-linux-desktop", 200, linux("running"))
        #expect(try tom.session(his)["status"] == .string("active"))
        try tom.call("POST", "/api/sessions/\(his)/disconnect")
        try eva.call("GET", "/api/workspaces/ws-linux-desktop", 200, linux("available"))
    }

    // MARK: Coming in

    @Test func `registering, coming in, who one is, and going out`() async throws {
        let station = try await WorkspaceDaemon()
        let user =
            #"{"id":"{uuid}","email":"john.doe@acme.com","name":"John Doe","organization":null,"#
            + #""role":"user","mfa_enabled":false}"#
        let welcome = #"{"access_token":"{token}","token_type":"bearer","user":\#(user)}"#
        let nobody = WorkspaceUser(station: station, token: "")
        func call(_ path: String, _ json: String, _ status: Int, _ form: String) throws
            -> HTTPResponse
        {
            let answer = try station.port.call("POST", path, json: json)
            #expect(answer.status == status)
            #expect(AnswerForm.of(answer.text) == form)
            return answer
        }
        let registration =
            #"{"email":"john.doe@acme.com","password":"correct horse","name":"John Doe"}"#
        _ = try call("/api/auth/register", registration, 200, welcome)
        _ = try call(
            "/api/auth/register", registration, 400, #"{"detail":"Email already registered"}"#)
        let answer = try call(
            "/api/auth/login", #"{"email":"John.Doe@acme.com","password":"correct horse"}"#, 200,
            welcome)
        for json in [
            #"{"email":"john.doe@acme.com","password":"wrong horse"}"#,
            #"{"email":"nobody@acme.com","password":"correct horse"}"#,
        ] {
            _ = try call("/api/auth/login", json, 401, #"{"detail":"Invalid credentials"}"#)
        }
        let token = try #require(answer.object["access_token"]?.stringValue)
        let cookie = try #require(answer.headers["Set-Cookie"])
        #expect(cookie == "sessionid=\(token); Path=/; HttpOnly; SameSite=Strict")
        let john = WorkspaceUser(station: station, token: token)
        try john.call("GET", "/api/auth/me", 200, user)
        #expect(
            try station.port.call(
                "GET", "/api/auth/me", headers: [("Cookie", "sessionid=\(token)")]
            ).status == 200)
        let sessions = try [john.launch(), john.launch("ws-1panel")]
        try john.call(
            "POST", "/api/auth/logout", 200,
            #"{"message":"Logged out successfully","sessions_terminated":2}"#)
        try john.call("GET", "/api/auth/me", 401, #"{"detail":"Invalid token"}"#)
        for gone in [john, nobody] {
            try gone.call(
                "POST", "/api/auth/logout", 200,
                #"{"message":"Logged out successfully","sessions_terminated":0}"#)
        }
        let again = try call(
            "/api/auth/login", #"{"email":"john.doe@acme.com","password":"correct horse"}"#, 200,
            welcome)
        let back = WorkspaceUser(
            station: station, token: try #require(again.object["access_token"]?.stringValue))
        for id in sessions { #expect(try back.session(id)["status"] == .string("terminated")) }
    }

    @Test func `a token that was made for a program outlives a logout`() async throws {
        let station = try await WorkspaceDaemon()
        let administrator = try station.administrator
        try administrator.call(
            "POST", "/api/auth/logout", 200,
            #"{"message":"Logged out successfully","sessions_terminated":0}"#)
        #expect(try administrator.call("GET", "/api/auth/me").status == 200)
    }

    @Test(arguments: [
        (#"{"password":"correct horse"}"#, #"{"detail":"\"email\" must be a text"}"#),
        (#"{"email":"a@b.c"}"#, #"{"detail":"\"password\" must be a text"}"#),
        (
            #"{"email":"a@b.c","password":"short"}"#,
            #"{"detail":"\"password\" must have 6 to 128 characters"}"#
        ),
        (
            #"{"email":"nobody","password":"correct horse"}"#,
            #"{"detail":"\"email\" must be an address such as name@example.org"}"#
        ),
        (#"{"email":7,"password":"correct horse"}"#, #"{"detail":"\"email\" must be a text"}"#),
        ("[]", #"{"detail":"the body must be a JSON object"}"#),
    ])
    func `a registration that is wrong says where`(json: String, form: String) async throws {
        let daemon = try await SharedDaemon.plain.value
        let answer = try daemon.call("POST", "/workspaces/api/auth/register", json: json)
        #expect(answer.status == 400)
        #expect(answer.text == form)
    }

    @Test func `where registration is closed, only administrators make users`() async throws {
        let station = try await WorkspaceDaemon(["--workspaces-registration", "closed"])
        let answer = try station.port.call(
            "POST", "/api/auth/register", json: #"{"email":"a@b.c","password":"correct horse"}"#)
        #expect(answer.status == 403)
        #expect(answer.text == #"{"detail":"Registration is closed; ask an administrator"}"#)
    }

    @Test func `whoever guesses too often waits`() async throws {
        let station = try await WorkspaceDaemon()
        var statuses: [Int] = []
        // Ten at once, and a few that rest in between brings.
        while statuses.count < 40, statuses.last != 429 {
            statuses.append(
                try station.port.call(
                    "POST", "/api/auth/login", json: #"{"email":"a@b.c","password":"guess"}"#
                ).status)
        }
        #expect(statuses.dropLast().allSatisfy { $0 == 401 })
        #expect(statuses.count > 10)
        #expect(statuses.last == 429)
    }

    // MARK: Refusals

    private static let protected: [(String, String)] = [
        ("GET", "/api/auth/me"), ("GET", "/api/workspaces"), ("POST", "/api/workspaces"),
        ("GET", "/api/workspaces/ws-1panel"), ("PUT", "/api/workspaces/ws-1panel"),
        ("DELETE", "/api/workspaces/ws-1panel"), ("POST", "/api/workspaces/ws-1panel/launch"),
        ("POST", "/api/workspaces/ws-1panel/stop"), ("GET", "/api/sessions"),
        ("GET", "/api/sessions/active"), ("GET", "/api/sessions/x"),
        ("POST", "/api/sessions/x/disconnect"), ("POST", "/api/sessions/x/heartbeat"),
        ("GET", "/api/audit-logs"), ("GET", "/viewer/x"),
    ]

    @Test func `without a token there is nothing, and a wrong one is told so`() async throws {
        let daemon = try await SharedDaemon.plain.value
        for (method, path) in Self.protected {
            let none = try daemon.call(method, "/workspaces" + path)
            #expect(none.status == 401, "\(method) \(path)")
            #expect(none.text == #"{"detail":"Not authenticated"}"#, "\(method) \(path)")
            let wrong = try daemon.call(
                method, "/workspaces" + path, token: String(repeating: "x", count: 43))
            #expect(wrong.status == 401, "\(method) \(path)")
            #expect(wrong.text == #"{"detail":"Invalid token"}"#, "\(method) \(path)")
        }
    }

    @Test func `what is not there is not found, in the API's words`() async throws {
        let station = try await WorkspaceDaemon()
        let john = try station.register("john")
        let id = "00000000-0000-4000-8000-000000000000"
        for (method, path, what) in [
            ("GET", "/api/sessions/\(id)", "Session"), ("GET", "/api/sessions/x", "Session"),
            ("POST", "/api/sessions/\(id)/disconnect", "Session"),
            ("POST", "/api/sessions/\(id)/heartbeat", "Session"),
            ("GET", "/viewer/\(id)", "Session"),
            ("GET", "/api/workspaces/x", "Workspace"),
            ("POST", "/api/workspaces/x/launch", "Workspace"),
            ("POST", "/api/workspaces/x/stop", "Workspace"),
        ] {
            try john.call(method, path, 404, #"{"detail":"\#(what) not found"}"#)
        }
        try john.call(
            "GET", "/api/nothing", 404, #"{"detail":"there is nothing at /workspaces/api/nothing"}"#
        )
        let wrong = try john.call("DELETE", "/api/sessions")
        #expect(wrong.status == 405)
        #expect(wrong.headers["Allow"] == "GET, HEAD")
        #expect(wrong.text == #"{"detail":"DELETE is not possible here"}"#)
    }

    @Test(arguments: [
        ("limit=0", "limit must be a whole number from 1 to 100"),
        ("limit=101", "limit must be a whole number from 1 to 100"),
        ("limit=x", "limit must be a whole number from 1 to 100"),
        ("limit=", "limit must be a whole number from 1 to 100"),
        ("offset=-1", "offset must be a whole number from 0"),
        ("offset=99999999999999999999", "offset must be a whole number from 0"),
    ])
    func `a page that cannot be is refused`(query: String, problem: String) async throws {
        let daemon = try await SharedDaemon.plain.value
        for path in ["/workspaces/api/sessions", "/workspaces/api/sessions/active"] {
            let answer = try daemon.call("GET", "\(path)?\(query)", token: daemon.token)
            #expect(answer.status == 400)
            #expect(answer.text == #"{"detail":"\#(problem)"}"#)
        }
    }

    @Test func `sessions are read in pages, newest first`() async throws {
        let station = try await WorkspaceDaemon()
        let john = try station.register("john")
        var made: [String] = []
        for _ in 0..<7 { made.insert(try john.launch(), at: 0) }
        func ids(_ query: String) throws -> [String?] {
            let list = try JSONReader.read(john.call("GET", "/api/sessions\(query)").body)
            return (list.arrayValue ?? []).map { $0.objectValue?["id"]?.stringValue }
        }
        #expect(try ids("") == made)
        #expect(try ids("?limit=3") == Array(made.prefix(3)))
        #expect(try ids("?limit=3&offset=3") == Array(made[3..<6]))
        #expect(try ids("?limit=3&offset=6") == Array(made[6...]))
        #expect(try ids("?offset=7") == [])
    }
}
