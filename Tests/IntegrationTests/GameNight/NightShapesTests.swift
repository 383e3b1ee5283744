import JSON
import TestSupport
import Testing
import Transport

/// 003: whatever comes is answered in its own words, with no 500.
@Suite struct NightShapesTests {
    /// Bodies that fit nowhere.
    private static let wrong = [
        "{", "[]", "7", "null", #""text""#, "{\"a\":\u{1}}", #"{"a":1,}"#,
        String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
        #"{"notes":"# + String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
            + "}",
    ]

    /// What takes a body, with members of all types for each.
    private static let takers: [(method: String, path: String, members: [String])] = [
        ("POST", "/api/sessions/1/close", ["notes"]),
        ("POST", "/api/sessions/1/games", ["game_id", "manually_added", "room_code"]),
        ("POST", "/api/sessions/1/chat-import", ["chatData"]),
        ("PATCH", "/api/sessions/1/games/1/status", ["status"]),
        ("PATCH", "/api/sessions/1/games/1/room-code", ["room_code"]),
        ("PATCH", "/api/sessions/1/games/1/player-count", ["player_count"]),
        ("POST", "/api/votes/live", ["username", "vote", "timestamp"]),
        (
            "POST", "/api/games",
            ["title", "pack_name", "min_players", "max_players", "game_type", "favor_bias"]
        ),
        ("PUT", "/api/games/1", ["title", "min_players", "has_audience", "length_minutes"]),
        ("POST", "/api/games/import/csv", ["csvData", "mode"]),
        ("POST", "/api/webhooks", ["name", "url", "secret", "events", "enabled"]),
        ("POST", "/api/auth/login", ["key"]), ("POST", "/api/sessions", ["notes"]),
    ]

    private static let values = [
        "[]", "{}", "[1]", "-1", "1.5", "1e300", "9223372036854775808", "true", #""\u0000""#,
    ]

