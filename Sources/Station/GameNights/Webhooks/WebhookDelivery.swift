package import Engine

/// One event on its way to one webhook.
package struct WebhookDelivery: Sendable, Equatable {
    package enum State: String, Sendable {
        case waiting
        case delivered
        /// Given up.
        case failed
    }

    package let id: Int
    package let webhook: Int
    /// Such as `game.added`, or `test`.
    package let event: String
    /// The body.
    package let payload: String
    package let createdAt: UTCTime
    package var state = State.waiting
    package var attempts = 0
    /// What the last attempt was answered.
    package var responseStatus: Int?
    package var error: String?
}

extension WebhookDelivery {
    var row: StoreRow {
        [
            "id": .integer(Int64(id)), "webhook_id": .integer(Int64(webhook)),
            "event": .text(event), "payload": .text(payload), "state": .text(state.rawValue),
            "attempts": .integer(Int64(attempts)),
            "response_status": responseStatus.map { .integer(Int64($0)) } ?? .null,
            "error": error.map { .text($0) } ?? .null,
            "created_ns": .integer(createdAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> WebhookDelivery? {
        guard let id = row.integer("id"), let webhook = row.integer("webhook_id"),
            let event = row.text("event"), let payload = row.text("payload"),
            let state = row.text("state").flatMap(State.init(rawValue:)),
            let created = row.integer("created_ns")
        else { return nil }
        var delivery = WebhookDelivery(
            id: Int(clamping: id), webhook: Int(clamping: webhook), event: event,
            payload: payload, createdAt: UTCTime(nanoseconds: created), state: state)
        delivery.attempts = Int(clamping: row.integer("attempts") ?? 0)
        delivery.responseStatus = row.integer("response_status").map { Int(clamping: $0) }
        delivery.error = row.text("error")
        return delivery
    }
}
