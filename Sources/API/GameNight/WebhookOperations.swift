import Station

/// How webhooks are described.
struct WebhookOperations {
    let limits: GameNightLimits

    var list: Operation {
        Operation("List webhooks").answers(200, "The webhooks.", .list(of: Self.webhook))
    }

    var add: Operation {
        Operation("Add webhook", "Bodies are signed: `X-Webhook-Signature: sha256=HMAC`.")
            .takes(.object(description(isNew: true)).named("NewWebhook"))
            .answers(201, "The webhook.", Self.webhook)
    }

    var show: Operation { one("Get webhook").answers(200, "The webhook.", Self.webhook) }

    var change: Operation {
        one("Update webhook", "What is not named stays.")
            .takes(.object(description(isNew: false)).named("WebhookChange"))
            .answers(200, "The webhook.", Self.webhook)
    }

    var delete: Operation {
        one("Delete webhook", "What waits for it is dropped.")
            .answers(200, "It is gone.", .message(.required("webhookId", .integer)))
    }

    var test: Operation {
        one("Test webhook", "Sends an event that says nothing.")
            .answers(200, "It is on its way.", .message(.required("deliveryId", .integer)))
            .refuses(400, "The webhook is disabled.")
    }

    var log: Operation {
        one("List deliveries", "Newest first.")
            .answers(200, "The deliveries.", .list(of: Self.delivery))
    }

    private func one(_ summary: String, _ text: String = "") -> Operation {
        Operation(summary, text).path("id", .integer, "The webhook.")
            .refuses(404, "Webhook not found")
    }

    private func description(isNew: Bool) -> [Schema.Member] {
        let text = Schema.text.characters(1...limits.webhookTextCharacters)
            .matching(PlainText.pattern)
        let url = Schema.text.matching("https?://[!-~]+")
        let required: [(String, Schema)] = [("name", text), ("url", url), ("secret", text)]
        return required.map { isNew ? .required($0.0, $0.1) : .optional($0.0, $0.1.orNull) } + [
            .optional("events", .list(of: .choice(WebhookEvent.self)).orNull),
            .optional("enabled", .written),
        ]
    }

    private static let webhook = Schema.object(
        .required("id", .integer), .required("name", .text), .required("url", .text),
        .required("events", .list(of: .choice(WebhookEvent.self))), .required("enabled", .flag),
        .required("created_at", .time)
    ).named("Webhook")

    private static let delivery = Schema.object(
        .required("id", .integer), .required("webhook_id", .integer),
        .required("event_type", .text), .required("payload", .text),
        .required("state", .choice(["waiting", "delivered", "failed"])),
        .required("attempts", .integer), .required("response_status", .integer.orNull),
        .required("error_message", .text.orNull), .required("created_at", .time)
    ).named("Delivery")
}
