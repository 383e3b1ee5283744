import JSON
import TestSupport
import Testing
import Transport

/// Contract «For all», over the wire.
@Suite struct FrameworkContractTests {
    @Test(arguments: ["/health", "/api/health"])
    func `health is told with GET and HEAD`(_ path: String) async throws {
        let daemon = try await SharedDaemon.plain.value
        let get = try daemon.call("GET", path)
        #expect(get.status == 200)
        #expect(get.text == #"{"status":"ok","service":"boresight"}"#)
        let head = try daemon.call("HEAD", path)
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head.headers["Content-Length"] == get.headers["Content-Length"])
    }

    @Test(arguments: [
        ("/nope", "detail"), ("/api/nope", "detail"), ("/api/v1/controller/x", "detail"),
        ("/api/v1/users/nope", "detail"), ("/api/v1/sessions/x/y", "error.message"),
        ("/api/v1/devices/x", "error.message"), ("/game-night/api/x", "error"),
        ("/workspaces/api/x", "detail"), ("/v1/nope", "code"),
    ])
    func `the path decides how an error is worded`(_ path: String, _ shape: String) async throws {
        let daemon = try await SharedDaemon.plain.value
        let answer = try daemon.call("GET", path)
        #expect(answer.status == 404)
        let type = shape == "code" ? "application/problem+json" : "application/json"
        #expect(answer.headers["Content-Type"] == type)
        switch shape {
        case "error.message":
            let error = answer.object["error"]?.objectValue
            #expect(error?.members.map(\.key) == ["code", "message"])
            #expect(error?["code"] == .string("not_found"))
        case "code":
            #expect(
                answer.object.members.map(\.key) == ["type", "title", "status", "detail", "code"])
        default:
            #expect(answer.object.members.map(\.key) == [shape])
        }
    }

    @Test func `an API with a port of its own words all its errors its own way`() async throws {
        let night = try Loopback.freePort()
        let daemon = try await DaemonProcess([
            "--gpsd", "none", "--listen", "127.0.0.1:0", "--listen",
            "game-night=127.0.0.1:\(night)",
        ])
        let answer = try HTTPClient().call("GET", "http://127.0.0.1:\(night)/api/nope")
        #expect(answer.status == 404)
        #expect(answer.object.members.map(\.key) == ["error"])
        #expect(try daemon.call("GET", "/api/nope").object.members.map(\.key) == ["detail"])
    }

    @Test(arguments: [
        ("PATCH", "/api/sessions", "POST"), ("DELETE", "/health", "GET, HEAD"),
        ("POST", "/api/rotors/1", "DELETE, GET, HEAD, PUT"), ("PUT", "/", "GET, HEAD"),
    ])
    func `a method that is not there is 405 and says which are`(
        _ method: String, _ path: String, _ allowed: String
    ) async throws {
        let daemon = try await SharedDaemon.plain.value
        let answer = try daemon.call(method, path)
        #expect(answer.status == 405)
        #expect(answer.headers["Allow"] == allowed)
        #expect(answer.object["detail"] != nil)
    }

    @Test func `a trailing slash is significant`() async throws {
        let daemon = try await SharedDaemon.plain.value
        #expect(try daemon.call("GET", "/api/rotors").status == 200)
        #expect(try daemon.call("GET", "/api/rotors/").status == 404)
    }

    @Test func `a body over 1 MiB is 413 in the API's own shape`() async throws {
        let daemon = try await SharedDaemon.plain.value
        let path = "/api/rotors"
        let padding = String(repeating: " ", count: 1024 * 1024 - 2)
        let fits = try daemon.call("POST", path, json: padding + "{}", token: daemon.token)
        #expect(fits.status == 400, "the name is missing, the size is fine")
        let large = try daemon.call("POST", path, json: padding + "{} ", token: daemon.token)
        #expect(large.status == 413)
        #expect(large.object["detail"] != nil)
    }

    @Test func `another content type than JSON is 415, none is taken as JSON`() async throws {
        let daemon = try await SharedDaemon.plain.value
        let wrong = try daemon.call(
            "POST", "/api/rotors", json: "{}", token: daemon.token,
            headers: [("Content-Type", "text/plain")])
        #expect(wrong.status == 415)
        #expect(wrong.object["detail"]?.stringValue?.contains("application/json") == true)
        let charset = try daemon.call(
            "POST", "/api/rotors", json: "{}", token: daemon.token,
            headers: [("Content-Type", "Application/JSON; charset=utf-8")])
        #expect(charset.status == 400)
    }

    @Test func `the request's number is echoed or made`() async throws {
        let daemon = try await SharedDaemon.plain.value
        let echoed = try daemon.call("GET", "/health", headers: [("X-Request-Id", "mine-7")])
        #expect(echoed.headers["X-Request-Id"] == "mine-7")
        let made = try daemon.call("GET", "/health")
        #expect(made.headers["X-Request-Id"]?.isEmpty == false)
        let long = String(repeating: "x", count: 129)
        let replaced = try daemon.call("GET", "/health", headers: [("X-Request-Id", long)])
        #expect(replaced.headers["X-Request-Id"] != long)
    }

    @Test func `pages of other origins may call only when the operator says so`() async throws {
        let plain = try await SharedDaemon.plain.value
        let origin = ("Origin", "https://map.example")
        let closed = try plain.call("GET", "/health", headers: [origin])
        #expect(closed.headers["Access-Control-Allow-Origin"] == nil)
        let ask = [origin, ("Access-Control-Request-Method", "POST")]
        #expect(try plain.call("OPTIONS", "/api/sessions", headers: ask).status == 403)
        let open = try await DaemonProcess(["--gpsd", "none", "--cors", "https://map.example"])
        let allowed = try open.call("GET", "/health", headers: [origin])
        #expect(allowed.headers["Access-Control-Allow-Origin"] == "https://map.example")
        let preflight = try open.call("OPTIONS", "/api/sessions", headers: ask)
        #expect(preflight.status == 200)
        #expect(preflight.headers["Access-Control-Allow-Methods"] == "POST")
        let other = try open.call("GET", "/health", headers: [("Origin", "https://x.example")])
        #expect(other.headers["Access-Control-Allow-Origin"] == nil)
    }

    @Test func `a half handshake is 400, a plain GET of a socket's address 426`() async throws {
        let daemon = try await SharedDaemon.plain.value
        let session = try daemon.makeSession()
        let plain = try daemon.call("GET", "/ws/session/\(session)")
        #expect(plain.status == 426)
        #expect(plain.headers["Upgrade"] == "websocket")
        let half = try daemon.call(
            "GET", "/ws/session/\(session)",
            headers: [("Upgrade", "websocket"), ("Connection", "Upgrade")])
        #expect(half.status == 400)
    }

    @Test func `the pages come with a strict policy and every file they name`() async throws {
        let daemon = try await SharedDaemon.plain.value
        for path in ["/", "/pair/some-token"] {
            let page = try daemon.call("GET", path)
            #expect(page.status == 200)
            #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
            let policy = page.headers["Content-Security-Policy"] ?? ""
            #expect(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            let assets = page.text.split(separator: "\"").filter { $0.hasPrefix("/assets/") }
            #expect(assets.count >= 2)
            for asset in assets { #expect(try daemon.call("GET", String(asset)).status == 200) }
        }
        let code = try daemon.call("GET", "/pair/some-token/qr.svg")
        #expect(code.headers["Content-Type"] == "image/svg+xml")
        #expect(try daemon.call("GET", "/assets/../admin.token").status == 404)
        #expect(try daemon.call("GET", "/assets/%2e%2e%2fadmin.token").status == 404)
    }
}
