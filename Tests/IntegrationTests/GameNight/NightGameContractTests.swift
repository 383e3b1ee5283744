import JSON
import TestSupport
import Testing
import Transport

/// 003 «Sessions»: each request and each refusal about a game of a night, to the last byte.
@Suite struct NightGameContractTests {
    private let host: Host
    /// Numbers of the catalogue.
    private let quiplash: Int
    private let trivia: Int

    init() async throws {
        let night = try await NightDaemon()
        host = try Host(night)
        quiplash = try night.game("Quiplash 3")
        trivia = try night.game("Trivia Murder Party 2")
        try host.make("POST", "/api/sessions", #"{"notes":"Friday"}"#)
    }

    private static let games = "/api/sessions/1/games"

    private func add(_ more: String = "", game: Int? = nil) throws -> Int {
        try host.id("POST", Self.games, #"{"game_id":\#(game ?? quiplash)\#(more)}"#)
    }

    private func status(of id: Int) throws -> String? {
        let list = try JSONReader.read(host.night.call("GET", Self.games).body).arrayValue ?? []
        let game = list.compactMap(\.objectValue).first { $0["id"] == .integer(Int64(id)) }
        return game?["status"]?.stringValue
    }

    private var added: String {
        #"{"id":1,"session_id":1,"game_id":\#(quiplash),"manually_added":1,"status":"playing","#
            + #""room_code":"ABCD","played_at":"{ms}","pack_name":"Jackbox Party Pack 7","#
            + #""title":"Quiplash 3","game_type":"Writing","min_players":3,"max_players":8}"#
    }

    private static let absent = #"{"error":"Session game not found"}"#

    // MARK: Adding

    @Test func `a game is added, and plays`() throws {
        try host.call(
            "POST", Self.games,
            #"{"game_id": \#(quiplash), "manually_added": true, "room_code": "ABCD"}"#, 201, added)
        try host.call(
            "POST", Self.games, #"{"game_id":\#(trivia)}"#, 201,
            #"{"id":2,"session_id":1,"game_id":\#(trivia),"manually_added":0,"#
                + #""status":"playing","room_code":null,"played_at":"{ms}","#
                + #""pack_name":"Jackbox Party Pack 6","title":"Trivia Murder Party 2","#
                + #""game_type":"Trivia","min_players":1,"max_players":8}"#)
        let votes = #","popularity_score":0,"upvotes":0,"downvotes":0}"#
        try host.call(
            "GET", Self.games, nil, 200,
            #"[{"id":1,"session_id":1,"game_id":\#(quiplash),"manually_added":1,"#
                + #""status":"played","room_code":"ABCD","played_at":"{ms}","player_count":null,"#
                + #""pack_name":"Jackbox Party Pack 7","title":"Quiplash 3","#
                + #""game_type":"Writing","min_players":3,"max_players":8"# + votes
                + #",{"id":2,"session_id":1,"game_id":\#(trivia),"manually_added":0,"#
                + #""status":"playing","room_code":null,"played_at":"{ms}","player_count":null,"#
                + #""pack_name":"Jackbox Party Pack 6","title":"Trivia Murder Party 2","#
                + #""game_type":"Trivia","min_players":1,"max_players":8"# + votes + "]",
            isPublic: true)
        let game = try host.night.call("GET", "/api/games/\(quiplash)").object
        #expect(game["play_count"] == .integer(1))
        let night = try host.night.call("GET", "/api/sessions/1").object
        #expect(night["games_played"] == .integer(2))
    }

    @Test func `what was skipped stays skipped when the next game comes`() throws {
        let first = try add()
        try host.make("PATCH", "\(Self.games)/\(first)/status", #"{"status":"skipped"}"#)
        let second = try add()
        _ = try add()
        #expect(try status(of: first) == "skipped")
        #expect(try status(of: second) == "played")
    }

    @Test func `an addition that cannot be is refused`() throws {
        for json in [nil, "{}", #"{"game_id":null}"#, #"{"manually_added":true}"#] {
            try host.call("POST", Self.games, json, 400, #"{"error":"game_id is required"}"#)
        }
        try host.call(
            "POST", Self.games, #"{"game_id":9999}"#, 404, #"{"error":"Game not found"}"#)
        try host.call(
            "POST", "/api/sessions/9/games", #"{"game_id":1}"#, 404,
            #"{"error":"Session not found"}"#)
        for code in ["abcd", "ABC", "ABCDE", "AB-D", "", "ÄBCD", "ABC\\n"] {
            try host.call(
                "POST", Self.games, #"{"game_id":1,"room_code":"\#(code)"}"#, 400,
                #"{"error":"room_code must be exactly 4 alphanumeric characters (A-Z, 0-9)"}"#)
        }
        #expect(try host.night.call("GET", Self.games).text == "[]", "nothing came of it")
        try host.make("POST", "/api/sessions/1/close")
        try host.call(
            "POST", Self.games, #"{"game_id":1}"#, 400,
            #"{"error":"Cannot add games to a closed session"}"#)
    }

    // MARK: Status and removal

    @Test func `a status is set, and at most one game plays`() throws {
        let (first, second) = (try add(), try add())
        for status in ["skipped", "played", "playing"] {
            try host.call(
                "PATCH", "\(Self.games)/\(first)/status", #"{"status":"\#(status)"}"#, 200,
                #"{"message":"Status updated successfully","status":"\#(status)"}"#)
            #expect(try self.status(of: first) == status)
        }
        #expect(try status(of: second) == "played")
        for json in [
            nil, "{}", #"{"status":"completed"}"#, #"{"status":5}"#, #"{"status":null}"#,
            #"{"status":"Playing"}"#,
        ] {
            try host.call(
                "PATCH", "\(Self.games)/\(first)/status", json, 400,
                #"{"error":"Invalid status. Must be playing, played, or skipped"}"#)
        }
    }

    @Test func `a close ends what plays`() throws {
        let first = try add()
        try host.make("PATCH", "\(Self.games)/\(first)/status", #"{"status":"skipped"}"#)
        let second = try add()
        try host.make("POST", "/api/sessions/1/close")
        #expect(try status(of: first) == "skipped")
        #expect(try status(of: second) == "played")
    }

    @Test func `a game is removed`() throws {
        let id = try add()
        try host.call(
            "DELETE", "\(Self.games)/\(id)", nil, 200,
            #"{"message":"Game removed from session successfully"}"#)
        try host.call("DELETE", "\(Self.games)/\(id)", nil, 404, Self.absent)
        #expect(try host.night.call("GET", Self.games).text == "[]")
    }

    @Test func `the number in the path is that of the night's game and of that night`() throws {
        let id = try add()
        try host.make("POST", "/api/sessions/1/close")
        try host.make("POST", "/api/sessions")
        for path in ["/api/sessions/1/games/99", "/api/sessions/2/games/\(id)"] {
            for (method, rest, json) in [
                ("PATCH", "/status", #"{"status":"played"}"#), ("DELETE", "", nil),
                ("PATCH", "/room-code", #"{"room_code":"ABCD"}"#),
                ("PATCH", "/player-count", #"{"player_count":1}"#), ("GET", "/status-live", nil),
                ("POST", "/start-player-check", nil),
            ] {
                try host.call(method, path + rest, json, 404, Self.absent)
            }
        }
    }

    // MARK: Rooms

    @Test func `a room code is changed`() throws {
        try host.make(
            "POST", Self.games, #"{"game_id":\#(quiplash),"manually_added":true}"#)
        try host.call(
            "PATCH", "\(Self.games)/1/room-code", #"{"room_code": "XY9Z"}"#, 200,
            added.replacing("ABCD", with: "XY9Z")
                .replacing("8}", with: #"8,"popularity_score":0,"upvotes":0,"downvotes":0}"#))
        for json in [nil, "{}", #"{"room_code":null}"#] {
            try host.call(
                "PATCH", "\(Self.games)/1/room-code", json, 400,
                #"{"error":"room_code is required"}"#)
        }
        for code in ["", "xy9z", "XY9", "XY9ZZ", "XY 9", "ＸＹ９Ｚ"] {
            try host.call(
                "PATCH", "\(Self.games)/1/room-code", #"{"room_code":"\#(code)"}"#, 400,
                #"{"error":"room_code must be exactly 4 alphanumeric characters (A-Z, 0-9)"}"#)
        }
    }

    @Test func `a room is watched from a game with a code on, until somebody stops it`() throws {
        let id = try add(#","room_code":"LSBN""#)
        let live =
            #"{"sessionId":1,"gameId":1,"roomCode":"LSBN","appTag":null,"maxPlayers":null,"#
            + #""playerCount":0,"players":[],"lobbyState":null,"gameState":null,"#
            + #""gameStarted":false,"gameFinished":false,"monitoring":true}"#
        let path = "\(Self.games)/\(id)"
        try host.call("GET", path + "/status-live", nil, 200, live, isPublic: true)
        try host.call(
            "POST", path + "/start-player-check", nil, 200,
            #"{"message":"Room monitor started","status":"monitoring"}"#)
        let stopped =
            #"{"message":"Room monitor and player count check stopped","status":"stopped"}"#
        try host.call("POST", path + "/stop-player-check", nil, 200, stopped)
        let remembered =
            live.replacing(
                #""maxPlayers":null,"playerCount":0"#, with: #""maxPlayers":8,"playerCount":null"#
            )
            .replacing(
                #""monitoring":true}"#,
                with: #""monitoring":false,"title":"Quiplash 3","#
                    + #""packName":"Jackbox Party Pack 7","status":"stopped"}"#)
        try host.call("GET", path + "/status-live", nil, 200, remembered, isPublic: true)
        for path in [path, "/api/sessions/1/games/99"] {
            try host.call("POST", path + "/stop-player-check", nil, 200, stopped)
        }
        try host.call(
            "PATCH", path + "/player-count", #"{"player_count": 6}"#, 200,
            #"{"message":"Player count updated successfully","player_count":6}"#)
        try host.call(
            "GET", path + "/status-live", nil, 200,
            remembered.replacing(#""playerCount":null"#, with: #""playerCount":6"#)
                .replacing(#""gameFinished":false"#, with: #""gameFinished":true"#)
                .replacing("stopped", with: "completed"), isPublic: true)
    }

    @Test func `a game without a room code has nothing to watch`() throws {
        let id = try add()
        try host.call(
            "POST", "\(Self.games)/\(id)/start-player-check", nil, 400,
            #"{"error":"Game does not have a room code"}"#)
        let answer = try host.night.call("GET", "\(Self.games)/\(id)/status-live").object
        #expect(answer["roomCode"] == .null)
        #expect(answer["status"] == .null)
    }

    @Test func `what ends a game ends its monitor`() throws {
        func isWatched(_ id: Int) throws -> Bool {
            let answer = try host.night.call("GET", "\(Self.games)/\(id)/status-live")
            return answer.object["monitoring"] == .bool(true)
        }
        let first = try add(#","room_code":"AAAA""#)
        #expect(try isWatched(first))
        let second = try add(#","room_code":"BBBB""#)
        #expect(try !isWatched(first))
        #expect(try isWatched(second))
        try host.make("PATCH", "\(Self.games)/\(second)/status", #"{"status":"skipped"}"#)
        #expect(try !isWatched(second))
        let third = try add(#","room_code":"CCCC""#)
        try host.make("POST", "/api/sessions/1/close")
        #expect(try !isWatched(third))
        try host.call(
            "POST", "\(Self.games)/\(third)/start-player-check", nil, 400,
            #"{"error":"Session is already closed"}"#)
    }

    @Test func `players are counted by hand, none of them too`() throws {
        let path = "\(Self.games)/\(try add())/player-count"
        for count in [6, 0, 100_000] {
            try host.call(
                "PATCH", path, #"{"player_count":\#(count)}"#, 200,
                #"{"message":"Player count updated successfully","player_count":\#(count)}"#)
        }
        for json in [nil, "{}", #"{"player_count":null}"#] {
            try host.call("PATCH", path, json, 400, #"{"error":"player_count is required"}"#)
        }
        for value in [
            "-1", "1.5", #""six""#, "[]", "true", "100001", "9223372036854775807",
            "9223372036854775808", "-9223372036854775809", "1e300",
        ] {
            try host.call(
                "PATCH", path, #"{"player_count":\#(value)}"#, 400,
                #"{"error":"player_count must be a positive number"}"#)
        }
        let list = try host.night.call("GET", Self.games).text
        #expect(list.contains(#""player_count":100000"#), "the last one that was one")
    }
}