    @Test func `a wrong type is 400, and nothing is 500`() async throws {
        let host = try Host(try await NightDaemon())
        try host.make("POST", "/api/sessions")
        try host.make("POST", "/api/sessions/1/games", #"{"game_id":1}"#)
        func check(_ method: String, _ path: String, _ json: String, isRefused: Bool) throws {
            let answer = try host.night.call(method, path, json: json, token: host.token)
            let what = "\(method) \(path) \(json.prefix(60)) → \(answer.status) \(answer.text)"
            #expect(answer.status < 500, "\(what)")
            guard isRefused || answer.status >= 400 else { return }
            #expect([400, 401, 404, 429].contains(answer.status), "\(what)")
            #expect(answer.object.members.first?.key == "error", "\(what)")
            #expect(answer.object["error"]?.stringValue?.isEmpty == false)
        }
        for taker in Self.takers.dropLast() {
            for json in Self.wrong {
                try check(taker.method, taker.path, json, isRefused: true)
            }
            for member in taker.members {
                for value in Self.values {
                    try check(
                        taker.method, taker.path, #"{"\#(member)":\#(value)}"#, isRefused: false)
                }
            }
        }
        for value in Self.values.dropLast() {
            try check("POST", "/api/sessions", #"{"notes":\#(value)}"#, isRefused: true)
        }
    }

    @Test(arguments: [
        "99", "0", "-1", "x", "1.0", "1e0", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "99999999999999999999999999", "%31x", "%00",
    ])
    func `an unknown number is 404, however long`(_ id: String) async throws {
        let night = try await SharedNight.plain.value
        let token = try night.daemon.token
        for (method, path, error) in [
            ("GET", "/api/sessions/\(id)", "Session not found"),
            ("POST", "/api/sessions/\(id)/close", "Session not found"),
            ("DELETE", "/api/sessions/\(id)", "Session not found"),
            ("GET", "/api/sessions/\(id)/games", "Session not found"),
            ("GET", "/api/sessions/\(id)/votes", "Session not found"),
            ("GET", "/api/sessions/\(id)/export", "Session not found"),
            ("GET", "/api/sessions/\(id)/games/\(id)/status-live", "Session game not found"),
            ("DELETE", "/api/sessions/\(id)/games/\(id)", "Session game not found"),
            ("GET", "/api/games/\(id)", "Game not found"),
            ("DELETE", "/api/games/\(id)", "Game not found"),
            ("GET", "/api/webhooks/\(id)", "Webhook not found"),
            ("GET", "/api/webhooks/\(id)/logs", "Webhook not found"),
            ("POST", "/api/webhooks/test/\(id)", "Webhook not found"),
        ] where !(path == "/api/games/99") {
            let answer = try night.call(method, path, token: token)
            #expect(answer.status == 404, "\(method) \(path)")
            #expect(answer.text == #"{"error":"\#(error)"}"#, "\(method) \(path)")
        }
    }

    @Test(arguments: [
        ("PATCH", "/api/sessions", "GET, HEAD, POST"),
        ("DELETE", "/api/sessions/active", "GET, HEAD"),
        ("PUT", "/api/sessions/1", "DELETE, GET, HEAD"), ("GET", "/api/sessions/1/close", "POST"),
        ("PUT", "/api/sessions/1/games", "GET, HEAD, POST"),
        ("GET", "/api/sessions/1/games/1", "DELETE"),
        ("POST", "/api/sessions/1/games/1/status", "PATCH"),
        ("POST", "/api/games/1", "DELETE, GET, HEAD, PUT"), ("GET", "/api/auth/login", "POST"),
        ("PUT", "/api/webhooks/1", "DELETE, GET, HEAD, PATCH"),
    ])
    func `a method that is not there is 405 and says which are`(
        _ method: String, _ path: String, _ allowed: String
    ) async throws {
        let night = try await SharedNight.plain.value
        let answer = try night.call(method, path)
        #expect(answer.status == 405)
        #expect(answer.headers["Allow"] == allowed)
        #expect(answer.object.members.map(\.key) == ["error"])
    }

    @Test func `what the framework refuses has the shape of the API, at both places`() async throws
    {
        let night = try await SharedNight.plain.value
        let token = try night.daemon.token
        for (base, call) in [("", night.call), ("/game-night", night.atTheWhole)] {
            func check(_ answer: HTTPResponse, _ status: Int) {
                #expect(answer.status == status, "\(base)")
                #expect(answer.headers["Content-Type"] == "application/json")
                #expect(answer.object.members.map(\.key) == ["error"])
            }
            let sessions = base + "/api/sessions"
            check(try call("GET", base + "/api/nope", nil, nil, [], .seconds(20)), 404)
            check(try call("GET", sessions + "/", nil, nil, [], .seconds(20)), 404)
            let text = [("Content-Type", "text/plain")]
            check(try call("POST", sessions, "{}", token, text, .seconds(20)), 415)
            let packed = [("Content-Encoding", "gzip")]
            check(try call("POST", sessions, "{}", token, packed, .seconds(20)), 415)
            let large = String(repeating: " ", count: 1024 * 1024)
            check(try call("POST", sessions, "{}" + large, token, [], .seconds(20)), 413)
            check(try call("GET", sessions + "/live", nil, nil, [], .seconds(20)), 426)
        }
    }

    @Test func `a chat may have 16 MiB and no more`() async throws {
        let night = try await NightDaemon()
        let host = try Host(night)
        let large = try night.call(
            "POST", "/api/sessions/1/chat-import",
            json: String(repeating: " ", count: 16 * 1024 * 1024 + 1), token: host.token,
            timeout: .seconds(300))
        #expect(large.status == 413)
        #expect(large.text == #"{"error":"the body is over 16777216 bytes"}"#)
    }

    @Test func `pages of anywhere may call game nights, and nothing else`() async throws {
        let night = try await SharedNight.plain.value
        let origin = ("Origin", "https://elsewhere.example")
        for path in ["/api/sessions", "/api/sessions/99", "/api/nope"] {
            let answer = try night.call("GET", path, headers: [origin])
            #expect(answer.headers["Access-Control-Allow-Origin"] == "*", "\(path)")
            #expect(answer.headers["Access-Control-Allow-Credentials"] == nil)
        }
        let ask = [
            origin, ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization"),
        ]
        let allowed = try night.call("OPTIONS", "/api/sessions", headers: ask)
        #expect((200..<300).contains(allowed.status))
        #expect(allowed.headers["Access-Control-Allow-Origin"] == "*")
        #expect(allowed.headers["Access-Control-Allow-Methods"]?.contains("POST") == true)
        #expect(allowed.headers["Access-Control-Allow-Headers"]?.contains("Authorization") == true)
        for path in ["/health", "/api/sessions/x", "/v1/users", "/api/v1/sessions", "/"] {
            let answer = try night.daemon.call("GET", path, headers: [origin])
            #expect(answer.headers["Access-Control-Allow-Origin"] == nil, "\(path)")
        }
        #expect(try night.daemon.call("OPTIONS", "/api/sessions", headers: ask).status == 403)
        let below = try night.daemon.call("GET", "/game-night/api/sessions", headers: [origin])
        #expect(below.headers["Access-Control-Allow-Origin"] == "*")
    }
}

/// A daemon that several tests may ask, because they change nothing in it.
private enum SharedNight {
    static let plain = Task { try await NightDaemon() }
}

extension NightDaemon {
    /// Calls at the port of everything.
    fileprivate func atTheWhole(
        _ method: String, _ path: String, json: String?, token: String?,
        headers: [(String, String)], timeout: Duration
    ) throws -> HTTPResponse {
        try daemon.call(method, path, json: json, token: token, headers: headers)
    }
}
