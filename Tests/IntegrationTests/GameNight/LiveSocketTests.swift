import JSON
import TestSupport
import Testing
import Transport

/// 003: the live socket over the wire.
@Suite struct LiveSocketTests {
    private let night: NightDaemon
    private let host: Host

    init() async throws {
        night = try await NightDaemon()
        host = try Host(night)
    }

    /// The next message with stand-ins for times; nil when none comes.
    private func next(_ socket: WebSocketClient) throws -> String? {
        guard case .message(.text(let bytes)) = try socket.receive(timeout: .seconds(10)) else {
            return nil
        }
        return AnswerForm.of(String(decoding: bytes, as: UTF8.self))
    }

    /// Sends a message and compares what is answered.
    private func say(
        _ text: String, on socket: WebSocketClient, _ answer: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try socket.send(text)
        #expect(try next(socket) == answer, sourceLocation: sourceLocation)
    }

    private static let success = #"{"type":"auth_success","message":"Authenticated successfully"}"#
    private static let wrong = #"{"type":"auth_error","message":"Invalid or expired token"}"#

    private func subscriber(_ nights: Int...) throws -> WebSocketClient {
        let socket = try night.live()
        try say(#"{"type":"auth","token":"\#(host.token)"}"#, on: socket, Self.success)
        for night in nights {
            try say(
                #"{"type":"subscribe","sessionId":\#(night)}"#, on: socket,
                #"{"type":"subscribed","sessionId":\#(night)}"#)
        }
        return socket
    }

    /// What has come until an answer to a ping.
    private func news(_ socket: WebSocketClient) throws -> [String] {
        try socket.send(#"{"type":"ping"}"#)
        var types: [String] = []
        while let object = try socket.nextObject() {
            let type = object["type"]?.stringValue ?? ""
            if type == "pong" { return types }
            types.append(type)
        }
        return types + ["closed"]
    }

    // MARK: Who comes in

    @Test func `anybody may connect, and says who they are in a message`() async throws {
        let user = try night.daemon.makeUser("host@x", permissions: ["game-night.host"])
        let stranger = try night.daemon.makeUser("stranger@x", permissions: ["rotor.operate"])
        for token in [host.token, user, try night.daemon.token] {
            try say(
                #"{"type":"auth","token":"\#(token)"}"#, on: try night.live(), Self.success)
        }
        let socket = try night.live()
        for token in ["guess", "", stranger, host.token + "x"] {
            try say(#"{"type":"auth","token":"\#(token)"}"#, on: socket, Self.wrong)
        }
        for json in [#"{"type":"auth"}"#, #"{"type":"auth","token":7}"#] {
            try say(json, on: socket, #"{"type":"auth_error","message":"Token required"}"#)
        }
        try say(
            #"{"type":"subscribe","sessionId":1}"#, on: socket,
            #"{"type":"error","message":"Not authenticated"}"#)
        try say(#"{"type":"auth","token":"\#(host.token)"}"#, on: socket, Self.success)
        try say(
            #"{"type":"subscribe","sessionId":1}"#, on: socket,
            #"{"type":"subscribed","sessionId":1}"#)
    }

    @Test func `a token in the handshake does not count`() throws {
        for socket in [
            try night.live(at: "/api/sessions/live?token=\(host.token)"),
            try night.live(headers: [("Authorization", "Bearer \(host.token)")]),
        ] {
            try say(
                #"{"type":"subscribe","sessionId":1}"#, on: socket,
                #"{"type":"error","message":"Not authenticated"}"#)
        }
    }

    @Test func `what cannot be understood is told, and the socket stays`() throws {
        let socket = try subscriber(1)
        for (text, error) in [
            ("{", "Invalid JSON"), ("[]", "Invalid JSON"), ("", "Invalid JSON"),
            ("{}", "type is required"), (#"{"type":7}"#, "type is required"),
            (#"{"type":"dance"}"#, "Unknown message type: dance"),
            (#"{"type":"subscribe"}"#, "sessionId must be an integer"),
            (#"{"type":"subscribe","sessionId":"1"}"#, "sessionId must be an integer"),
            (#"{"type":"subscribe","sessionId":1.5}"#, "sessionId must be an integer"),
            (
                #"{"type":"unsubscribe","sessionId":9223372036854775808}"#,
                "sessionId must be an integer"
            ),
        ] {
            try say(text, on: socket, #"{"type":"error","message":"\#(error)"}"#)
        }
        try socket.send(.binary(Array(#"{"type":"ping"}"#.utf8)))
        #expect(try next(socket) == #"{"type":"pong"}"#)
        try say(
            #"{"type":"unsubscribe","sessionId":1}"#, on: socket,
            #"{"type":"unsubscribed","sessionId":1}"#)
        try say(
            #"{"type":"unsubscribe","sessionId":1}"#, on: socket,
            #"{"type":"unsubscribed","sessionId":1}"#)
        for id in 1...100 {
            try say(
                #"{"type":"subscribe","sessionId":\#(id)}"#, on: socket,
                #"{"type":"subscribed","sessionId":\#(id)}"#)
        }
        try say(
            #"{"type":"subscribe","sessionId":101}"#, on: socket,
            #"{"type":"error","message":"Too many subscriptions"}"#)
        try say(
            #"{"type":"subscribe","sessionId":7}"#, on: socket,
            #"{"type":"subscribed","sessionId":7}"#)
    }

    // MARK: Who hears what

    @Test func `events have their forms, and come before the answer to what made them`() throws {
        let socket = try subscriber(1)
        try host.make("POST", "/api/sessions", #"{"notes":"Friday"}"#)
        #expect(
            try next(socket) == #"{"type":"session.started","timestamp":"{ms}","data":{"session":{"#
                + #""id":1,"is_active":1,"created_at":"{ms}","notes":"Friday"}}}"#)
        let game = try night.game("Quiplash 3")
        try host.make(
            "POST", "/api/sessions/1/games", #"{"game_id":\#(game),"room_code":"ABCD"}"#)
        #expect(
            try next(socket) == #"{"type":"game.added","timestamp":"{ms}","data":{"session":{"#
                + #""id":1,"is_active":true,"games_played":1},"game":{"id":\#(game),"#
                + #""title":"Quiplash 3","pack_name":"Jackbox Party Pack 7","min_players":3,"#
                + #""max_players":8,"manually_added":false,"room_code":"ABCD"}}}"#)
        try host.make(
            "POST", "/api/votes/live",
            #"{"username":"eva","vote":"up","timestamp":"2099-01-01T00:00:00Z"}"#)
        #expect(
            try next(socket) == #"{"type":"vote.received","timestamp":"{ms}","data":{"#
                + #""sessionId":1,"game":{"id":\#(game),"title":"Quiplash 3","#
                + #""pack_name":"Jackbox Party Pack 7"},"vote":{"username":"eva","type":"up","#
                + #""timestamp":"{ms}"},"totals":{"upvotes":1,"downvotes":0,"#
                + #""popularity_score":1}}}"#)
        try host.make("POST", "/api/sessions/1/games/1/stop-player-check")
        #expect(
            try next(socket) == #"{"type":"room.disconnected","timestamp":"{ms}","data":{"#
                + #""sessionId":1,"gameId":1,"roomCode":"ABCD","appTag":null,"maxPlayers":null,"#
                + #""playerCount":0,"players":[],"lobbyState":null,"gameState":null,"#
                + #""gameStarted":false,"gameFinished":false,"reason":"manually_stopped"}}"#)
        try host.make(
            "PATCH", "/api/sessions/1/games/1/player-count", #"{"player_count":4}"#)
        #expect(
            try next(socket) == #"{"type":"player-count.updated","timestamp":"{ms}","data":{"#
                + #""sessionId":1,"gameId":1,"playerCount":4,"status":"completed"}}"#)
        try host.make("POST", "/api/sessions/1/close")
        #expect(
            try next(socket) == #"{"type":"session.ended","timestamp":"{ms}","data":{"session":{"#
                + #""id":1,"is_active":0,"games_played":1}}}"#)
        // A chat is no live vote.
        try host.make(
            "POST", "/api/sessions/1/chat-import",
            #"{"chatData":[{"username":"a","message":"thisgame++","#
                + #""timestamp":"2099-01-01T00:00:00Z"}]}"#)
        #expect(try news(socket) == [])
    }

    @Test func `a beginning is for everybody who is in, the rest for subscribers`() throws {
        let anonymous = try night.live()
        let authenticated = try subscriber()
        let follower = try subscriber(1)
        let other = try subscriber(2)
        let left = try subscriber(1)
        try say(
            #"{"type":"unsubscribe","sessionId":1}"#, on: left,
            #"{"type":"unsubscribed","sessionId":1}"#)
        try host.make("POST", "/api/sessions")
        try host.make("POST", "/api/sessions/1/games", #"{"game_id":1}"#)
        try host.make("POST", "/api/sessions/1/close")
        #expect(try news(anonymous) == [])
        #expect(try news(authenticated) == ["session.started"])
        #expect(try news(other) == ["session.started"])
        #expect(try news(left) == ["session.started"])
        #expect(try news(follower) == ["session.started", "game.added", "session.ended"])
        try host.make("POST", "/api/sessions")
        try host.make("POST", "/api/sessions/2/games", #"{"game_id":1}"#)
        #expect(try news(other) == ["session.started", "game.added"])
        #expect(try news(follower) == ["session.started"])
    }

    @Test func `two hosts see the same, each once`() throws {
        let sockets = [try subscriber(1), try subscriber(1)]
        // Twice is once.
        try say(
            #"{"type":"subscribe","sessionId":1}"#, on: sockets[0],
            #"{"type":"subscribed","sessionId":1}"#)
        let second = try Host(night)
        try host.make("POST", "/api/sessions")
        for (index, host) in [host, second, host, second].enumerated() {
            try host.make("POST", "/api/sessions/1/games", #"{"game_id":\#(index + 1)}"#)
        }
        let expected = ["session.started"] + Array(repeating: "game.added", count: 4)
        for socket in sockets { #expect(try news(socket) == expected) }
    }

    // MARK: The end

    @Test func `a token that is revoked closes the sockets that it let in`() async throws {
        let made = try night.daemon.call(
            "POST", "/v1/tokens", json: #"{"user":"admin@localhost"}"#, token: night.daemon.token
        ).object
        let token = try #require(made["token"]?.stringValue)
        let id = try #require(made["id"]?.stringValue)
        let socket = try night.live()
        try say(#"{"type":"auth","token":"\#(token)"}"#, on: socket, Self.success)
        let others = [try subscriber(1), try night.live()]
        let revoked = try night.daemon.call(
            "DELETE", "/v1/tokens/\(id)", token: night.daemon.token)
        #expect(revoked.status == 204)
        #expect(
            try socket.receive(timeout: .seconds(10))
                == .closed(code: 1008, reason: "no right any more"))
        for other in others { #expect(try news(other) == []) }
        #expect(try night.call("POST", "/api/sessions", token: token).status == 403)
    }

    @Test func `a page of elsewhere may open this socket and no other`() throws {
        let elsewhere = [("Origin", "https://elsewhere.example")]
        let socket = try night.live(headers: elsewhere)
        #expect(try news(socket) == [])
        let below = try WebSocketClient(
            night.daemon.socketURL + "/game-night/api/sessions/live",
            headers: HTTPHeaders(elsewhere.map { (name: $0.0, value: $0.1) }))
        #expect(try news(below) == [])
        let session = try night.daemon.makeSession()
        for path in ["/ws/session/\(session)", "/ws/loci/location/"] {
            let headers = elsewhere + [("Authorization", "Bearer \(try night.daemon.token)")]
            let status = try refusal {
                _ = try WebSocketClient(
                    night.daemon.socketURL + path,
                    headers: HTTPHeaders(headers.map { (name: $0.0, value: $0.1) }))
            }
            #expect(status == 403, "\(path)")
        }
    }

    @Test func `a frame that is too large, and a stop, end it`() async throws {
        let large = try night.live()
        try large.send(#"{"type":""# + String(repeating: "x", count: 64 * 1024) + #""}"#)
        guard case .closed(1009, _) = try large.receive(timeout: .seconds(10)) else {
            Issue.record("a frame over 64 KiB was taken")
            return
        }
        let socket = try subscriber(1)
        night.daemon.process.signal(15)
        guard case .closed(1001, _) = try socket.receive(timeout: .seconds(10)) else {
            Issue.record("the stop was not told")
            return
        }
        #expect(await night.daemon.process.waitForExit() == .code(0))
    }
}
