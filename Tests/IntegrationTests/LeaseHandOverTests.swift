import Foundation
import JSON
import Recording
import Simulation
import TestSupport
import Testing
import Transport

/// Handing over what is leased, over the wire.
@Suite struct LeaseHandOverTests {
    /// A daemon with a device that Ann has leased, her rotor, and people of other kinds.
    private struct Scene {
        let daemon: DaemonProcess
        let organization: String
        let device: String
        let ann: String
        let bob: String
        let lease: JSONObject
        let path: String

        init(_ options: [String] = [], lease more: String = #","duration":600"#) async throws {
            daemon = try await DaemonProcess(["--gpsd", "none"] + options)
            organization = try daemon.organization
            let made = try daemon.call(
                "POST", "/api/v1/controller/device/",
                json: #"{"name":"mast","organization":"\#(organization)"}"#, token: daemon.token)
            device = try #require(made.object["id"]?.stringValue)
            ann = try Self.member("ann@club", "member", of: daemon, organization)
            bob = try Self.member("bob@club", "member", of: daemon, organization)
            lease = try daemon.call(
                "POST", "/api/v1/sessions", json: #"{"device":"\#(device)"\#(more)}"#, token: ann
            ).object
            path = "/api/v1/sessions/\(try #require(lease["id"]?.stringValue))"
        }

        static func member(
            _ email: String, _ role: String, of daemon: DaemonProcess, _ organization: String
        ) throws -> String {
            try daemon.makeUser(
                email, roles: [organization: role], permissions: ["rotor.operate"])
        }

        func member(_ email: String, _ role: String) throws -> String {
            try Self.member(email, role, of: daemon, organization)
        }

        func handOver(to user: String, by token: String?) throws -> HTTPResponse {
            try daemon.call(
                "POST", path + "/hand-over", json: #"{"user":"\#(user)"}"#, token: token)
        }

        func show(_ path: String) throws -> JSONObject {
            try daemon.call("GET", path, token: daemon.token).object
        }
    }

    private static func error(_ answer: HTTPResponse) -> JSONObject? {
        answer.object["error"]?.objectValue
    }

    @Test func `one lease ends, the next begins with the rest of its time, and it is kept`()
        async throws
    {
        let scene = try await Scene()
        let handed = try scene.handOver(to: "bob@club", by: scene.ann)
        #expect(handed.status == 201)
        let next = handed.object
        #expect(next.members.map(\.key) == scene.lease.members.map(\.key))
        #expect(next["expiresAt"] == scene.lease["expiresAt"])
        #expect(next["device"] == scene.lease["device"])
        #expect(next["user"] != scene.lease["user"])
        let old = try scene.show(scene.path)
        #expect(old["endReason"] == .string("handed_over"))
        #expect(old["releasedAt"] != .null)
        let taken = try scene.daemon.call(
            "POST", "/api/v1/sessions", json: #"{"device":"\#(scene.device)"}"#, token: scene.ann)
        #expect(taken.status == 409)
        #expect(Self.error(taken)?["owner"] ?? taken.object["owner"] == next["user"])
        let again = try scene.handOver(to: "bob@club", by: scene.ann)
        #expect(again.status == 409, "the old one has ended")
        try await scene.daemon.restart()
        let path = "/api/v1/sessions/\(next["id"]?.stringValue ?? "")"
        #expect(try scene.show(path) == next)
        #expect(try scene.show(scene.path) == old)
        let timeline = try scene.daemon.call(
            "GET", "/v1/timeline?action=hand_over_session&success=true", token: scene.daemon.token)
        let entry = timeline.object["entries"]?.arrayValue?.first?.objectValue
        #expect(entry?["user_email"] == .string("ann@club"))
        #expect(entry?["end_reason"] == .string("handed_over"))
        #expect(entry?["device"] == .string(scene.device))
        #expect(entry?["resource"] == .string("session:\(old["id"]?.stringValue ?? "")"))
        let words = entry?["details"]?.stringValue ?? ""
        #expect(words == "to bob@club, session \(next["id"]?.stringValue ?? "")")
    }

    @Test func `the holder, managers and superusers hand over, to whoever may lease`() async throws
    {
        let scene = try await Scene()
        let daemon = scene.daemon
        let manager = try scene.member("m@club", "manager")
        let readonly = try scene.member("r@club", "readonly")
        _ = try daemon.makeUser("out@far")
        for token in [scene.bob, readonly] {
            let answer = try scene.handOver(to: "bob@club", by: token)
            #expect(answer.status == 403)
            #expect(Self.error(answer)?["code"] == .string("forbidden"))
        }
        #expect(try scene.handOver(to: "bob@club", by: nil).status == 401)
        #expect(try scene.handOver(to: "ann@club", by: scene.ann).status == 409, "she has it")
        for name in ["r@club", "out@far", "nobody", ""] {
            let answer = try scene.handOver(to: name, by: scene.ann)
            #expect(answer.status == 400, "\(name)")
            let message = Self.error(answer)?["message"]?.stringValue ?? ""
            #expect(message.contains(#""user""#), "\(message)")
        }
        for body in ["{}", #"{"user":7}"#] {
            let answer = try daemon.call(
                "POST", scene.path + "/hand-over", json: body, token: scene.ann)
            #expect(answer.status == 400)
        }
        for id in ["x", "84981a00-b9cb-4bb9-808a-6ff78af540f7"] {
            let answer = try daemon.call(
                "POST", "/api/v1/sessions/\(id)/hand-over", json: #"{"user":"bob@club"}"#,
                token: scene.ann)
            #expect(answer.status == 404)
        }
        #expect(try scene.show(scene.path)["releasedAt"] == .null, "nothing has changed")
        let handed = try scene.handOver(to: "bob@club", by: manager)
        #expect(handed.status == 201)
        let path = "/api/v1/sessions/\(handed.object["id"]?.stringValue ?? "")"
        let me = try daemon.call("GET", "/v1/me", token: daemon.token).object
        let taken = try daemon.call(
            "POST", path + "/hand-over",
            json: #"{"user":"\#(me["id"]?.stringValue ?? "")"}"#, token: daemon.token)
        #expect(taken.status == 201, "a superuser takes it over")
    }

    @Test func `what happens to a leased rotor replays to the last bit`() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/handed.jsonl"
        let scene = try await Scene(["--station", "52,4.36", "--record", file])
        let daemon = scene.daemon
        let added = try daemon.call(
            "POST", "/api/rotors",
            json: #"{"name":"mast","driver":"simulated","device":"\#(scene.device)"}"#,
            token: scene.ann)
        #expect(added.status == 201)
        func point(_ token: String) throws -> Int {
            try daemon.call(
                "POST", "/api/rotors/1/point", json: #"{"azimuth":40,"elevation":10}"#,
                token: token
            ).status
        }
        #expect(await eventually { (try? point(scene.ann)) == 200 })
        #expect(try scene.handOver(to: "bob@club", by: scene.ann).status == 201)
        let position = try daemon.call("GET", "/api/rotors/1/position").object
        #expect(position["owner"] == .string("bob@club"))
        #expect(position["aim"] != nil, "it goes on")
        #expect(position["problems"] == nil)
        #expect(try point(scene.ann) == 409)
        #expect(try point(scene.bob) == 200)
        daemon.process.signal(15)
        try #require(await daemon.process.waitForExit() == .code(0))
        let recording = try RecordingReader(
            Array(try String(contentsOfFile: file, encoding: .utf8).utf8))
        var traces: Set<UInt64> = []
        for _ in 0..<5 {
            var reader = recording
            let result = try ExactReplay.run(&reader)
            #expect(result.divergence == nil)
            traces.insert(result.trace)
        }
        #expect(traces.count == 1)
        let verify = try ChildProcess(try BuiltProgram.path("boresight"), ["verify", file])
        #expect(await verify.waitForExit() == .code(0), "\(verify.standardError)")
    }
}
