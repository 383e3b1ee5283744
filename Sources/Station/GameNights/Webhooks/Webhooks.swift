import Drivers
package import Engine
import JSON

/// Tells other programs what happens, without ever keeping anybody waiting for them.
package actor Webhooks: CoreActor {
    package nonisolated let core: Core
    private let nights: GameNights
    private let limits: GameNightLimits
    private let lines: WebLines
    private var ids: NumberedIDs
    private var deliveryIDs: NumberedIDs
    private var webhooks: [Int: Webhook] = [:]
    private var queues: [Int: WebhookQueue] = [:]
    /// The calls under way, by webhook.
    private var calls: [Int: UInt64] = [:]
    private lazy var random = core.random("webhooks")
    private lazy var timer = Timer(on: self) { $0.sendWhatIsDue() }
    /// Open from the first webhook on.
    private var feed: Subscription<NightNews>?

    init(core: Core, nights: GameNights, lines: WebLines) {
        self.core = core
        self.nights = nights
        self.lines = lines
        limits = nights.limits
        ids = NumberedIDs(core: core, name: "webhooks")
        deliveryIDs = NumberedIDs(core: core, name: "webhook_deliveries")
    }

    func start(
        webhooks rows: [StoreRow], deliveries deliveryRows: [StoreRow], counters: [StoreRow]
    ) {
        let stored = rows.compactMap(Webhook.stored)
        let deliveries = deliveryRows.compactMap(WebhookDelivery.stored).sorted { $0.id < $1.id }
        for webhook in stored {
            webhooks[webhook.id] = webhook
            queues[webhook.id] = WebhookQueue(
                limits: limits, stored: deliveries.filter { $0.webhook == webhook.id })
        }
        ids.start(counters: counters, used: stored.map(\.id))
        deliveryIDs.start(counters: counters, used: deliveries.map(\.id))
        guard !stored.isEmpty else { return }
        listen()
        // With the first turn, when the way to the edge is open.
        timer.arm(after: .zero)
    }

    // MARK: Webhooks

    package func all() -> [Webhook] { webhooks.values.sorted { $0.id < $1.id } }

    package func webhook(_ id: Int) throws(WebhookError) -> Webhook {
        guard let webhook = webhooks[id] else { throw .unknownWebhook }
        return webhook
    }

    package func add(_ description: Webhook.Description) throws(WebhookError) -> Webhook {
        try check(description)
        guard webhooks.count < limits.webhooks else { throw .tooManyWebhooks }
        let webhook = Webhook(id: ids.next(), description: description, createdAt: core.utc)
        queues[webhook.id] = WebhookQueue(limits: limits)
        keep(webhook)
        listen()
        return webhook
    }

    package func change(
        _ id: Int, to description: Webhook.Description
    ) throws(WebhookError) -> Webhook {
        var webhook = try webhook(id)
        try check(description)
        webhook.description = description
        keep(webhook)
        sendWhatIsDue()
        return webhook
    }

    /// What waits for it is dropped.
    package func delete(_ id: Int) throws(WebhookError) {
        _ = try webhook(id)
        if let call = calls.removeValue(forKey: id) { lines.end(call) }
        webhooks[id] = nil
        queues[id] = nil
        core.write(.delete(table: "webhook_deliveries", key: ["webhook_id": .integer(Int64(id))]))
        core.write(.delete(table: "webhooks", key: ["id": .integer(Int64(id))]))
    }

    /// The deliveries of a webhook, newest first; those that wait, too.
    package func log(of id: Int) throws(WebhookError) -> [WebhookDelivery] {
        _ = try webhook(id)
        guard let queue = queues[id] else { return [] }
        return (queue.ended + queue.waiting).sorted { $0.id > $1.id }
    }

    /// Sends an event that says nothing, to see whether it arrives.
    package func test(_ id: Int) throws(WebhookError) -> WebhookDelivery {
        let webhook = try webhook(id)
        guard webhook.description.isEnabled else { throw .invalid("the webhook is disabled") }
        let body: JSONObject = ["message": .string("a test of the webhook \(webhook.id)")]
        return enqueue("test", body, at: core.utc, for: id)
    }

    private func check(_ description: Webhook.Description) throws(WebhookError) {
        if let problem = description.problem(limits) { throw .invalid(problem) }
    }

    private func keep(_ webhook: Webhook) {
        webhooks[webhook.id] = webhook
        core.write(.put(table: "webhooks", row: webhook.row))
    }

    // MARK: Deliveries

    private func listen() {
        guard feed == nil else { return }
        feed = nights.news.subscribe(self, .everything(limit: .max)) { $0.hear($1) }
    }

    private func hear(_ news: NightNews) {
        guard let event = WebhookEvent(rawValue: news.event.name) else { return }
        for webhook in all() where webhook.description.events.contains(event) {
            guard webhook.description.isEnabled else { continue }
            _ = enqueue(event.rawValue, news.event.data, at: news.time, for: webhook.id)
        }
    }

    private func enqueue(
        _ event: String, _ data: JSONObject, at time: UTCTime, for webhook: Int
    ) -> WebhookDelivery {
        let payload: JSONObject = [
            "event": .string(event), "timestamp": .string(time.text(.milliseconds)),
            "data": .object(data),
        ]
        let delivery = WebhookDelivery(
            id: deliveryIDs.next(), webhook: webhook, event: event,
            payload: JSONValue.object(payload).text, createdAt: core.utc)
        save(delivery)
        if let given = queues[webhook]?.add(delivery) { save(given) }
        trim(webhook)
        sendWhatIsDue()
        return delivery
    }

    private func sendWhatIsDue() {
        for webhook in all() where webhook.description.isEnabled {
            guard let delivery = queues[webhook.id]?.begin(at: core.now) else { continue }
            send(delivery, to: webhook)
        }
        let pauses = all().filter(\.description.isEnabled)
            .compactMap { queues[$0.id]?.pausedUntil }
        if let next = pauses.min() { timer.arm(at: next) } else { timer.cancel() }
    }

    private func send(_ delivery: WebhookDelivery, to webhook: Webhook) {
        var request = WebRequest(
            "POST", webhook.description.url,
            headers: [
                .init("Content-Type", "application/json"),
                .init("X-Webhook-Event", delivery.event),
                .init("X-Webhook-Delivery", String(delivery.id)),
            ],
            body: Array(delivery.payload.utf8), timeout: limits.webhookTimeout)
        request.signature = WebSignature(
            header: "X-Webhook-Signature", secret: webhook.description.secret)
        let id = webhook.id
        calls[id] = lines.start(.call(request)) { [weak self] event in
            self?.enter { $0.hear(event, of: id) }
        }
    }

    private func hear(_ event: WebEvent, of webhook: Int) {
        let outcome: WebhookQueue.Outcome
        switch event {
        case .answered(let answer): outcome = .answered(answer.status)
        case .failed(let error): outcome = .failed(error.description)
        case .opened, .received, .closed: return
        }
        calls[webhook] = nil
        let jitter = Double.random(in: 0..<1, using: &random)
        guard
            let delivery = queues[webhook]?.finish(outcome, at: core.now, jitter: jitter)
        else { return }
        save(delivery)
        if delivery.state == .failed {
            core.log(
                .warning, "webhook", "given up",
                ["webhook": String(webhook), "reason": delivery.error ?? ""])
        }
        trim(webhook)
        sendWhatIsDue()
    }

    private func save(_ delivery: WebhookDelivery) {
        core.write(.put(table: "webhook_deliveries", row: delivery.row))
    }

    private func trim(_ webhook: Int) {
        for old in queues[webhook]?.trim() ?? [] {
            core.write(.delete(table: "webhook_deliveries", key: ["id": .integer(Int64(old.id))]))
        }
    }
}
