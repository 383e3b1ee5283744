import Drivers
import Engine
import JSON
import TestSupport
import Testing

@testable import Station

/// Webhooks in virtual time, to servers that the test plays.
@Suite(.runsTwice) struct WebhooksTests {
    private static let description = Webhook.Description(
        name: "bot", url: "http://bot.example/hook", secret: "s3cret", events: [.gameAdded])

    private static func add(
        _ world: NightWorld, _ description: Webhook.Description = description
    ) throws -> Int {
        try world.webhooks { (webhooks) throws(WebhookError) in
            try webhooks.add(description).id
        }
    }

    private static func change(
        _ world: NightWorld, _ id: Int, _ edit: (inout Webhook.Description) -> Void
    ) throws {
        var new = description
        edit(&new)
        let wanted = new
        _ = try world.webhooks { (webhooks) throws(WebhookError) in
            try webhooks.change(id, to: wanted)
        }
    }

    private static func log(_ world: NightWorld, _ id: Int = 1) throws -> [WebhookDelivery] {
        try world.webhooks { (webhooks) throws(WebhookError) in try webhooks.log(of: id) }
    }

    private static func answer(_ world: NightWorld, _ index: Int, _ event: WebEvent) {
        world.servers.answer(world.servers.all[index], event)
        world.core.run(for: .zero)
    }

    private static let taken = WebEvent.answered(WebAnswer(status: 200))
    private static let refused = WebEvent.answered(WebAnswer(status: 503))

    private static func numbers(_ world: NightWorld) -> [String?] {
        world.servers.all.map { call in
            call.request.headers.first { $0.name == "X-Webhook-Delivery" }?.value
        }
    }

