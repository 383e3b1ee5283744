import JSON
import TestSupport
import Testing
import Transport

/// 003: the catalogue of games over the wire.
@Suite struct CatalogueContractTests {
    private let host: Host

    init() async throws {
        host = try Host(try await NightDaemon())
    }

    private static let head =
        "pack_name,title,min_players,max_players,length_minutes,has_audience,family_friendly,"
        + "game_type,secondary_type,enabled,favor_bias\r\n"

    private func list(_ query: String = "") throws -> [JSONObject] {
        let answer = try host.night.call("GET", "/api/games" + query)
        #expect(answer.status == 200, "\(query) \(answer.text)")
        return try JSONReader.read(answer.body).arrayValue?.compactMap(\.objectValue) ?? []
    }

    private func titles(_ query: String = "") throws -> [String] {
        try list(query).compactMap { $0["title"]?.stringValue }
    }

    private func export() throws -> String {
        let answer = try host.night.call("GET", "/api/games/export/csv")
        #expect(answer.headers["Content-Type"] == "text/csv; charset=utf-8")
        #expect(answer.headers["Content-Disposition"] == #"attachment; filename="games.csv""#)
        return answer.text
    }

    /// Sends a list as the body.
    private func take(_ csv: String, mode: String? = nil) throws -> HTTPResponse {
        try host.night.call(
            "POST", "/api/games/import/csv" + (mode.map { "?mode=\($0)" } ?? ""), json: csv,
            token: host.token, headers: [("Content-Type", "text/csv")])
    }

