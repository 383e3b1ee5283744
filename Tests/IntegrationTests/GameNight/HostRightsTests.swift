import JSON
import TestSupport
import Testing
import Transport

/// 003: who may do what, without a token, with a wrong one, and with each that there is.
@Suite struct HostRightsTests {
    /// Every protected route with a body for it.
    private static let protected: [(method: String, path: String, json: String?)] = [
        ("POST", "/api/sessions", "{}"), ("POST", "/api/sessions/1/close", nil),
        ("DELETE", "/api/sessions/1", nil), ("POST", "/api/sessions/1/games", "{}"),
        ("POST", "/api/sessions/1/chat-import", "{}"), ("GET", "/api/sessions/1/export", nil),
        ("PATCH", "/api/sessions/1/games/1/status", "{}"),
        ("DELETE", "/api/sessions/1/games/1", nil),
        ("PATCH", "/api/sessions/1/games/1/room-code", "{}"),
        ("POST", "/api/sessions/1/games/1/start-player-check", nil),
        ("POST", "/api/sessions/1/games/1/stop-player-check", nil),
        ("PATCH", "/api/sessions/1/games/1/player-count", "{}"),
        ("POST", "/api/votes/live", "{}"), ("POST", "/api/games", "{}"),
        ("PUT", "/api/games/999", "{}"), ("DELETE", "/api/games/999", nil),
        ("POST", "/api/games/import/csv", "{}"), ("GET", "/api/webhooks", nil),
        ("POST", "/api/webhooks", "{}"), ("GET", "/api/webhooks/1", nil),
        ("PATCH", "/api/webhooks/1", "{}"), ("DELETE", "/api/webhooks/1", nil),
        ("POST", "/api/webhooks/test/1", nil), ("GET", "/api/webhooks/1/logs", nil),
    ]

    private static let open = [
        "/api/sessions", "/api/sessions/active", "/api/sessions/1", "/api/sessions/1/games",
        "/api/sessions/1/votes", "/api/sessions/1/games/1/status-live", "/api/votes",
        "/api/games", "/api/games/1", "/api/games/export/csv", "/health",
    ]

    @Test func `who shows nothing is 401, who shows what does not count is 403`() async throws {
        let night = try await NightDaemon()
        let host = try Host(night)
        let member = try night.daemon.makeUser("member@x", permissions: ["rotor.operate"])
        let header = try #require(host.token.split(separator: ".").first)
        let refused = [
            "guess", "", member, "a.b.c", "\(header)..", host.token + "x",
            String(host.token.dropLast(4)) + "AAAA",
            host.token.replacing(header, with: "eyJhbGciOiJub25lIn0"),
            host.token.split(separator: ".").dropLast().joined(separator: "."),
        ]
        for route in Self.protected {
            for headers in [
                [], [("Authorization", "Basic YTpi")], [("Authorization", "Bearer")],
                [("Cookie", "sessionid=\(host.token)")],
                [("Cookie", "sessionid=\(try night.daemon.token)")],
            ] {
                let answer = try night.call(
                    route.method, route.path + "?token=\(host.token)", json: route.json,
                    headers: headers)
                #expect(answer.status == 401, "\(route.method) \(route.path) \(headers)")
                #expect(answer.text == #"{"error":"Access token required"}"#)
            }
            for token in refused where !token.isEmpty {
                let answer = try night.call(
                    route.method, route.path, json: route.json, token: token)
                #expect(answer.status == 403, "\(route.method) \(route.path) \(token.prefix(12))")
                #expect(answer.text == #"{"error":"Invalid or expired token"}"#)
            }
        }
        #expect(try night.call("GET", "/api/sessions").text == "[]", "nothing was done")
    }

    @Test func `a host, and a user with the right, may do everything`() async throws {
        let night = try await NightDaemon()
        let host = try Host(night)
        let user = try night.daemon.makeUser("host@x", permissions: ["game-night.host"])
        let tokens = [host.token, user, try night.daemon.token]
        for token in tokens {
            for route in Self.protected {
                let answer = try night.call(
                    route.method, route.path, json: route.json, token: token)
                #expect(
                    ![401, 403].contains(answer.status),
                    "\(route.method) \(route.path) \(answer.status)")
                #expect(answer.status < 500)
            }
        }
    }

    @Test func `what is for everybody asks for no token and minds no wrong one`() async throws {
        let night = try await NightDaemon()
        let host = try Host(night)
        try host.make("POST", "/api/sessions")
        try host.make("POST", "/api/sessions/1/games", #"{"game_id":1}"#)
        for path in Self.open {
            #expect(try night.call("GET", path).status == 200, "\(path)")
            #expect(try night.call("GET", path, token: "guess").status == 200, "\(path)")
            let head = try night.call("HEAD", path)
            #expect(head.status == 200 && head.body.isEmpty, "\(path)")
        }
    }

    @Test func `a host's token opens nothing else`() async throws {
        let night = try await NightDaemon()
        let host = try Host(night)
        for (method, path) in [
            ("GET", "/v1/users"), ("GET", "/v1/tokens"), ("POST", "/api/rotors"),
            ("GET", "/api/v1/sessions"), ("GET", "/api/v1/controller/device/"),
        ] {
            let answer = try night.daemon.call(method, path, json: "{}", token: host.token)
            #expect([401, 403].contains(answer.status), "\(method) \(path) \(answer.status)")
        }
    }

    @Test func `the key lets hosts in, a few wrong ones a minute`() async throws {
        let night = try await NightDaemon()
        let answer = try night.call(
            "POST", "/api/auth/login", json: #"{"key":" \#(night.key)\n"}"#)
        #expect(
            AnswerForm.of(answer.text)
                == #"{"token":"{jwt}","message":"Authentication successful","expiresIn":"24h"}"#)
        for (json, error) in [
            (nil, "key is required"), ("{}", "key is required"),
            (#"{"key":null}"#, "key is required"), (#"{"key":7}"#, "key must be a string"),
        ] {
            let answer = try night.call("POST", "/api/auth/login", json: json)
            #expect(answer.status == 400)
            #expect(answer.text == #"{"error":"\#(error)"}"#)
        }
        for _ in 0..<15 { _ = try night.logIn() }
        var last: HTTPResponse?
        var tries = 0
        // Ten at once, and a few that rest in between brings.
        while tries < 40, last?.status != 429 {
            last = try night.call("POST", "/api/auth/login", json: #"{"key":"guess"}"#)
            if last?.status == 401 { #expect(last?.text == #"{"error":"Invalid admin key"}"#) }
            tries += 1
        }
        #expect(tries > 10)
        #expect(last?.status == 429)
        #expect(last?.headers["Retry-After"].flatMap(Int.init) ?? 0 > 0)
        #expect(last?.object.members.map(\.key) == ["error"])
    }

    @Test func `the key may be in a file of the operator's`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("  let us play\n", to: "key")
        let night = try await DaemonProcess([
            "--gpsd", "none", "--game-night-key", folder.path + "/key",
        ])
        let path = "/game-night/api/auth/login"
        #expect(
            try night.call("POST", path, json: #"{"key":"let us play"}"#).object["token"] != nil)
        #expect(try night.call("POST", path, json: #"{"key":"let us"}"#).status == 401)
    }
}
