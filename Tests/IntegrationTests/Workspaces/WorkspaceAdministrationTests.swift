import JSON
import TestSupport
import Testing
import Transport

/// 004: what administrators make, change and end.
@Suite struct WorkspaceAdministrationTests {
    private func form(
        _ name: String, status: String = "available", duration: String = "null"
    ) -> String {
        #"{"id":"{id}","name":"\#(name)","type":"linux","description":"A shell","#
            + #""image_url":null,"status":"\#(status)","cpu":null,"memory":null,"storage":null,"#
            + #""url":null,"connection_type":null,"requires_netbird":false,"icon":null,"#
            + #""driver":"simulated","command":null,"requires_mfa":false,"#
            + #""records_sessions":false,"max_duration_seconds":\#(duration),"#
            + #""idle_timeout_seconds":null,"heartbeat_seconds":null,"warning_seconds":null}"#
    }

    private func form(of answer: HTTPResponse) -> String {
        answer.text.replacing(/ws-[0-9a-f]{8}/) { _ in "{id}" }
    }

    @Test func `a workspace is made, changed and deleted, and its sessions end with it`()
        async throws
    {
        let station = try await WorkspaceDaemon()
        let admin = try station.administrator
        let john = try station.register("john")
        let made = try admin.call(
            "POST", "/api/workspaces",
            #"{"name":"Shell","type":"linux","description":"A shell","unknown":1}"#)
        #expect(made.status == 201)
        #expect(form(of: made) == form("Shell"))
        let id = try #require(made.object["id"]?.stringValue)
        let changed = try admin.call(
            "PUT", "/api/workspaces/\(id)", #"{"name":"Bash","max_duration_seconds":28800}"#)
        #expect(changed.status == 200)
        #expect(form(of: changed) == form("Bash", duration: "28800"))
        let cleared = try admin.call(
            "PUT", "/api/workspaces/\(id)", #"{"max_duration_seconds":null}"#)
        #expect(form(of: cleared) == form("Bash"))
        let session = try john.launch(id)
        let running = try john.call("GET", "/api/workspaces/\(id)")
        #expect(form(of: running) == form("Bash", status: "running"))
        let same = try admin.call("PUT", "/api/workspaces/\(id)", running.text)
        #expect(form(of: same) == form("Bash", status: "running"), "what was shown is taken back")
        let deleted = try admin.call("DELETE", "/api/workspaces/\(id)")
        #expect(deleted.status == 200)
        #expect(deleted.text == #"{"message":"Workspace deleted successfully"}"#)
        #expect(try john.session(session)["status"] == .string("terminated"))
        #expect(try john.call("GET", "/api/workspaces/\(id)").status == 404)
    }

    @Test func `only administrators administer`() async throws {
        let station = try await WorkspaceDaemon()
        let john = try station.register("john")
        let organization = try station.daemon.organization
        let bound = WorkspaceUser(
            station: station,
            token: try station.daemon.makeToken("admin@localhost", boundTo: organization))
        for user in [john, bound] {
            for (method, path) in [
                ("POST", "/api/workspaces"), ("PUT", "/api/workspaces/ws-1panel"),
                ("DELETE", "/api/workspaces/ws-1panel"), ("PUT", "/api/workspaces/nothing"),
            ] {
                try user.call(
                    method, path, #"{"name":"x","type":"y"}"#, 403,
                    #"{"detail":"Admin access required"}"#)
            }
        }
        #expect(try john.call("GET", "/api/workspaces/ws-1panel").status == 200)
    }

    @Test(arguments: [
        (#"{"type":"linux"}"#, #"\"name\" must be a text"#),
        (#"{"name":"x","type":7}"#, #"\"type\" must be a text"#),
        (#"{"name":"","type":"y"}"#, #"\"name\" must have 1 to 200 characters on one line"#),
        (
            #"{"name":"x","type":"y","status":"gone"}"#,
            #"\"status\" must be one of available, coming_soon, stopped, error"#
        ),
        (
            #"{"name":"x","type":"y","driver":"docker"}"#,
            #"\"driver\" must be one of simulated, process"#
        ),
        (
            #"{"name":"x","type":"y","driver":"process"}"#,
            #"\"command\" is needed with the driver process"#
        ),
        (
            #"{"name":"x","type":"y","max_duration_seconds":0.5}"#,
            #"\"max_duration_seconds\" must be from 1 to 31622400"#
        ),
        (
            #"{"name":"x","type":"y","heartbeat_seconds":"soon"}"#,
            #"\"heartbeat_seconds\" must be a number of seconds"#
        ),
        (
            #"{"name":"x","type":"y","requires_mfa":"yes"}"#,
            #"\"requires_mfa\" must be true or false"#
        ),
        (
            #"{"name":"x","type":"y","crashes_after_seconds":99999999999}"#,
            #"\"crashes_after_seconds\" must be a number of seconds"#
        ),
    ])
    func `a workspace that cannot be says why`(json: String, problem: String) async throws {
        let daemon = try await SharedDaemon.plain.value
        let answer = try daemon.call(
            "POST", "/workspaces/api/workspaces", json: json, token: daemon.token)
        #expect(answer.status == 400)
        #expect(answer.text == #"{"detail":"\#(problem)"}"#)
    }

    @Test func `a command that the station does not have is refused with the setting's name`()
        async throws
    {
        let daemon = try await SharedDaemon.plain.value
        let answer = try daemon.call(
            "POST", "/workspaces/api/workspaces",
            json: #"{"name":"x","type":"y","driver":"process","command":"vnc"}"#,
            token: daemon.token)
        #expect(answer.status == 409)
        #expect(
            answer.object["detail"]
                == .string(
                    #"the station has no command "vnc" for workspaces; see its setting "#
                        + "workspaces.commands"))
    }

    @Test func `what is out of use or coming soon is not launched`() async throws {
        let station = try await WorkspaceDaemon()
        let admin = try station.administrator
        for (status, code, detail) in [
            ("coming_soon", 400, "Workspace is coming soon"),
            ("stopped", 409, "Workspace is not available: stopped"),
            ("error", 409, "Workspace is not available: error"),
        ] {
            _ = try admin.call("PUT", "/api/workspaces/ws-1panel", #"{"status":"\#(status)"}"#)
            try admin.call(
                "POST", "/api/workspaces/ws-1panel/launch", nil, code,
                #"{"detail":"\#(detail)"}"#)
        }
        _ = try admin.call("PUT", "/api/workspaces/ws-1panel", #"{"status":"available"}"#)
        _ = try admin.launch("ws-1panel")
    }

    @Test func `a workspace that fails to start says why, and its session is over`() async throws {
        let station = try await WorkspaceDaemon()
        let admin = try station.administrator
        _ = try admin.call(
            "PUT", "/api/workspaces/ws-1panel", #"{"start_failure":"no such file"}"#)
        try admin.call(
            "POST", "/api/workspaces/ws-1panel/launch", nil, 503,
            #"{"detail":"Workspace could not be started: no such file"}"#)
        let sessions = try JSONReader.read(admin.call("GET", "/api/sessions").body).arrayValue
        #expect(sessions?.count == 1)
        #expect(sessions?.first?.objectValue?["status"] == .string("terminated"))
    }

    // MARK: Others' sessions

    @Test func `others' sessions are not found, whoever asks`() async throws {
        let station = try await WorkspaceDaemon()
        let organization = try station.daemon.organization
        let owner = try station.register("owner")
        let id = try owner.launch()
        let before = try owner.call("GET", "/api/sessions/\(id)").text
        var people = [try station.administrator, try station.register("other")]
        for role in ["member", "readonly", "manager", "owner"] {
            let token = try station.daemon.makeUser("\(role)@x", roles: [organization: role])
            people.append(WorkspaceUser(station: station, token: token))
        }
        let staff = try station.daemon.makeUser("staff@x", isStaff: true)
        people.append(WorkspaceUser(station: station, token: staff))
        for (index, person) in people.enumerated() {
            for (method, path) in [
                ("GET", "/api/sessions/\(id)"), ("POST", "/api/sessions/\(id)/disconnect"),
                ("POST", "/api/sessions/\(id)/heartbeat"), ("GET", "/viewer/\(id)"),
            ] {
                let answer = try person.call(method, path)
                #expect(answer.status == 404, "\(index) \(method) \(path)")
                #expect(answer.text == #"{"detail":"Session not found"}"#, "\(index) \(path)")
            }
            #expect(
                try refusal { _ = try station.port.socket("/viewer/\(id)", token: person.token) }
                    == 404)
            #expect(try person.call("GET", "/api/sessions").text == "[]")
            #expect(try person.call("GET", "/api/sessions/active").text == "[]")
            // Stopping the workspace ends nobody else's.
            #expect(try person.call("POST", "/api/workspaces/ws-linux-desktop/stop").status == 200)
        }
        #expect(try owner.call("GET", "/api/sessions/\(id)").text == before)
    }

    @Test func `an administrator sees and ends anybody's session by the station's own way`()
        async throws
    {
        let station = try await WorkspaceDaemon()
        let john = try station.register("john")
        let id = try john.launch()
        let token = try station.daemon.token
        let path = "/v1/workspace-sessions"
        for (method, path) in [("GET", path), ("POST", "\(path)/\(id)/end")] {
            let answer = try station.daemon.call(method, path, token: john.token)
            #expect(answer.status == 403)
            #expect(answer.object["code"] == .string("forbidden"))
        }
        let all = try JSONReader.read(station.daemon.call("GET", path, token: token).body)
        #expect(all.arrayValue?.first?.objectValue?["id"] == .string(id))
        let ended = try station.daemon.call("POST", "\(path)/\(id)/end", token: token)
        #expect(ended.status == 200)
        #expect(ended.object["status"] == .string("terminated"))
        #expect(try john.session(id)["status"] == .string("terminated"))
        #expect(
            try station.daemon.call("POST", "\(path)/\(id)/end", token: token).status == 409)
        #expect(try station.daemon.call("POST", "\(path)/x/end", token: token).status == 404)
    }
}
