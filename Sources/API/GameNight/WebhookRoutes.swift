import Engine
import JSON
import Station
import Transport

/// 003: who else is told of events.
struct WebhookRoutes: Sendable {
    let station: FieldStation

    private static let path = "/game-night/api/webhooks"

    var routes: [Route] {
        [
            Route("GET", Self.path, list, operations.list),
            Route("POST", Self.path, add, operations.add),
            Route("GET", Self.path + "/{id}", show, operations.show),
            Route("PATCH", Self.path + "/{id}", change, operations.change),
            Route("DELETE", Self.path + "/{id}", delete, operations.delete),
            Route("POST", Self.path + "/test/{id}", test, operations.test),
            Route("GET", Self.path + "/{id}/logs", log, operations.log),
        ]
    }

    private var operations: WebhookOperations { WebhookOperations(limits: station.nights.limits) }
    private var access: Access { Access(station: station) }

    private func webhooks<Result: Sendable>(
        _ call: (isolated Webhooks) throws(WebhookError) -> Result
    ) throws(APIError) -> Result {
        try station.webhooks.enter(throwing: APIError.init, call)
    }

    private func find(_ request: APIRequest) throws(APIError) -> Webhook {
        try access.host(request)
        return try webhooks { (webhooks) throws(WebhookError) in
            guard let id = Int(request[parameter: "id"]) else { throw .unknownWebhook }
            return try webhooks.webhook(id)
        }
    }

    // MARK: Answers

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        return .json(
            200, .array(station.webhooks.enter { $0.all() }.map { .object(Self.json($0)) }))
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        .object(Self.json(try find(request)))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        try access.host(request)
        let description = try Self.description(try request.object(), base: nil)
        let webhook = try webhooks { (webhooks) throws(WebhookError) in
            try webhooks.add(description)
        }
        return .object(Self.json(webhook), status: 201)
    }

    private func change(_ request: APIRequest) throws(APIError) -> Reply {
        let old = try find(request)
        let description = try Self.description(try request.object(), base: old.description)
        let webhook = try webhooks { (webhooks) throws(WebhookError) in
            try webhooks.change(old.id, to: description)
        }
        return .object(Self.json(webhook))
    }

    private func delete(_ request: APIRequest) throws(APIError) -> Reply {
        let id = try find(request).id
        try webhooks { (webhooks) throws(WebhookError) in try webhooks.delete(id) }
        return .object([
            "message": .string("Webhook deleted successfully"), "webhookId": .integer(Int64(id)),
        ])
    }

    private func test(_ request: APIRequest) throws(APIError) -> Reply {
        let id = try find(request).id
        let delivery = try webhooks { (webhooks) throws(WebhookError) in try webhooks.test(id) }
        return .object([
            "message": .string("Test webhook sent"), "deliveryId": .integer(Int64(delivery.id)),
        ]).noted(AuditNote(resource: "webhook:\(id)"))
    }

    private func log(_ request: APIRequest) throws(APIError) -> Reply {
        let id = try find(request).id
        let log = try webhooks { (webhooks) throws(WebhookError) in try webhooks.log(of: id) }
        return .json(200, .array(log.map { .object(Self.json($0)) }))
    }

    // MARK: JSON

    private static func json(_ webhook: Webhook) -> JSONObject {
        [
            "id": .integer(Int64(webhook.id)), "name": .string(webhook.description.name),
            "url": .string(webhook.description.url),
            "events": .array(webhook.description.events.map { .string($0.rawValue) }),
            "enabled": .bool(webhook.description.isEnabled),
            "created_at": .string(webhook.createdAt.text(.milliseconds)),
        ]
    }

    private static func json(_ delivery: WebhookDelivery) -> JSONObject {
        [
            "id": .integer(Int64(delivery.id)),
            "webhook_id": .integer(Int64(delivery.webhook)),
            "event_type": .string(delivery.event), "payload": .string(delivery.payload),
            "state": .string(delivery.state.rawValue),
            "attempts": .integer(Int64(delivery.attempts)),
            "response_status": delivery.responseStatus.map { .integer(Int64($0)) } ?? .null,
            "error_message": delivery.error.map { .string($0) } ?? .null,
            "created_at": .string(delivery.createdAt.text(.milliseconds)),
        ]
    }

    /// - Parameter base: what stays where the body says nothing; nil for a new one.
    private static func description(
        _ json: JSONObject, base: Webhook.Description?
    ) throws(APIError) -> Webhook.Description {
        let body = GameNightBody(json)
        let name = try body.required("name", try body.text("name") ?? base?.name)
        let url = try body.required("url", try body.text("url") ?? base?.url)
        let secret = try body.required("secret", try body.text("secret") ?? base?.secret)
        var description = Webhook.Description(
            name: name, url: url, secret: secret,
            events: try events(json) ?? base?.events ?? [.gameAdded])
        description.isEnabled = try body.flag("enabled") ?? base?.isEnabled ?? true
        return description
    }

    private static func events(_ json: JSONObject) throws(APIError) -> [WebhookEvent]? {
        switch json["events"] {
        case nil, .null?: return nil
        case .array(let values)?:
            var events: [WebhookEvent] = []
            for value in values {
                guard let event = value.stringValue.flatMap(WebhookEvent.init(rawValue:)) else {
                    let known = WebhookEvent.allCases.map(\.rawValue).joined(separator: ", ")
                    throw APIError(400, "events must be of \(known)")
                }
                if !events.contains(event) { events.append(event) }
            }
            return events
        default: throw APIError(400, "events must be an array")
        }
    }
}
