import JSON
import TestSupport
import Testing
import Transport

/// 003 «Sessions»: each request and each refusal about a night itself, to the last byte.
@Suite struct NightContractTests {
    private let host: Host

    init() async throws {
        host = try Host(try await NightDaemon())
    }

    private static let open =
        #"{"id":1,"notes":"Friday game night","is_active":1,"created_at":"{ms}","#
        + #""closed_at":null,"games_played":0}"#

    private static let none = #"{"session":null,"message":"No active session"}"#

    @Test func `a night begins, is told of, closed and deleted`() throws {
        try host.call("GET", "/api/sessions", nil, 200, "[]", isPublic: true)
        try host.call("GET", "/api/sessions/active", nil, 200, Self.none, isPublic: true)
        try host.call(
            "POST", "/api/sessions", #"{"notes": "Friday game night"}"#, 201,
            Self.open.replacing(#","games_played":0"#, with: ""))
        for path in ["/api/sessions/active", "/api/sessions/1"] {
            try host.call("GET", path, nil, 200, Self.open, isPublic: true)
        }
        try host.call("GET", "/api/sessions", nil, 200, "[\(Self.open)]", isPublic: true)
        let closed =
            #"{"id":1,"notes":"Great session!","is_active":0,"created_at":"{ms}","#
            + #""closed_at":"{ms}","games_played":0}"#
        try host.call(
            "POST", "/api/sessions/1/close", #"{"notes": "Great session!"}"#, 200, closed)
        try host.call("GET", "/api/sessions/1", nil, 200, closed, isPublic: true)
        try host.call("GET", "/api/sessions/active", nil, 200, Self.none, isPublic: true)
        try host.call(
            "DELETE", "/api/sessions/1", nil, 200,
            #"{"message":"Session deleted successfully","sessionId":1}"#)
        try host.call("GET", "/api/sessions", nil, 200, "[]", isPublic: true)
    }

    @Test func `notes may be left out, and a close without them leaves them`() throws {
        let bare = #"{"id":1,"notes":null,"is_active":1,"created_at":"{ms}","closed_at":null}"#
        try host.call("POST", "/api/sessions", nil, 201, bare)
        let closed =
            #"{"id":1,"notes":null,"is_active":0,"created_at":"{ms}","closed_at":"{ms}","#
            + #""games_played":0}"#
        try host.call("POST", "/api/sessions/1/close", nil, 200, closed)
        try host.call(
            "POST", "/api/sessions", #"{"notes":"second"}"#, 201,
            bare.replacing("null,\"is_active\"", with: #""second","is_active""#)
                .replacing(#""id":1"#, with: #""id":2"#))
        try host.call(
            "POST", "/api/sessions/2/close", "{}", 200,
            closed.replacing("null,\"is_active\"", with: #""second","is_active""#)
                .replacing(#""id":1"#, with: #""id":2"#))
        let list = try JSONReader.read(host.night.call("GET", "/api/sessions").body)
        #expect(
            list.arrayValue?.map { $0.objectValue?["id"]?.integerValue } == [2, 1],
            "the newest comes first")
    }

    @Test func `what cannot be is refused in the words of the document`() throws {
        let absent = #"{"error":"Session not found"}"#
        for (method, path) in [
            ("GET", ""), ("POST", "/close"), ("DELETE", ""), ("GET", "/games"), ("GET", "/votes"),
            ("GET", "/export"),
        ] {
            try host.call(method, "/api/sessions/7\(path)", nil, 404, absent)
        }
        try host.make("POST", "/api/sessions")
        try host.call(
            "POST", "/api/sessions", "{}", 400,
            #"{"error":"An active session already exists. Please close it before creating a new "#
                + #"one.","activeSessionId":1}"#)
        try host.call(
            "DELETE", "/api/sessions/1", nil, 400,
            #"{"error":"Cannot delete an active session. Please close it first."}"#)
        try host.make("POST", "/api/sessions/1/close")
        try host.call(
            "POST", "/api/sessions/1/close", nil, 400, #"{"error":"Session is already closed"}"#)
        try host.make("DELETE", "/api/sessions/1")
        try host.call("DELETE", "/api/sessions/1", nil, 404, absent)
    }

    @Test func `a number is given once`() throws {
        for id in 1...3 {
            #expect(try host.id("POST", "/api/sessions") == id)
            try host.make("POST", "/api/sessions/\(id)/close")
            try host.make("DELETE", "/api/sessions/\(id)")
        }
    }

    @Test func `a night is exported for programs`() throws {
        try addChat()
        let answer = try host.night.call(
            "GET", "/api/sessions/1/export?format=json", token: host.token)
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"] == "application/json")
        #expect(
            answer.headers["Content-Disposition"] == #"attachment; filename="session-1.json""#)
        #expect(
            AnswerForm.of(answer.text)
                == #"{"session":{"id":1,"created_at":"{ms}","closed_at":"{ms}","#
                + #""is_active":false,"notes":"Friday","games_played":1},"games":[{"#
                + #""title":"Quiplash 3","pack":"Jackbox Party Pack 7","players":"3-8","#
                + #""type":"Writing","played_at":"{ms}","manually_added":true,"#
                + #""status":"played"}],"chat_logs":[{"username":"viewer1","#
                + #""message":"ThisGame++ yes","timestamp":"{ms}","vote":"thisgame++"},"#
                + #"{"username":"viewer2","message":"hi","timestamp":"{ms}","vote":null}]}"#)
        #expect(
            answer.text.contains(#""timestamp":"2099-03-15T19:20:00.000Z""#),
            "in UTC, whatever the chat wrote")
    }

    @Test func `a night is exported for people, when nobody says for whom`() throws {
        try addChat()
        let answer = try host.night.call("GET", "/api/sessions/1/export", token: host.token)
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"]?.hasPrefix("text/plain") == true)
        #expect(
            answer.headers["Content-Disposition"] == #"attachment; filename="session-1.txt""#)
        #expect(
            AnswerForm.of(answer.text) == """
                Game night session #1
                ========================================
                Created:      {ms}
                Closed:       {ms}
                Games played: 1
                Notes:        Friday

                GAMES PLAYED
                ----------------------------------------
                1. Quiplash 3
                   Pack:    Jackbox Party Pack 7
                   Players: 3-8
                   Type:    Writing
                   Played:  {ms}
                   Status:  played, added by hand

                CHAT
                ----------------------------------------
                [{ms}] viewer1: ThisGame++ yes [thisgame++]
                [{ms}] viewer2: hi

                """)
        let same = try host.night.call(
            "GET", "/api/sessions/1/export?format=txt", token: host.token)
        #expect(same.text == answer.text)
        try host.call(
            "GET", "/api/sessions/1/export?format=pdf", nil, 400,
            #"{"error":"format must be json or txt"}"#)
    }

    private func addChat() throws {
        let game = try host.night.game("Quiplash 3")
        try host.make("POST", "/api/sessions", #"{"notes":"Friday"}"#)
        try host.make(
            "POST", "/api/sessions/1/games", #"{"game_id":\#(game),"manually_added":true}"#)
        try host.make(
            "POST", "/api/sessions/1/chat-import",
            #"{"chatData":[{"username":"viewer1","message":"ThisGame++ yes","#
                + #""timestamp":"2099-03-15T20:20:00+01:00"},{"username":"viewer2","#
                + #""message":"hi","timestamp":"2099-03-15T19:20:00Z"}]}"#)
        try host.make("POST", "/api/sessions/1/close")
    }
}

extension NightDaemon {
    /// The number of a game of the catalogue.
    func game(_ title: String) throws -> Int {
        let list = try JSONReader.read(call("GET", "/api/games").body).arrayValue ?? []
        let game = list.first { $0.objectValue?["title"]?.stringValue == title }
        return Int(try #require(game?.objectValue?["id"]?.integerValue))
    }
}