    private func expectTaken(
        _ answer: HTTPResponse, _ added: Int, _ updated: Int, _ removed: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            answer.text
                == #"{"message":"Games imported successfully","added":\#(added),"#
                + #""updated":\#(updated),"removed":\#(removed)}"#,
            sourceLocation: sourceLocation)
    }

    @Test func `a fresh station has games, by pack and title`() throws {
        let games = try list()
        #expect(games.count == 39)
        let names = games.map { [$0["pack_name"]?.stringValue, $0["title"]?.stringValue] }
        #expect(names.first == ["Jackbox Party Pack 1", "Drawful"])
        #expect(names.last == ["Standalone", "Drawful 2"])
        let first = try #require(games.first).members.map(\.key)
        #expect(
            first == [
                "id", "pack_name", "title", "min_players", "max_players", "length_minutes",
                "has_audience", "family_friendly", "game_type", "secondary_type", "play_count",
                "popularity_score", "upvotes", "downvotes", "enabled", "favor_bias", "created_at",
            ])
    }

    @Test func `a game is added, shown, changed and deleted`() throws {
        let form =
            #"{"id":40,"pack_name":"Home","title":"Charades","min_players":4,"max_players":20,"#
            + #""length_minutes":30,"has_audience":0,"family_friendly":1,"game_type":"Acting","#
            + #""secondary_type":null,"play_count":0,"popularity_score":0,"upvotes":0,"#
            + #""downvotes":0,"enabled":1,"favor_bias":0,"created_at":"{ms}"}"#
        try host.call(
            "POST", "/api/games",
            #"{"pack_name":"Home","title":"Charades","min_players":4,"max_players":20,"#
                + #""length_minutes":30,"family_friendly":true,"game_type":"Acting"}"#, 201, form)
        try host.call("GET", "/api/games/40", nil, 200, form, isPublic: true)
        try host.call(
            "PUT", "/api/games/40", #"{"length_minutes":null,"favor_bias":-1,"enabled":0}"#, 200,
            form.replacing("30,", with: "null,")
                .replacing(#""enabled":1,"favor_bias":0"#, with: #""enabled":0,"favor_bias":-1"#))
        try host.call(
            "DELETE", "/api/games/40", nil, 200,
            #"{"message":"Game deleted successfully","gameId":40}"#)
        try host.call("GET", "/api/games/40", nil, 404, #"{"error":"Game not found"}"#)
        try host.call("DELETE", "/api/games/40", nil, 404, #"{"error":"Game not found"}"#)
        #expect(
            try host.id("POST", "/api/games", Self.game("Again")) == 41, "a number is given once")
    }

    private static func game(_ title: String, _ more: String = "") -> String {
        #"{"pack_name":"Home","title":"\#(title)","min_players":2,"max_players":4\#(more)}"#
    }

    private static let refused = [
        (#"{"title":"A","min_players":1,"max_players":2}"#, "pack_name is required"),
        (#"{"pack_name":"A","min_players":1,"max_players":2}"#, "title is required"),
        (#"{"pack_name":"A","title":"B","max_players":2}"#, "min_players is required"),
        (#"{"pack_name":"A","title":"B","min_players":2}"#, "max_players is required"),
        (game(""), "title is required"),
        (game("a\\nb"), "title must be one line of at most 200 characters"),
        (game("A", #","min_players":0"#), "min_players must be a whole number from 1 to 100000"),
        (game("A", #","max_players":1"#), "max_players must be a whole number from 2 to 100000"),
        (
            game("A", #","max_players":9223372036854775807"#),
            "max_players must be a whole number from 2 to 100000"
        ),
        (
            game("A", #","length_minutes":0"#),
            "length_minutes must be a whole number from 1 to 1440"
        ),
        (game("A", #","favor_bias":2"#), "favor_bias must be a whole number from -1 to 1"),
        (game("A", #","min_players":2.5"#), "min_players must be an integer"),
        (game("A", #","has_audience":"yes""#), "has_audience must be true or false"),
        (game("A", #","game_type":7"#), "game_type must be a string"),
    ]

    @Test func `a game that cannot be is refused`() throws {
        for (json, error) in Self.refused {
            try host.call("POST", "/api/games", json, 400, #"{"error":"\#(error)"}"#)
        }
        #expect(try list().count == 39)
    }

    @Test func `games are found by what is known of them`() throws {
        #expect(try list("?playerCount=10").allSatisfy { $0["max_players"] >= 10 })
        #expect(try titles("?playerCount=10").count == 5)
        #expect(try titles("?playerCount=17") == [])
        #expect(try titles("?pack=Standalone") == ["Drawful 2"])
        #expect(try titles("?pack=None") == [])
        #expect(
            try titles("?familyFriendly=true").count + titles("?familyFriendly=0").count == 39)
        try host.make("PUT", "/api/games/1", #"{"enabled":false}"#)
        #expect(try list("?enabled=false").map { $0["id"] } == [.integer(1)])
        #expect(try titles("?enabled=1").count == 38)
        for query in ["playerCount=x", "playerCount=-1", "enabled=maybe", "familyFriendly="] {
            let answer = try host.night.call("GET", "/api/games?" + query)
            #expect(answer.status == 400, "\(query)")
        }
    }

    @Test func `a game that a night has cannot be deleted, one of a deleted night can`() throws {
        try host.make("POST", "/api/sessions")
        try host.make("POST", "/api/sessions/1/games", #"{"game_id":1}"#)
        try host.make("POST", "/api/sessions/1/close")
        try host.call(
            "DELETE", "/api/games/1", nil, 409,
            #"{"error":"Game was played in a session; disable it instead of deleting it"}"#)
        try host.make("DELETE", "/api/sessions/1")
        try host.make("DELETE", "/api/games/1")
    }

    // MARK: Lists

    /// What is hard to write: quotes, commas, accents on them, other scripts, spaces.
    private static let hard = [
        #"Say "hi""#, "A, B", ",", #"""#, #"","#, " space ", "Öl, Ü", "a,\u{301}b", "\"\u{301}",
        "猫", "👩‍👩‍👧‍👦", "=1+1", "'", ";", "1", "\u{FEFF}mark", "e\u{301}", "a\u{2028}b",
    ]

    @Test func `a list comes back as it went out, byte for byte`() async throws {
        for title in Self.hard {
            let json: JSONValue = [
                "title": .string(title), "pack_name": .string(title), "min_players": .integer(1),
                "max_players": .integer(2), "game_type": .string(title),
                "secondary_type": .string(title), "enabled": .bool(false),
                "favor_bias": .integer(-1),
            ]
            try host.make("POST", "/api/games", json.text)
        }
        let count = 39 + Self.hard.count
        let csv = try export()
        expectTaken(try take(csv), 0, count, 0)
        #expect(Array(try export().utf8) == Array(csv.utf8))
        expectTaken(try take(csv, mode: "replace"), 0, count, 0)
        #expect(Array(try export().utf8) == Array(csv.utf8))
        let fresh = try Host(try await NightDaemon())
        let answer = try fresh.night.call(
            "POST", "/api/games/import/csv", json: JSONValue.object(["csvData": .string(csv)]).text,
            token: fresh.token)
        expectTaken(answer, Self.hard.count, 39, 0)
        #expect(
            Array(try fresh.night.call("GET", "/api/games/export/csv").body) == Array(csv.utf8))
    }

    @Test func `what a spreadsheet makes of a list is read`() throws {
        let csv =
            "\u{FEFF}Title,Max_Players, min_players ,pack_name,colour\n"
            + "\"One, two\",8,3,Home,red\n\r\n\"Say \"\"hi\"\"\",4,\"2\",Home\n"
            + "Last,4,2,\"Ho\u{308}me\""
        expectTaken(try take(csv), 3, 0, 0)
        #expect(try titles("?pack=Home") == ["One, two", #"Say "hi""#])
        #expect(try titles("?pack=H%C3%B6me") == ["Last"])
    }

    private static let unreadable = [
        ("", "line 1: the list is empty"),
        ("title,min_players,max_players\n", "line 1: the column pack_name is missing"),
        (head + "P,T,one,2\n", "line 2: min_players must be a whole number, not one"),
        (head + "P,T,1,2\n\n\nP,U,1,\n", "line 5: max_players is required"),
        (head + "P,,1,2\n", "line 2: title is required"),
        (head + "P,T,3,2\n", "line 2: max_players must be a whole number from 3 to 100000"),
        (head + "P,T,1,2,,maybe\n", "line 2: has_audience must be 1 or 0, not maybe"),
        (head + "P,\"T\n\",1,2\n", "line 2: title must be one line of at most 200 characters"),
        (head + "P,T,1,2\nP,\"U,1,2\n", "line 3: a quotation mark has no end"),
        (head + "P,\"T\"x,1,2\n", "line 2: behind a quotation mark must be a comma"),
        (
            head + "P,\"T\n\n\",1,2\nP,U,x,2",
            "line 2: title must be one line of at most 200 characters"
        ),
        ("title,title\n", "line 1: the column title is there twice"),
    ]

    @Test func `a list that cannot be read says where, and nothing of it is taken`() throws {
        for (csv, error) in Self.unreadable {
            let answer = try take(csv)
            #expect(answer.status == 400)
            #expect(answer.text == #"{"error":"\#(error)"}"#)
        }
        #expect(try list().count == 39)
    }

    @Test func `a list may replace all, but what a night has stays and is disabled`() throws {
        try host.make("POST", "/api/sessions")
        try host.make("POST", "/api/sessions/1/games", #"{"game_id":1}"#)
        // Two games with one name, which nobody hinders.
        for _ in 0..<2 { try host.make("POST", "/api/games", Self.game("Twin")) }
        let csv = Self.head + "Home,New,1,2\r\nStandalone,Drawful 2,3,9\r\n"
        expectTaken(try take(csv, mode: "replace"), 1, 1, 40)
        let games = try list()
        #expect(
            games.map { $0["title"]?.stringValue } == [
                "New", "You Don't Know Jack 2015", "Drawful 2",
            ])
        #expect(games.map { $0["enabled"] } == [.integer(1), .integer(0), .integer(1)])
        #expect(games.map { $0["id"] } == [.integer(42), .integer(1), .integer(39)])
        #expect(try host.night.call("GET", "/api/sessions/1/games").text.contains("Jack 2015"))
        #expect(try take(csv, mode: "merge").text == #"{"error":"mode must be append or replace"}"#)
    }
}

private func >= (lhs: JSONValue?, rhs: Int64) -> Bool { (lhs?.integerValue ?? .min) >= rhs }
