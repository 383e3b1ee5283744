import JSON
import TestSupport
import Testing
import Transport

/// 003: webhooks over the wire, to the last byte, and what keeps nobody waiting.
@Suite struct WebhookFormTests {
    private let host: Host
    private let hook: HookServer

    init() async throws {
        host = try Host(try await NightDaemon())
        hook = try HookServer()
    }

    private func add(_ more: String = "") throws -> Int {
        try host.id(
            "POST", "/api/webhooks",
            #"{"name":"bot","url":"\#(hook.url)","secret":"s3cret"\#(more)}"#)
    }

    private func play() throws {
        try host.make("POST", "/api/sessions/1/games", #"{"game_id":1}"#)
    }

    private func log(_ id: Int = 1) throws -> [JSONObject] {
        try JSONReader.read(
            host.night.call("GET", "/api/webhooks/\(id)/logs", token: host.token).body
        ).arrayValue?.compactMap(\.objectValue) ?? []
    }

    @Test func `a webhook is added, shown, changed and deleted, and never tells its secret`() throws
    {
        let form =
            #"{"id":1,"name":"bot","url":"http://bot.example/x","events":["game.added"],"#
            + #""enabled":true,"created_at":"{ms}"}"#
        try host.call("GET", "/api/webhooks", nil, 200, "[]")
        try host.call(
            "POST", "/api/webhooks",
            #"{"name":"bot","url":"http://bot.example/x","secret":"s3cret"}"#, 201, form)
        try host.call("GET", "/api/webhooks", nil, 200, "[\(form)]")
        try host.call("GET", "/api/webhooks/1", nil, 200, form)
        try host.call(
            "PATCH", "/api/webhooks/1",
            #"{"name":"two","enabled":false,"events":["session.ended","game.added"]}"#, 200,
            form.replacing("bot\"", with: "two\"").replacing("true", with: "false")
                .replacing("[", with: #"["session.ended","#))
        try host.call("GET", "/api/webhooks/1/logs", nil, 200, "[]")
        try host.call(
            "POST", "/api/webhooks/test/1", nil, 400, #"{"error":"the webhook is disabled"}"#)
        try host.call(
            "DELETE", "/api/webhooks/1", nil, 200,
            #"{"message":"Webhook deleted successfully","webhookId":1}"#)
        try host.call("DELETE", "/api/webhooks/1", nil, 404, #"{"error":"Webhook not found"}"#)
    }

    @Test func `a webhook that cannot be is refused`() throws {
        let good = [
            ("name", #""bot""#), ("url", #""http://bot.example""#), ("secret", #""s""#),
            ("events", #"["game.added"]"#), ("enabled", "true"),
        ]
        let text = "must be one line of 1 to 200 characters"
        let address = "url must be an http or https address"
        for (member, value, error) in [
            ("name", "null", "name is required"), ("url", "null", "url is required"),
            ("secret", "null", "secret is required"), ("name", "7", "name must be a string"),
            ("name", #""""#, "name \(text)"), ("secret", #""""#, "secret \(text)"),
            ("secret", #""a\nb""#, "secret \(text)"), ("url", #""ftp://bot.example""#, address),
            ("url", #""bot.example""#, address), ("url", #""http://""#, address),
            ("url", #""http://a:b@bot.example""#, address),
            ("url", #""http://bot.example/a b""#, address),
            ("url", #""http://\#(String(repeating: "a", count: 2000))""#, address),
            ("events", "[]", "events must name at least one event"),
            (
                "events", #"["game.lost"]"#,
                "events must be of game.added, session.started, session.ended"
            ),
            ("events", #""game.added""#, "events must be an array"),
            ("enabled", #""yes""#, "enabled must be true or false"),
        ] {
            let members = good.map { #""\#($0.0)":\#($0.0 == member ? value : $0.1)"# }
            try host.call(
                "POST", "/api/webhooks", "{" + members.joined(separator: ",") + "}", 400,
                #"{"error":"\#(error)"}"#)
        }
        for _ in 0..<50 { _ = try add() }
        try host.call(
            "POST", "/api/webhooks", #"{"name":"a","url":"http://a","secret":"b"}"#, 503,
            #"{"error":"there are too many webhooks"}"#)
    }

    @Test func `a delivery has the event, when it was, and what it is about`() async throws {
        _ = try add(#","events":["session.started","game.added","session.ended"]"#)
        try host.make("POST", "/api/sessions", #"{"notes":"Friday"}"#)
        try play()
        try host.make("POST", "/api/sessions/1/close")
        #expect(await eventually { hook.deliveries.count == 3 })
        let session =
            #"{"event":"session.started","timestamp":"{ms}","data":{"session":{"id":1,"#
            + #""is_active":1,"created_at":"{ms}","notes":"Friday"}}}"#
        let game =
            #"{"event":"game.added","timestamp":"{ms}","data":{"session":{"id":1,"#
            + #""is_active":true,"games_played":1},"game":{"id":1,"#
            + #""title":"You Don't Know Jack 2015","pack_name":"Jackbox Party Pack 1","#
            + #""min_players":1,"max_players":4,"manually_added":false,"room_code":null}}}"#
        let end =
            #"{"event":"session.ended","timestamp":"{ms}","data":{"session":{"id":1,"#
            + #""is_active":0,"games_played":1}}}"#
        #expect(hook.deliveries.map { AnswerForm.of($0.body) } == [session, game, end])
        let last = try #require(try log().first)
        #expect(
            last.members.map(\.key) == [
                "id", "webhook_id", "event_type", "payload", "state", "attempts",
                "response_status", "error_message", "created_at",
            ])
        #expect(last["payload"]?.stringValue == hook.deliveries.last?.body)
    }

    @Test func `a receiver that never answers keeps nobody waiting`() async throws {
        hook.answer(with: nil)
        _ = try add()
        try host.make("POST", "/api/sessions")
        for _ in 0..<20 { try play() }
        #expect(await eventually { hook.deliveries.count == 1 })
        try host.make("DELETE", "/api/webhooks/1")
        try play()
        #expect(hook.deliveries.count == 1)
    }

    @Test func `a disabled webhook hears nothing, and what waited goes on later`() async throws {
        hook.answer(with: 500)
        let id = try add()
        try host.make("POST", "/api/sessions")
        try play()
        #expect(await eventually { !hook.deliveries.isEmpty })
        try host.make("PATCH", "/api/webhooks/\(id)", #"{"enabled":false}"#)
        hook.answer(with: 200)
        try play()
        try host.make("PATCH", "/api/webhooks/\(id)", #"{"enabled":true}"#)
        try play()
        #expect(
            await eventually {
                Set(hook.deliveries.map(\.number)).count == 2
            })
        let log = try log()
        #expect(log.count == 2, "the one in between was not for it")
    }
}
