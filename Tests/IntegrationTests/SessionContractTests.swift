import JSON
import TestSupport
import Testing
import Transport

/// Contract «000», sessions, over the wire.
@Suite struct SessionContractTests {
    private static let keys = ["token", "created_at", "expires_at", "is_paired"]

    @Test func `creating, reading, joining and ending a session answer as documented`() async throws
    {
        let daemon = try await DaemonProcess()
        let created = try daemon.call("POST", "/api/sessions")
        #expect(created.status == 201)
        #expect(created.headers["Content-Type"] == "application/json")
        #expect(created.object.members.map(\.key) == Self.keys)
        let token = try #require(created.object["token"]?.stringValue)
        #expect(token.utf8.count == 43)
        #expect(created.object["is_paired"] == .bool(false))
        let times = ["created_at", "expires_at"].map { created.object[$0]?.stringValue ?? "" }
        #expect(times.allSatisfy { $0.count == 20 && $0.hasSuffix("Z") }, "\(times)")
        let read = try daemon.call("GET", "/api/sessions/\(token)")
        #expect(read.status == 200)
        #expect(read.text == created.text)
        let joined = try daemon.call(
            "POST", "/api/sessions/\(token)/join", json: #"{"device_info":"iPhone 15 Pro"}"#)
        #expect(joined.status == 200)
        #expect(joined.object.members.map(\.key) == Self.keys)
        #expect(joined.object["is_paired"] == .bool(true))
        let ended = try daemon.call("DELETE", "/api/sessions/\(token)")
        #expect(ended.status == 204)
        #expect(ended.body.isEmpty)
        for (method, path) in [("GET", ""), ("POST", "/join"), ("DELETE", "")] {
            let gone = try daemon.call(method, "/api/sessions/\(token)\(path)")
            #expect(gone.status == 404)
            #expect(gone.text == #"{"detail":"Session not found"}"#)
        }
    }

    @Test func `a join's body may be absent, empty, null or a text of at most 512 characters`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let path = "/api/sessions/\(try daemon.makeSession())/join"
        let long = String(repeating: "é", count: 512)
        for body in [nil, "{}", #"{"device_info":null}"#, #"{"device_info":"\#(long)"}"#] {
            #expect(try daemon.call("POST", path, json: body).status == 200, "\(body ?? "none")")
        }
        let refused = [
            #"{"device_info":"\#(long)x"}"#, #"{"device_info":7}"#, #"{"device_info":["a"]}"#, "[]",
            #""text""#, "{", #"{"device_info":}"#,
            #"{"a":"# + String(repeating: "[", count: 64) + String(repeating: "]", count: 64) + "}",
        ]
        for body in refused {
            let answer = try daemon.call("POST", path, json: body)
            #expect(answer.status == 400, "\(body)")
            #expect(answer.object["detail"]?.stringValue?.isEmpty == false, "\(answer.text)")
        }
        let depth64 =
            #"{"a":"# + String(repeating: "[", count: 63) + String(repeating: "]", count: 63) + "}"
        #expect(try daemon.call("POST", path, json: depth64).status == 200)
    }

    @Test func `any URL-safe token is looked up and nothing else can be one`() async throws {
        let daemon = try await DaemonProcess()
        let tokens = [
            "x", String(repeating: "a", count: 128), String(repeating: "a", count: 129),
            "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2", "%20", "%2e%2e", "a%00b",
        ]
        for token in tokens {
            let answer = try daemon.call("GET", "/api/sessions/\(token)")
            #expect(answer.status == 404, "\(token)")
            #expect(answer.text == #"{"detail":"Session not found"}"#)
        }
    }

    @Test func `creating too often is 429 with the time to wait`() async throws {
        let daemon = try await DaemonProcess(
            ["--gpsd", "none", "--limits-sessions-per-minute", "3"])
        for _ in 0..<3 { #expect(try daemon.call("POST", "/api/sessions").status == 201) }
        let refused = try daemon.call("POST", "/api/sessions")
        #expect(refused.status == 429)
        let wait = try #require(refused.headers["Retry-After"].flatMap { Int($0) })
        #expect((1...20).contains(wait))
    }

    @Test func `joining too often is 429 too, with a share of its own`() async throws {
        let daemon = try await DaemonProcess(
            ["--gpsd", "none", "--limits-sessions-per-minute", "3"])
        let path = "/api/sessions/\(try daemon.makeSession())/join"
        for _ in 0..<3 { #expect(try daemon.call("POST", path).status == 200) }
        #expect(try daemon.call("POST", path).status == 429)
        #expect(try daemon.call("POST", "/api/sessions").status == 201)
    }

    @Test func `more live sessions than allowed are 503`() async throws {
        let daemon = try await DaemonProcess(["--gpsd", "none", "--limits-live-sessions", "2"])
        let first = try daemon.makeSession()
        _ = try daemon.makeSession()
        #expect(try daemon.call("POST", "/api/sessions").status == 503)
        #expect(try daemon.call("DELETE", "/api/sessions/\(first)").status == 204)
        #expect(try daemon.call("POST", "/api/sessions").status == 201)
    }

    @Test func `an expired session is 410, may be deleted, and closes its relay`() async throws {
        let folder = try TemporaryFolder()
        let daemon = try await DaemonProcess(folder: folder)
        let token = try daemon.makeSession()
        daemon.kill()
        // Made yesterday, as far as the store knows.
        let age = "UPDATE pairing_sessions SET created_ns=created_ns-90000000000000, "
        let sqlite = try ChildProcess(
            "sqlite3",
            [folder.path + "/boresight.db", age + "expires_ns=expires_ns-90000000000000"])
        #expect(await sqlite.waitForExit() == .code(0), "\(sqlite.standardError)")
        try await daemon.restart()
        for (method, path) in [("GET", ""), ("POST", "/join")] {
            let answer = try daemon.call(method, "/api/sessions/\(token)\(path)")
            #expect(answer.status == 410)
            #expect(answer.text == #"{"detail":"Session has expired"}"#)
        }
        #expect(
            throws: ClientError.refused(
                status: 410, body: Array(#"{"detail":"Session has expired"}"#.utf8))
        ) {
            try daemon.socket(token)
        }
        #expect(try daemon.call("DELETE", "/api/sessions/\(token)").status == 204)
        #expect(try daemon.call("GET", "/api/sessions/\(token)").status == 404)
    }
}
