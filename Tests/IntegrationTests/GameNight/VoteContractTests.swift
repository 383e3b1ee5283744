import Engine
import JSON
import TestSupport
import Testing
import Transport

/// 003 votes and chats: each request and each refusal, to the last byte.
@Suite struct VoteContractTests {
    private let host: Host
    private let game: Int

    init() async throws {
        host = try Host(try await NightDaemon())
        game = try host.night.game("Quiplash 3")
    }

    private func begin() throws {
        try host.make("POST", "/api/sessions")
        try host.make("POST", "/api/sessions/1/games", #"{"game_id":\#(game)}"#)
    }

    private static let vote =
        #"{"username":"viewer1","vote":"up","timestamp":"2099-03-15T20:30:00.500+00:30"}"#

    @Test func `a vote is counted for the game that is played`() throws {
        try host.call(
            "POST", "/api/votes/live", Self.vote, 404, #"{"error":"No active session"}"#)
        try begin()
        try host.call(
            "POST", "/api/votes/live", Self.vote, 200,
            #"{"success":true,"message":"Vote recorded successfully","session":{"id":1,"#
                + #""games_played":1},"game":{"id":\#(game),"title":"Quiplash 3","upvotes":1,"#
                + #""downvotes":0,"popularity_score":1},"vote":{"username":"viewer1","#
                + #""type":"up","timestamp":"{ms}"}}"#)
        try host.make(
            "POST", "/api/votes/live",
            #"{"username":"viewer2","vote":"down","timestamp":"2099-03-15T20:30:00Z"}"#)
        try host.call(
            "GET", "/api/sessions/1/votes", nil, 200,
            #"{"session_id":1,"votes":[{"game_id":\#(game),"title":"Quiplash 3","#
                + #""pack_name":"Jackbox Party Pack 7","upvotes":1,"downvotes":1,"net_score":0,"#
                + #""total_votes":2}]}"#, isPublic: true)
        try host.call(
            "GET", "/api/votes?limit=1", nil, 200,
            #"{"votes":[{"id":2,"session_id":1,"game_id":\#(game),"game_title":"Quiplash 3","#
                + #""pack_name":"Jackbox Party Pack 7","username":"viewer2","#
                + #""vote_type":"down","timestamp":"{ms}","created_at":"{ms}"}],"pagination":{"#
                + #""page":1,"limit":1,"total":2,"total_pages":2}}"#, isPublic: true)
        let first = try host.night.call("GET", "/api/votes?vote_type=up").text
        #expect(first.contains(#""timestamp":"2099-03-15T20:00:00.500Z""#))
    }

    @Test func `the same user within a second is the same vote`() throws {
        try begin()
        func vote(_ name: String, _ second: String) throws -> HTTPResponse {
            try host.night.call(
                "POST", "/api/votes/live",
                json:
                    #"{"username":"\#(name)","vote":"up","timestamp":"2099-01-01T00:00:\#(second)Z"}"#,
                token: host.token)
        }
        #expect(try vote("a", "10").status == 200)
        for second in ["10", "10.999", "09.001"] {
            let again = try vote("a", second)
            #expect(again.status == 409)
            #expect(
                again.text
                    == #"{"error":"Duplicate vote: the same user voted within one second"}"#)
        }
        #expect(try vote("b", "10").status == 200)
        #expect(try vote("a", "11").status == 200)
        #expect(try vote("a", "09").status == 200)
    }

    @Test func `what is no vote is refused`() throws {
        try begin()
        for (json, error) in [
            (#"{"vote":"up","timestamp":"2099-01-01T00:00:00Z"}"#, "username is required"),
            (#"{"username":"a","timestamp":"2099-01-01T00:00:00Z"}"#, "vote is required"),
            (#"{"username":"a","vote":"up"}"#, "timestamp is required"),
            (
                #"{"username":"a","vote":"yes","timestamp":"2099-01-01T00:00:00Z"}"#,
                "vote must be up or down"
            ),
            (
                #"{"username":"a","vote":"up","timestamp":"noon"}"#,
                "timestamp must be a time as in ISO 8601"
            ),
            (
                #"{"username":"","vote":"up","timestamp":"2099-01-01T00:00:00Z"}"#,
                "username must be one line of 1 to 100 characters"
            ),
            (
                #"{"username":7,"vote":"up","timestamp":"2099-01-01T00:00:00Z"}"#,
                "username must be a string"
            ),
            (
                #"{"username":"a","vote":true,"timestamp":"2099-01-01T00:00:00Z"}"#,
                "vote must be a string"
            ),
            (
                #"{"username":"a","vote":"up","timestamp":1742068800000}"#,
                "timestamp must be a string"
            ),
        ] {
            try host.call(
                "POST", "/api/votes/live", json, 400, #"{"error":"\#(error)"}"#)
        }
        for time in ["0001-01-01T00:00:00Z", "2001-01-01T00:00:00Z"] {
            try host.call(
                "POST", "/api/votes/live",
                #"{"username":"a","vote":"up","timestamp":"\#(time)"}"#, 404,
                #"{"error":"No game was played at this time"}"#)
        }
        for time in ["9999-12-31T23:59:59.999999999Z", "2262-04-12T00:00:00Z"] {
            let name = time.prefix(4)
            try host.make(
                "POST", "/api/votes/live",
                #"{"username":"\#(name)","vote":"up","timestamp":"\#(time)"}"#)
        }
    }

    @Test func `votes are listed as they are asked for`() throws {
        try begin()
        for second in 10..<30 {
            let word = second % 4 == 0 ? "down" : "up"
            try host.make(
                "POST", "/api/votes/live",
                #"{"username":"u\#(second % 2)","vote":"\#(word)","timestamp":"2099-01-01T00:00:\#(second)Z"}"#
            )
        }
        func count(_ query: String) throws -> [Int64?] {
            let answer = try host.night.call("GET", "/api/votes" + query)
            #expect(answer.status == 200, "\(query) \(answer.text)")
            return [
                Int64(answer.object["votes"]?.arrayValue?.count ?? -1),
                answer.object["pagination"]?.objectValue?["total"]?.integerValue,
            ]
        }
        #expect(try count("") == [20, 20])
        #expect(try count("?limit=7&page=3") == [6, 20])
        #expect(try count("?limit=7&page=4") == [0, 20])
        #expect(try count("?page=2147483647&limit=100") == [0, 20])
        #expect(try count("?vote_type=down") == [5, 5])
        #expect(try count("?username=u1") == [10, 10])
        #expect(try count("?username=u1&vote_type=down") == [0, 0])
        #expect(try count("?session_id=1&game_id=\(game)") == [20, 20])
        #expect(try count("?session_id=2") == [0, 0])
        #expect(try count("?game_id=\(game + 1)") == [0, 0])
        for query in [
            "limit=0", "limit=101", "page=0", "page=x", "session_id=x", "vote_type=sideways",
            "page=9223372036854775808", "game_id=99999999999999999999",
        ] {
            let answer = try host.night.call("GET", "/api/votes?" + query)
            #expect(answer.status == 400, "\(query)")
            #expect(answer.object.members.map(\.key) == ["error"])
        }
    }

    @Test func `the best game comes first`() throws {
        try host.make("POST", "/api/sessions")
        var ids: [Int] = []
        for (title, votes) in [
            ("Earwax", [false]), ("Job Job", [true, true]), ("Drawful", [true]),
        ] {
            let id = try host.night.game(title)
            ids.append(id)
            try host.make("POST", "/api/sessions/1/games", #"{"game_id":\#(id)}"#)
            for (index, isUp) in votes.enumerated() {
                try host.make(
                    "POST", "/api/votes/live",
                    #"{"username":"\#(title)\#(index)","vote":"\#(isUp ? "up" : "down")","#
                        + #""timestamp":"2099-01-01T00:00:00Z"}"#)
            }
        }
        let votes = try host.night.call("GET", "/api/sessions/1/votes").object["votes"]?.arrayValue
        #expect(
            votes?.map { $0.objectValue?["game_id"]?.integerValue }
                == [Int64(ids[1]), Int64(ids[2]), Int64(ids[0])])
    }

    // MARK: Chats

    private static let chat = "/api/sessions/1/chat-import"
    private static let messages =
        #"[{"username": "viewer1", "message": "thisgame++", "timestamp": "2099-03-15T20:30:00Z"},"#
        + #"{"username": "viewer2", "message": "thisgame--", "timestamp": "2099-03-15T20:31:00Z"},"#
        + #"{"username": "viewer1", "message": "thisgame++", "timestamp": "2099-03-15T20:30:00Z"},"#
        + #"{"username": "viewer3", "message": "hello", "timestamp": "2099-03-15T20:32:00Z"},"#
        + #"{"username": "viewer4", "message": "THISGAME++", "timestamp": "2001-01-01T00:00:00Z"}]"#

    @Test func `a chat is imported once`() throws {
        try begin()
        let listed = try JSONReader.read(host.night.call("GET", "/api/sessions/1/games").body)
        let played = try #require(
            listed.arrayValue?.first?.objectValue?["played_at"]?.stringValue)
        let milliseconds = try #require(UTCTime(rfc3339: played)).nanoseconds / 1_000_000
        let debug =
            #""debug":{"sessionGamesTimeline":[{"title":"Quiplash 3","played_at":"{ms}","#
            + #""played_at_ms":\#(milliseconds)}],"voteMatches":["#
        let match = { (name: String, time: String, ms: String, vote: String, game: String) in
            #"{"username":"\#(name)","timestamp":"\#(time)","timestamp_ms":\#(ms),"#
                + #""vote":"\#(vote)","game":\#(game)}"#
        }
        try host.call(
            "POST", Self.chat, #"{"chatData":\#(Self.messages)}"#, 200,
            #"{"message":"Chat log imported and processed successfully","messagesImported":4,"#
                + #""duplicatesSkipped":1,"votesProcessed":2,"votesByGame":{"\#(game)":{"#
                + #""title":"Quiplash 3","upvotes":1,"downvotes":1}},"# + debug
                + match("viewer1", "{us}", "4077289800000", "thisgame++", #""Quiplash 3""#) + ","
                + match("viewer2", "{us}", "4077289860000", "thisgame--", #""Quiplash 3""#) + ","
                + match("viewer4", "{us}", "978307200000", "thisgame++", "null") + "]}}")
        try host.call(
            "POST", Self.chat, #"{"chatData":\#(Self.messages)}"#, 200,
            #"{"message":"Chat log imported and processed successfully","messagesImported":0,"#
                + #""duplicatesSkipped":5,"votesProcessed":0,"votesByGame":{},"# + debug + "]}}")
        let game = try host.night.call("GET", "/api/games/\(game)").object
        #expect(game["upvotes"] == .integer(1))
        #expect(game["downvotes"] == .integer(1))
        try host.call(
            "GET", "/api/sessions/1/votes", nil, 200, #"{"session_id":1,"votes":[]}"#,
            isPublic: true)
    }

    @Test func `a chat that cannot be imported is refused`() throws {
        let message = #"{"username":"a","message":"b","timestamp":"2099-01-01T00:00:00Z"}"#
        try host.call(
            "POST", Self.chat, #"{"chatData":[\#(message)]}"#, 404,
            #"{"error":"Session not found"}"#)
        try host.make("POST", "/api/sessions")
        for json in [nil, "{}", #"{"chatData":null}"#, #"{"chatData":{}}"#, #"{"chatData":"x"}"#] {
            try host.call("POST", Self.chat, json, 400, #"{"error":"chatData must be an array"}"#)
        }
        try host.call(
            "POST", Self.chat, #"{"chatData":[\#(message)]}"#, 400,
            #"{"error":"No games played in this session to match votes against"}"#)
        try host.make("POST", "/api/sessions/1/games", #"{"game_id":\#(game)}"#)
        for (wrong, error) in [
            ("7", "chatData[1].username must be a string of at most 16384 bytes"),
            ("null", "chatData[1].username must be a string of at most 16384 bytes"),
            (
                message.replacing(#""a""#, with: "[]"),
                "chatData[1].username must be a string of at most 16384 bytes"
            ),
            (
                message.replacing(#""b""#, with: "1"),
                "chatData[1].message must be a string of at most 16384 bytes"
            ),
            (
                message.replacing(#""2099-01-01T00:00:00Z""#, with: "1742068800000"),
                "chatData[1].timestamp must be a string of at most 16384 bytes"
            ),
            (
                message.replacing("2099-01-01T00:00:00Z", with: "yesterday"),
                "chatData[1].timestamp must be a time as in ISO 8601"
            ),
        ] {
            try host.call(
                "POST", Self.chat, #"{"chatData":[\#(message),\#(wrong)]}"#, 400,
                #"{"error":"\#(error)"}"#)
        }
        let export = try host.night.call(
            "GET", "/api/sessions/1/export?format=json", token: host.token)
        #expect(export.text.hasSuffix(#""chat_logs":[]}"#), "nothing of it was taken in")
        for (count, status) in [(16_384, 200), (16_385, 400)] {
            for member in [#""a""#, #""b""#] {
                let text = #""\#(String(repeating: "x", count: count))""#
                let answer = try host.night.call(
                    "POST", Self.chat,
                    json: #"{"chatData":[\#(message.replacing(member, with: text))]}"#,
                    token: host.token)
                #expect(answer.status == status, "\(member) of \(count) bytes")
            }
        }
        let empty = try host.make("POST", Self.chat, #"{"chatData":[]}"#)
        #expect(empty["messagesImported"] == .integer(0))
    }
}
