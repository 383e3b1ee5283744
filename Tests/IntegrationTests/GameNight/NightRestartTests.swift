import JSON
import TestSupport
import Testing
import Transport

/// 003: a daemon that is killed has everything when it is back.
@Suite struct NightRestartTests {
    /// What anybody and a host can see.
    private static let views = [
        "/api/sessions", "/api/sessions/active", "/api/sessions/1", "/api/sessions/1/games",
        "/api/sessions/1/votes", "/api/sessions/2/games", "/api/votes", "/api/games",
        "/api/games/export/csv", "/api/sessions/1/export?format=json", "/api/webhooks",
        "/api/sessions/2/games/2/status-live", "/api/sessions/2/games/3/status-live",
    ]

    private func look(_ host: Host) throws -> [String: String] {
        var seen: [String: String] = [:]
        for view in Self.views {
            let answer = try host.night.call("GET", view, token: host.token)
            #expect(answer.status == 200, "\(view) \(answer.text)")
            seen[view] = answer.text
        }
        return seen
    }

    @Test func `nights, games, votes, chats, the catalogue, webhooks and logins survive a kill`()
        async throws
    {
        let hook = try HookServer()
        hook.answer(with: nil)
        let host = try Host(try await NightDaemon())
        let user = try host.night.daemon.makeUser("h@x", permissions: ["game-night.host"])
        try host.make(
            "POST", "/api/webhooks",
            #"{"name":"bot","url":"\#(hook.url)","secret":"s3cret"}"#)
        try fill(host)
        #expect(await eventually { hook.deliveries.count == 1 }, "one is under way")
        let before = try look(host)
        let log = try host.night.call("GET", "/api/webhooks/1/logs", token: host.token)
        hook.answer(with: 200)

        try await host.night.daemon.restart()
        #expect(try look(host) == before)
        #expect(log.text.contains(#""state":"waiting""#))
        #expect(await eventually { hook.deliveries.count == 4 }, "what was under way, too")
        #expect(
            hook.deliveries.map(\.number) == ["1", "1", "2", "3"])
        for token in [host.token, user] {
            #expect(try host.night.call("GET", "/api/webhooks", token: token).status == 200)
        }
        // The monitor that ran runs, and its stop is the last word.
        let socket = try host.night.live()
        try socket.send(#"{"type":"auth","token":"\#(host.token)"}"#)
        try socket.send(#"{"type":"subscribe","sessionId":2}"#)
        try host.make("POST", "/api/sessions/2/games/3/stop-player-check")
        var types: [String?] = []
        while types.last != "room.disconnected", types.count < 10 {
            types.append(try socket.nextObject()?["type"]?.stringValue)
        }
        #expect(types.last == "room.disconnected")
        // Numbers go on.
        #expect(try host.id("POST", "/api/sessions/2/games", #"{"game_id":2}"#) == 4)
        #expect(
            try host.id(
                "POST", "/api/games",
                #"{"title":"N","pack_name":"N","min_players":1,"max_players":2}"#) == 41)
        try host.make("POST", "/api/sessions/2/close")
        #expect(try host.id("POST", "/api/sessions") == 3)
        try importAgain(host)
    }

    private func fill(_ host: Host) throws {
        try host.make(
            "POST", "/api/games",
            #"{"title":"Home game","pack_name":"Home","min_players":1,"max_players":2}"#)
        try host.make("PUT", "/api/games/3", #"{"favor_bias":1,"enabled":false}"#)
        try host.make("DELETE", "/api/games/5")
        try host.make("POST", "/api/sessions", #"{"notes":"Grüße 👋"}"#)
        try host.make("POST", "/api/sessions/1/games", #"{"game_id":40,"manually_added":true}"#)
        for (name, word) in [("a", "up"), ("b", "down"), ("c", "up")] {
            try host.make(
                "POST", "/api/votes/live",
                #"{"username":"\#(name)","vote":"\#(word)","timestamp":"2099-01-01T00:00:00Z"}"#)
        }
        try host.make("PATCH", "/api/sessions/1/games/1/player-count", #"{"player_count":0}"#)
        try importAgain(host)
        try host.make("POST", "/api/sessions/1/close")
        try host.make("POST", "/api/sessions")
        try host.make("POST", "/api/sessions/2/games", #"{"game_id":1,"room_code":"AAAA"}"#)
        try host.make("POST", "/api/sessions/2/games", #"{"game_id":2,"room_code":"BBBB"}"#)
        try host.make("PATCH", "/api/sessions/2/games/2/status", #"{"status":"skipped"}"#)
    }

    /// The first time it is new, then it is known, also after a kill.
    private func importAgain(_ host: Host) throws {
        let before = try host.night.call("GET", "/api/games/40").object
        let isNew = before["upvotes"] == .integer(2)
        let result = try host.make(
            "POST", "/api/sessions/1/chat-import",
            #"{"chatData":[{"username":"a","message":"thisgame++ \"ß\" 👍","#
                + #""timestamp":"2099-01-01T00:00:00Z"},{"username":"b","message":"","#
                + #""timestamp":"2099-01-01T00:00:01+02:00"}]}"#)
        #expect(result["messagesImported"] == .integer(isNew ? 2 : 0))
        #expect(result["duplicatesSkipped"] == .integer(isNew ? 0 : 2))
        let after = try host.night.call("GET", "/api/games/40").object
        #expect(after["upvotes"] == .integer(3))
    }

    @Test func `a host of two lives has one login a life`() async throws {
        let host = try Host(try await NightDaemon())
        for _ in 0..<3 {
            try await host.night.daemon.restart()
            let again = try Host(host.night)
            for token in [host.token, again.token] {
                #expect(
                    try host.night.call("GET", "/api/webhooks", token: token).status == 200)
            }
        }
    }
}
