import JSON
import TestSupport
import Testing
import Transport

/// The timeline over the wire: who did what, through every API.
@Suite struct AuditContractTests {
    private let daemon: DaemonProcess
    private let organization: String

    init() async throws {
        daemon = try await DaemonProcess(["--gpsd", "none", "--station", "52.5,13.4"])
        organization = try daemon.organization
    }

    /// Calls and expects a status; the answer.
    @discardableResult
    private func call(
        _ method: String, _ path: String, _ json: String? = nil, _ token: String? = nil,
        _ status: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSONObject {
        let answer = try daemon.call(method, path, json: json, token: token)
        #expect(answer.status == status, "\(answer.text)", sourceLocation: sourceLocation)
        return answer.object
    }

    private func text(_ object: JSONObject, _ key: String = "id") throws -> String {
        try #require(object[key]?.stringValue)
    }

    private func device(_ name: String) throws -> String {
        try text(
            try call(
                "POST", "/api/v1/controller/device/",
                #"{"name":"\#(name)","organization":"\#(organization)"}"#, try daemon.token, 201))
    }

    @Test func `who changed whose rights is told`() throws {
        let admin = try daemon.token
        let eva = try daemon.makeUser(
            "eva@b", roles: [organization: "member"], isStaff: true,
            permissions: ["rotor.operate"])
        try call("GET", "/v1/me", nil, eva, 200)
        try call("PUT", "/v1/users/eva@b/password", #"{"password":"open sesame"}"#, admin, 204)
        try call("POST", "/v1/users", #"{"email":"ben@b"}"#, eva, 403)
        try call("GET", "/v1/users", nil, eva, 403)
        try call("GET", "/v1/users", nil, nil, 401)
        let login = "/api/v1/users/token/"
        try call("POST", login, #"{"username":"eva@b","password":"open sesame"}"#, nil, 200)
        try call("POST", login, #"{"username":"eva@b","password":"guess"}"#, nil, 400)
        try call("POST", login, #"{"username":"open sesame","password":"eva@b"}"#, nil, 400)
        try call("DELETE", "/v1/organizations/Default/members/eva@b", nil, admin, 204)
        let lines = try AuditLines(daemon).lines
        #expect(
            lines == [
                "admin@localhost boresight add_user user:{uuid} done eva@b, staff, rotor.operate",
                "admin@localhost boresight set_member user:{uuid} done role member [organization]",
                "admin@localhost boresight add_token token:{uuid} done of user {uuid}",
                "admin@localhost boresight set_password user:{uuid} done",
                "eva@b boresight add_user refused only a superuser may do this",
                "eva@b boresight list_users refused only a superuser may do this",
                "- boresight list_users refused a bearer token is needed; the first one is in "
                    + "DATA/admin.token",
                "eva@b controller login done",
                "- controller login refused non_field_errors: Unable to log in with provided "
                    + "credentials.: eva@b",
                "- controller login refused non_field_errors: Unable to log in with provided "
                    + "credentials.: no e-mail address",
                "admin@localhost boresight remove_member user:{uuid} done role member "
                    + "[organization]",
            ])
    }

    @Test func `who paired, moved and leased what is told`() async throws {
        let admin = try daemon.token
        let eva = try daemon.makeUser(
            "eva@b", roles: [organization: "member"], isStaff: true,
            permissions: ["rotor.operate"])
        let before = try AuditLines(daemon).entries.count
        let mast = try device("mast")
        let rotor = #"{"name":"dish","driver":"simulated","device":"\#(mast)"}"#
        try call("POST", "/api/rotors", rotor, admin, 201)
        let session = try daemon.makeSession()
        try call("POST", "/api/sessions/\(session)/join", "{}", nil, 200)
        try call("POST", "/api/rotors/1/pair", #"{"token":"\#(session)"}"#, eva, 200)
        let phone = try daemon.socket(session)
        for azimuth in 0..<20 {
            try phone.send(
                #"{"type":"target","target":{"azimuth":\#(azimuth),"elevation":20}}"#)
        }
        try phone.send(#"{"type":"mode","mode":"stop"}"#)
        let isTold = await eventually {
            (try? AuditLines(daemon).lines.contains { $0.contains("obey_mode") }) == true
        }
        #expect(isTold)
        let lease = try text(
            try call("POST", "/api/v1/sessions", #"{"device":"\#(mast)"}"#, eva, 201))
        try call("POST", "/api/v1/sessions", #"{"device":"\#(mast)"}"#, admin, 409)
        try call("POST", "/api/rotors/1/park", nil, admin, 409)
        try call("POST", "/api/rotors/1/point", #"{"azimuth":10,"elevation":20}"#, eva, 200)
        try call("POST", "/api/v1/sessions/\(lease)/heartbeat", nil, eva, 200)
        try call("POST", "/api/v1/sessions/\(lease)/release", nil, admin, 200)
        try call("POST", "/api/rotors/9/stop", nil, eva, 404)
        try call("DELETE", "/api/sessions/\(session)", nil, nil, 204)
        let lines = try AuditLines(daemon).lines.dropFirst(before)
        let thing = "[device session organization]"
        #expect(
            Array(lines) == [
                "admin@localhost controller add_device device:{uuid} done [device]",
                "admin@localhost pairing add_rotor rotor:1 done [device]",
                "- pairing create_session session:{us} done [session]",
                "- pairing join_session session:{us} done [session]",
                "eva@b pairing pair_rotor rotor:1 done [device session]",
                "eva@b pairing obey_target rotor:1 done azimuth 0.0, elevation 20.0 [device]",
                "eva@b pairing obey_mode rotor:1 done stop [device]",
                "eva@b leases create_session session:{uuid} done \(thing)",
                "admin@localhost leases create_session refused the device is leased by eva@b "
                    + "since {ms} [device organization]",
                "admin@localhost pairing park_rotor rotor:1 refused the device is leased by eva@b "
                    + "since {ms}",
                "eva@b pairing point_rotor rotor:1 done azimuth 10.0, elevation 20.0 [device]",
                "admin@localhost leases release_session session:{uuid} done (revoked) \(thing)",
                "eva@b pairing stop_rotor rotor:9 refused Rotor not found",
                "- pairing end_session session:{us} done (deleted) [session]",
            ])
        let own = try AuditLines(daemon, "&device=\(mast)&user=eva@b&success=true").lines
        #expect(own.count == 5, "\(own)")
        #expect(try AuditLines(daemon, "&session=\(lease)").lines.count == 2)
    }

    @Test func `commands are told when they are given and when they have ended`() async throws {
        let admin = try daemon.token
        let mast = try device("mast")
        let path = "/api/v1/controller/device/\(mast)/"
        try call(
            "POST", path + "connection/", #"{"driver":"simulated","parameters":{}}"#, admin, 201)
        try call("POST", path + "command/", #"{"type":"reboot"}"#, admin, 201)
        let isTold = await eventually {
            (try? AuditLines(daemon, "&action=end_command").lines.count) == 1
        }
        #expect(isTold)
        let lines = try AuditLines(daemon).lines
        #expect(
            lines == [
                "admin@localhost controller add_device device:{uuid} done [device]",
                "admin@localhost controller add_connection connection:{uuid} done [device]",
                "admin@localhost controller run_command command:{uuid} done reboot "
                    + "[device organization]",
                "admin@localhost - end_command command:{uuid} done reboot [device organization]",
            ])
    }

    @Test func `who hosted and who voted is told`() throws {
        let api = "/game-night/api"
        try call("POST", api + "/sessions", "{}", nil, 401)
        try call("POST", api + "/auth/login", #"{"key":"let me in"}"#, nil, 401)
        let key = try daemon.hostKey
        let host = try text(
            try call("POST", api + "/auth/login", #"{"key":"\#(key)"}"#, nil, 200), "token")
        try call("POST", api + "/sessions", "{}", host, 201)
        try call("POST", api + "/sessions", "{}", host, 400)
        try call("POST", api + "/sessions/1/games", #"{"game_id":1}"#, host, 201)
        for vote in ["up", "down"] {
            try call(
                "POST", api + "/votes/live",
                #"{"username":"ada-\#(vote)","vote":"\#(vote)","#
                    + #""timestamp":"2099-01-01T00:00:00Z"}"#, host, 200)
        }
        let lines = try AuditLines(daemon).lines
        #expect(
            lines == [
                "- game-night create_session refused Access token required",
                "- game-night login refused Invalid admin key",
                "- game-night login done host",
                "- game-night create_session session:1 done host [session]",
                "- game-night create_session refused host: An active session already exists. "
                    + "Please close it before creating a new one.",
                "- game-night add_game_to_session game:1 done host [session]",
                "- game-night vote game:1 done host: ada-up votes up [session]",
                "- game-night vote game:1 done host: ada-down votes down [session]",
            ])
    }

    @Test func `who asks too often is told to wait, and that is kept`() async throws {
        let daemon = try await DaemonProcess([
            "--gpsd", "none", "--limits-sessions-per-minute", "2",
        ])
        for status in [201, 201, 429] {
            #expect(try daemon.call("POST", "/api/sessions").status == status)
        }
        let lines = try AuditLines(daemon).lines
        #expect(lines.count == 3)
        #expect(
            lines.last?.hasPrefix("- pairing create_session refused too many requests") == true)
    }

    @Test func `everybody sees what they did, and a superuser what all did`() throws {
        let eva = try daemon.makeUser("eva@b", roles: [organization: "member"])
        try call("POST", "/v1/users", #"{"email":"ben@b"}"#, eva, 403)
        let own = try AuditLines(daemon, token: eva, "").lines
        #expect(own == ["eva@b boresight add_user refused only a superuser may do this"])
        try call("GET", "/v1/timeline", nil, nil, 401)
        let refused = try call("GET", "/v1/timeline?user=admin@localhost", nil, eva, 403)
        #expect(refused["detail"] == .string("only a superuser may see what others did"))
        for (query, name) in [
            ("limit=0", "limit"), ("limit=501", "limit"), ("before=x", "before"),
            ("since=yesterday", "since"), ("until=", "until"), ("success=1", "success"),
            ("api=none", "api"),
        ] {
            let answer = try call("GET", "/v1/timeline?" + query, nil, eva, 400)
            #expect(answer["code"] == .string("invalid_request"))
            #expect(try text(answer, "detail").hasPrefix("\"\(name)\""), "\(query)")
        }
        #expect(try AuditLines(daemon, "&since=2099-01-01T00:00:00Z").lines.isEmpty)
        #expect(try AuditLines(daemon, "&until=2001-01-01T00:00:00Z").lines.isEmpty)
        #expect(try AuditLines(daemon, "&user=nobody@b").lines.isEmpty)
    }
}
