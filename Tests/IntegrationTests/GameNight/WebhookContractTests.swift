import JSON
import TestSupport
import Testing
import Transport

/// 003: webhooks over the wire, to a real server.
@Suite struct WebhookContractTests {
    private let host: Host
    private let receiver: WebhookReceiver

    init() async throws {
        host = try Host(try await NightDaemon())
        receiver = try WebhookReceiver()
    }

    private func add(_ more: String = "") throws -> Int {
        try host.id(
            "POST", "/api/webhooks",
            #"{"name":"bot","url":"\#(receiver.url)/hook?a=b","secret":"s3cret"\#(more)}"#)
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

    @Test func `an event is delivered, signed`() async throws {
        _ = try add(#","events":["session.started","game.added","session.ended"]"#)
        try host.make("POST", "/api/sessions", #"{"notes":"Friday"}"#)
        try play()
        try host.make("POST", "/api/sessions/1/close")
        #expect(await eventually { receiver.requests.count == 3 })
        let requests = receiver.requests
        let names = ["session.started", "game.added", "session.ended"]
        #expect(receiver.bodies.map { $0["event"]?.stringValue } == names, "in their order")
        #expect(requests.map { $0.headers["X-Webhook-Event"] } == names)
        #expect(requests.map { $0.headers["X-Webhook-Delivery"] } == ["1", "2", "3"])
        #expect(requests.allSatisfy { $0.method == "POST" && $0.path == "/hook" })
        #expect(requests.allSatisfy { $0.query == "a=b" })
        #expect(requests.allSatisfy { $0.headers["Content-Type"] == "application/json" })
        for request in requests {
            #expect(
                request.headers["X-Webhook-Signature"]
                    == (try await Self.signature(of: request.body, secret: "s3cret")))
        }
        #expect(
            AnswerForm.of(String(decoding: requests[1].body, as: UTF8.self))
                == #"{"event":"game.added","timestamp":"{ms}","data":{"session":{"id":1,"#
                + #""is_active":true,"games_played":1},"game":{"id":1,"#
                + #""title":"You Don't Know Jack 2015","pack_name":"Jackbox Party Pack 1","#
                + #""min_players":1,"max_players":4,"manually_added":false,"room_code":null}}}"#)
        #expect(
            await eventually {
                (try? log())?.first?["state"] == .string("delivered")
            })
        let last = try #require(try log().first)
        #expect(
            last.members.map(\.key) == [
                "id", "webhook_id", "event_type", "payload", "state", "attempts",
                "response_status", "error_message", "created_at",
            ])
        #expect(last["id"] == .integer(3))
        #expect(last["response_status"] == .integer(200))
    }

    /// By another program than the daemon's library.
    private static func signature(of body: [UInt8], secret: String) async throws -> String {
        let folder = try TemporaryFolder()
        try folder.write(String(decoding: body, as: UTF8.self), to: "body")
        let process = try ChildProcess(
            "/usr/bin/env",
            [
                "python3", "-c",
                "import hmac,sys;print('sha256='+hmac.new(sys.argv[1].encode(),"
                    + "open(sys.argv[2],'rb').read(),'sha256').hexdigest())", secret,
                folder.path + "/body",
            ])
        _ = await process.waitForOutput()
        return process.standardOutput.filter { $0 != "\n" }
    }

    @Test func `a test is sent whether or not anything happens`() async throws {
        let id = try add()
        try host.call(
            "POST", "/api/webhooks/test/\(id)", nil, 200,
            #"{"message":"Test webhook sent","deliveryId":1}"#)
        #expect(await eventually { !receiver.requests.isEmpty })
        #expect(receiver.bodies.first?["event"] == .string("test"))
    }

    @Test func `an event that is refused comes again, and nobody waits for it`() async throws {
        receiver.answer(500)
        _ = try add()
        try host.make("POST", "/api/sessions")
        try play()
        try play()
        #expect(await eventually { receiver.requests.count >= 2 })
        let log = try log()
        #expect(log.map { $0["state"] } == [.string("waiting"), .string("waiting")])
        #expect(log[1]["response_status"] == .integer(500))
        #expect(log[1]["error_message"] == .string("answered with status 500"))
        receiver.answer(200)
        #expect(
            await eventually {
                (try? self.log())?.allSatisfy { $0["state"] == .string("delivered") } == true
            })
        let numbers = receiver.requests.compactMap { $0.headers["X-Webhook-Delivery"] }
        #expect(Set(numbers.dropLast()) == ["1"])
        #expect(numbers.last == "2", "in their order")
    }

    @Test func `a receiver that never answers keeps nobody waiting`() async throws {
        receiver.answer(nil)
        _ = try add()
        try host.make("POST", "/api/sessions")
        for _ in 0..<20 { try play() }
        #expect(await eventually { receiver.requests.count == 1 })
        try host.make("DELETE", "/api/webhooks/1")
        try play()
        #expect(receiver.requests.count == 1)
    }

    @Test func `a disabled webhook hears nothing, and what waited goes on later`() async throws {
        receiver.answer(500)
        let id = try add()
        try host.make("POST", "/api/sessions")
        try play()
        #expect(await eventually { !receiver.requests.isEmpty })
        try host.make("PATCH", "/api/webhooks/\(id)", #"{"enabled":false}"#)
        receiver.answer(200)
        try play()
        try host.make("PATCH", "/api/webhooks/\(id)", #"{"enabled":true}"#)
        try play()
        #expect(
            await eventually {
                Set(receiver.requests.map { $0.headers["X-Webhook-Delivery"] }).count == 2
            })
        let log = try log()
        #expect(log.count == 2, "the one in between was not for it")
    }
}
