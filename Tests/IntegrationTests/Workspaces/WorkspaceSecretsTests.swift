import Foundation
import JSON
import Recording
import Simulation
import TestSupport
import Testing
import Transport

/// 004: second factors at work, and what is written down of it all.
@Suite struct WorkspaceSecretsTests {
    private static let password = "correct horse battery"
    private static let typed = "typed into the desktop"
    private static let handed = "handed-over-in-the-environment"

    @Test func `a workspace that wants a second factor gets one`() async throws {
        let station = try await WorkspaceDaemon()
        _ = try station.administrator.call(
            "PUT", "/api/workspaces/ws-1panel", #"{"requires_mfa":true}"#)
        let eva = try station.register("eva", password: Self.password)
        let refused = try eva.call("POST", "/api/workspaces/ws-1panel/launch")
        #expect(refused.status == 403)
        #expect(
            refused.object["detail"]?.stringValue?.contains("a login with a second factor") == true)
        let (again, _) = try await Self.enrol(eva)
        try eva.call(
            "POST", "/api/workspaces/ws-1panel/launch", nil, 403, refused.text)
        let launched = try again.call("POST", "/api/workspaces/ws-1panel/launch")
        #expect(launched.status == 200)
        #expect(launched.object["security"]?.objectValue?["mfa_enforced"] == .bool(true))
        let session = try #require(launched.object["session_id"]?.stringValue)
        #expect(try again.session(session)["mfa_verified"] == .bool(true))
        #expect(try again.call("GET", "/api/auth/me").object["mfa_enabled"] == .bool(true))
        let plain = try eva.launch()
        #expect(try eva.session(plain)["mfa_verified"] == .bool(false))
    }

    @Test func `without its code nobody comes in who has a second factor`() async throws {
        let station = try await WorkspaceDaemon()
        let eva = try station.register("eva", password: Self.password)
        let (_, enrolment) = try await Self.enrol(eva)
        func logIn(_ more: String) throws -> HTTPResponse {
            try station.port.call(
                "POST", "/api/auth/login",
                json: #"{"email":"eva@acme.com","password":"\#(Self.password)"\#(more)}"#)
        }
        #expect(try logIn("").text == #"{"detail":"MFA code required"}"#)
        #expect(try logIn(#","totp_code":"000000""#).text == #"{"detail":"Invalid MFA code"}"#)
        #expect(try logIn(#","totp_code":"x""#).status == 401)
        let codes = enrolment["recovery_codes"]?.arrayValue?.compactMap(\.stringValue) ?? []
        #expect(codes.count == 10)
        let code = try #require(codes.first)
        #expect(try logIn(#","recovery_code":"\#(code)""#).status == 200)
        #expect(try logIn(#","recovery_code":"\#(code)""#).status == 401, "each is good for once")
        let left = try eva.call("GET", "/api/auth/mfa").object["recovery_codes_left"]
        #expect(left == .integer(9))
        let gone = try eva.call(
            "POST", "/api/auth/mfa/remove", #"{"recovery_code":"\#(codes[1])"}"#)
        #expect(gone.status == 204)
        #expect(try logIn("").status == 200)
    }

    /// Enrols and logs in with a code.
    private static func enrol(
        _ user: WorkspaceUser
    ) async throws -> (user: WorkspaceUser, enrolment: JSONObject) {
        let enrolment = try user.call("POST", "/api/auth/mfa").object
        var phone = Authenticator(try #require(enrolment["secret"]?.stringValue))
        let confirmed = try user.call(
            "POST", "/api/auth/mfa/confirm", #"{"code":"\#(try await phone.next())"}"#)
        #expect(confirmed.status == 200, "\(confirmed.text)")
        let code = try await phone.next()
        let answer = try user.port.call(
            "POST", "/api/auth/login",
            json: #"{"email":"eva@acme.com","password":"\#(password)","totp_code":"\#(code)"}"#)
        let token = try #require(answer.object["access_token"]?.stringValue, "\(answer.text)")
        return (WorkspaceUser(station: user.station, token: token), enrolment)
    }

    @Test func `a recorded day has no secret in it and replays to the last bit`() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/day.jsonl"
        try folder.write(
            """
            {"commands": {"shell": {
              "executable": "/usr/bin/env",
              "arguments": ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"],
              "environment": {"SECRET": "\(Self.handed)"}, "port": "picked", "startSeconds": 30,
            }}}
            """, to: "commands.json")
        let station = try await WorkspaceDaemon([
            "--record", file, "--workspaces-commands", folder.path + "/commands.json",
            "--workspaces-tunnel", "none",
        ])
        let admin = try station.administrator
        let made = try admin.call(
            "POST", "/api/workspaces",
            #"{"name":"Shell","type":"x","driver":"process","command":"shell"}"#)
        let workspace = try #require(made.object["id"]?.stringValue, "\(made.text)")
        let eva = try station.register("eva", password: Self.password)
        let (again, enrolment) = try await Self.enrol(eva)
        let session = try again.launch(workspace)
        #expect(try again.session(session)["tunnel_status"] == .string("none"))
        let socket = try station.port.socket("/viewer/\(session)", token: again.token)
        try socket.send("GET /\(Self.typed) HTTP/1.0\r\n\r\n")
        _ = try socket.receive(timeout: .seconds(20))
        _ = try again.call("POST", "/api/auth/logout")
        _ = try admin.call("GET", "/api/audit-logs")
        station.daemon.process.signal(15)
        let exit = await station.daemon.process.waitForExit()
        try #require(exit == .code(0), "\(station.daemon.process.standardError.suffix(2000))")
        let secrets =
            [
                Self.password, Self.typed, Self.handed, admin.token, eva.token, again.token,
                try #require(enrolment["secret"]?.stringValue),
            ] + (enrolment["recovery_codes"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let log = station.daemon.process.standardError
        for secret in secrets {
            #expect(!text.contains(secret), "the recording tells \(secret)")
            #expect(!log.contains(secret), "the log tells \(secret)")
        }
        var reader = try RecordingReader(Array(text.utf8))
        let result = try ExactReplay.run(&reader)
        #expect(result.divergence == nil, "\(result)")
        let verify = try ChildProcess(try BuiltProgram.path("boresight"), ["verify", file])
        #expect(
            await verify.waitForExit(within: .seconds(120)) == .code(0),
            "\(verify.standardOutput.suffix(2000))")
    }
}
