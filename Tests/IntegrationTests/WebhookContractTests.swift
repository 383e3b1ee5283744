import JSON
import TestSupport
import Testing
import Transport

/// Webhooks over the wire: signed, in their order, again until they are taken, also after a kill.
@Suite struct WebhookContractTests {
    private let daemon: DaemonProcess
    private let hook: HookServer

    init() async throws {
        daemon = try await DaemonProcess()
        hook = try HookServer()
        let made = try daemon.call(
            "POST", "/game-night/api/webhooks",
            json: #"{"name":"bot","url":"\#(hook.url)","secret":"hush","#
                + #""events":["game.added","session.started"]}"#, token: daemon.token)
        #expect(made.status == 201, "\(made.text)")
        #expect(!made.text.contains("hush"))
    }

    private func call(_ method: String, _ path: String, _ json: String? = nil) throws
        -> HTTPResponse
    {
        try daemon.call(method, "/game-night/api" + path, json: json, token: daemon.token)
    }

    private func log() throws -> [JSONObject] {
        try JSONReader.read(call("GET", "/webhooks/1/logs").body).arrayValue?
            .compactMap(\.objectValue) ?? []
    }

    @Test func `events come signed and in their order, and the log tells of them`() async throws {
        _ = try call("POST", "/sessions", #"{"notes":"Friday"}"#)
        for game in [29, 24, 3] {
            _ = try call("POST", "/sessions/1/games", #"{"game_id":\#(game)}"#)
        }
        #expect(await eventually { hook.deliveries.count == 4 })
        let deliveries = hook.deliveries
        #expect(deliveries.map(\.number) == ["1", "2", "3", "4"])
        #expect(
            deliveries.map(\.event)
                == ["session.started", "game.added", "game.added", "game.added"])
        for delivery in deliveries {
            let openssl = try ChildProcess(
                "sh",
                [
                    "-c", #"printf %s "$1" | openssl dgst -sha256 -hmac hush -hex"#, "sh",
                    delivery.body,
                ])
            _ = await openssl.waitForOutput()
            let digest = openssl.standardOutput.split(separator: " ").last.map {
                $0.filter { $0 != "\n" }
            }
            #expect(delivery.signature == digest.map { "sha256=" + $0 })
        }
        let body = try #require(try JSONReader.read(Array(deliveries[1].body.utf8)).objectValue)
        #expect(body.members.map(\.key) == ["event", "timestamp", "data"])
        #expect(
            body["data"]?.objectValue?["session"]
                == ["id": .integer(1), "is_active": .bool(true), "games_played": .integer(1)])
        let isLogged = await eventually {
            (try? log().map { $0["state"] }) == Array(repeating: .string("delivered"), count: 4)
        }
        #expect(isLogged)
        #expect(try log().first?["response_status"] == .integer(200))
    }

    @Test func `what is refused comes again, and nobody waits for it`() async throws {
        hook.answer(with: 500)
        _ = try call("POST", "/sessions")
        #expect(try call("POST", "/sessions/1/games", #"{"game_id":29}"#).status == 201)
        #expect(await eventually { hook.deliveries.count >= 2 })
        #expect(hook.deliveries.allSatisfy { $0.number == "1" }, "one after the other")
        #expect(try log().last?["error_message"] == .string("answered with status 500"))
        hook.answer(with: 204)
        #expect(await eventually { hook.deliveries.last?.number == "2" })
        #expect(try log().last?["state"] == .string("delivered"))
    }

    @Test func `what waits outlives a kill`() async throws {
        hook.answer(with: 503)
        _ = try call("POST", "/sessions")
        _ = try call("POST", "/sessions/1/games", #"{"game_id":29}"#)
        #expect(await eventually { !hook.deliveries.isEmpty })
        daemon.kill()
        hook.answer(with: 200)
        try await daemon.restart()
        #expect(await eventually { hook.deliveries.last?.number == "2" })
        let isLogged = await eventually {
            (try? log().map { $0["state"] }) == Array(repeating: .string("delivered"), count: 2)
        }
        #expect(isLogged)
    }

    @Test func `a webhook is tested, paused and deleted`() async throws {
        let test = try call("POST", "/webhooks/test/1")
        #expect(test.text == #"{"message":"Test webhook sent","deliveryId":1}"#)
        #expect(await eventually { hook.deliveries.count == 1 })
        #expect(hook.deliveries.first?.event == "test")
        #expect(try call("PATCH", "/webhooks/1", #"{"enabled":false}"#).status == 200)
        #expect(try call("POST", "/webhooks/test/1").status == 400)
        _ = try call("POST", "/sessions")
        #expect(
            try call("DELETE", "/webhooks/1").text
                == #"{"message":"Webhook deleted successfully","webhookId":1}"#)
        #expect(try call("GET", "/webhooks/1/logs").status == 404)
        #expect(hook.deliveries.count == 1)
    }
}