    @Test func `an event goes out once it is stored, signed by the edge`() throws {
        let world = NightWorld()
        _ = try Self.add(world)
        let night = try world.begin()
        try world.add(to: night.id, code: "ABCD")
        let call = try #require(world.servers.all.first)
        #expect(world.servers.all.count == 1, "of the three kinds it wants one")
        #expect(call.request.method == "POST")
        #expect(call.request.url == "http://bot.example/hook")
        #expect(
            call.request.signature
                == WebSignature(header: "X-Webhook-Signature", secret: "s3cret"))
        #expect(call.request.timeout == .seconds(10))
        let body = try JSONReader.read(call.request.body).objectValue
        #expect(body?.members.map(\.key) == ["event", "timestamp", "data"])
        #expect(world.rows.rows("webhook_deliveries").count == 1)
        Self.answer(world, 0, Self.taken)
        #expect(try Self.log(world).map(\.state) == [.delivered])
    }

    @Test func `events keep their order, whatever fails`() throws {
        let world = NightWorld()
        _ = try Self.add(world)
        let night = try world.begin()
        for game in 1...3 { try world.add(game, to: night.id) }
        #expect(Self.numbers(world) == ["1"])
        Self.answer(world, 0, .failed(.timedOut))
        world.core.run(for: .seconds(1))
        #expect(Self.numbers(world) == ["1", "1"])
        Self.answer(world, 1, Self.refused)
        world.core.run(for: .milliseconds(999))
        #expect(Self.numbers(world) == ["1", "1"], "the pause has doubled")
        world.core.run(for: .milliseconds(1001))
        Self.answer(world, 2, Self.taken)
        Self.answer(world, 3, Self.taken)
        Self.answer(world, 4, Self.taken)
        #expect(Self.numbers(world) == ["1", "1", "1", "2", "3"])
        #expect(try Self.log(world).map(\.id) == [3, 2, 1], "the newest first")
        #expect(try Self.log(world).map(\.attempts) == [1, 1, 3])
    }

    @Test func `one that never succeeds is given up, and the next one is tried`() throws {
        let world = NightWorld()
        _ = try Self.add(world)
        let night = try world.begin()
        try world.add(to: night.id)
        try world.add(2, to: night.id)
        for attempt in 0..<25 {
            #expect(world.servers.all.count == attempt + 1)
            Self.answer(world, attempt, Self.refused)
            if attempt < 24 { world.core.run(for: .seconds(600)) }
        }
        #expect(Self.numbers(world).last == "2")
        let log = try Self.log(world)
        #expect(log.map(\.state) == [.waiting, .failed])
        #expect(log.last?.attempts == 25)
    }

    @Test func `webhooks do not wait for each other`() throws {
        let world = NightWorld()
        _ = try Self.add(world)
        _ = try Self.add(world)
        let night = try world.begin()
        try world.add(to: night.id)
        #expect(world.servers.all.count == 2)
        Self.answer(world, 1, Self.taken)
        try world.add(2, to: night.id)
        #expect(Self.numbers(world) == ["1", "2", "4"])
    }

    @Test func `a disabled one hears nothing, and what waited goes on when it is enabled`() throws {
        let world = NightWorld()
        let id = try Self.add(world)
        let night = try world.begin()
        try world.add(to: night.id)
        Self.answer(world, 0, Self.refused)
        try Self.change(world, id) { $0.isEnabled = false }
        world.core.run(for: .seconds(3600))
        try world.add(2, to: night.id)
        #expect(world.servers.all.count == 1)
        try Self.change(world, id) { _ in }
        #expect(Self.numbers(world) == ["1", "1"])
        Self.answer(world, 1, Self.taken)
        #expect(world.servers.all.count == 2)
        #expect(throws: WebhookError.invalid("the webhook is disabled")) {
            try Self.change(world, id) { $0.isEnabled = false }
            _ = try world.webhooks { (webhooks) throws(WebhookError) in try webhooks.test(id) }
        }
    }

    @Test func `an answer that comes while it is disabled counts`() throws {
        let world = NightWorld()
        let id = try Self.add(world)
        let night = try world.begin()
        try world.add(to: night.id)
        try world.add(2, to: night.id)
        try Self.change(world, id) { $0.isEnabled = false }
        Self.answer(world, 0, Self.taken)
        #expect(try Self.log(world).map(\.state) == [.waiting, .delivered])
        try Self.change(world, id) { $0.url = "http://other.example" }
        #expect(world.servers.all.last?.request.url == "http://other.example")
    }

    @Test func `one that is deleted is broken off, and an answer to it is nothing`() throws {
        let world = NightWorld()
        let id = try Self.add(world)
        let night = try world.begin()
        try world.add(to: night.id)
        try world.add(2, to: night.id)
        try world.webhooks { (webhooks) throws(WebhookError) in try webhooks.delete(id) }
        #expect(world.servers.brokenOff == world.servers.all.map(\.line))
        Self.answer(world, 0, Self.refused)
        world.core.run(for: .seconds(3600))
        #expect(world.servers.all.count == 1)
        #expect(world.rows.rows("webhook_deliveries").isEmpty)
        #expect(world.rows.rows("webhooks").isEmpty)
        #expect(throws: WebhookError.unknownWebhook) { _ = try Self.log(world) }
        #expect(try Self.add(world) == 2, "a number is given once")
    }

    @Test func `after a restart what waited is sent, and numbers go on`() throws {
        let first = NightWorld()
        _ = try Self.add(first)
        let night = try first.begin()
        for game in 1...3 { try first.add(game, to: night.id) }
        Self.answer(first, 0, Self.taken)
        let second = first.restarted()
        #expect(Self.numbers(second) == ["2"])
        Self.answer(second, 0, Self.taken)
        Self.answer(second, 1, Self.taken)
        #expect(Self.numbers(second) == ["2", "3"])
        try second.add(4, to: night.id)
        #expect(Self.numbers(second) == ["2", "3", "4"])
        #expect(
            try Self.log(second).map(\.state) == [.waiting, .delivered, .delivered, .delivered])
        #expect(second.servers.all[0].request.signature?.secret == "s3cret")
    }

    @Test func `a test goes out whatever the webhook wants to hear`() throws {
        let world = NightWorld()
        let id = try Self.add(world)
        let delivery = try world.webhooks { (webhooks) throws(WebhookError) in
            try webhooks.test(id)
        }
        #expect(delivery.event == "test")
        #expect(world.servers.all.count == 1)
    }

    @Test func `there are bounds`() throws {
        var limits = GameNightLimits()
        limits.webhooks = 2
        limits.waitingDeliveries = 3
        limits.loggedDeliveries = 2
        let world = NightWorld(limits)
        let id = try Self.add(world)
        _ = try Self.add(world)
        #expect(throws: WebhookError.tooManyWebhooks) { _ = try Self.add(world) }
        let night = try world.begin()
        for _ in 0..<10 { try world.add(to: night.id) }
        let log = try Self.log(world, id)
        #expect(log.filter { $0.state == .waiting }.count == 3)
        #expect(log.filter { $0.state == .failed }.count == 2)
        #expect(world.rows.rows("webhook_deliveries").count == 10)
        for edit: (inout Webhook.Description) -> Void in [
            { $0.name = "" }, { $0.name = String(repeating: "n", count: 201) },
            { $0.secret = "" }, { $0.secret = String(repeating: "s", count: 201) },
            { $0.url = "http://" + String(repeating: "u", count: 1994) }, { $0.events = [] },
            { $0.url = "//bot.example" }, { $0.url = "http://a@b" }, { $0.url = "https://?" },
        ] {
            #expect(throws: WebhookError.self) { try Self.change(world, id, edit) }
        }
        try Self.change(world, id) {
            $0.name = String(repeating: "n", count: 200)
            $0.secret = String(repeating: "s", count: 200)
            $0.url = "http://" + String(repeating: "u", count: 1993)
        }
    }
}
