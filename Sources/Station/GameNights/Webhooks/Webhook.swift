package import Engine

/// An address that is told of events.
package struct Webhook: Sendable, Equatable {
    /// What the operator says of it.
    package struct Description: Sendable, Equatable {
        package var name: String
        package var url: String
        /// What its bodies are signed with; nobody is told.
        package var secret: String
        package var events: [WebhookEvent]
        package var isEnabled = true

        package init(name: String, url: String, secret: String, events: [WebhookEvent]) {
            self.name = name
            self.url = url
            self.secret = secret
            self.events = events
        }
    }

    package let id: Int
    package var description: Description
    package let createdAt: UTCTime
}

/// What a webhook can be told.
package enum WebhookEvent: String, Sendable, CaseIterable {
    case gameAdded = "game.added"
    case nightStarted = "session.started"
    case nightEnded = "session.ended"
}

/// Why a change to the webhooks is refused.
package enum WebhookError: Error, Sendable, Equatable {
    case unknownWebhook
    case tooManyWebhooks
    case invalid(String)
}

extension Webhook.Description {
    /// What of it cannot be; nil for nothing.
    func problem(_ limits: GameNightLimits) -> String? {
        for (field, text) in [("name", name), ("secret", secret)] {
            guard !text.isEmpty, text.isPlainText(atMost: limits.webhookTextCharacters) else {
                return
                    "\(field) must be one line of 1 to \(limits.webhookTextCharacters) characters"
            }
        }
        guard WebAddress.isOne(url, atMost: limits.urlBytes) else {
            return "url must be an http or https address"
        }
        return events.isEmpty ? "events must name at least one event" : nil
    }
}

/// Addresses of web servers.
enum WebAddress {
    /// Whether a text is a whole `http:` or `https:` address (RFC 9110 §4.2), without a user in it.
    static func isOne(_ text: String, atMost bytes: Int) -> Bool {
        guard text.utf8.count <= bytes, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return false
        }
        guard
            let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) })
        else { return false }
        let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        let host = authority.prefix { $0 != ":" }
        return !host.isEmpty && !authority.contains("@")
    }
}

extension Webhook {
    var row: StoreRow {
        [
            "id": .integer(Int64(id)), "name": .text(description.name),
            "url": .text(description.url), "secrets": .text(WebhookSecret.json(description.secret)),
            "events": .text(description.events.map(\.rawValue).joined(separator: ",")),
            "enabled": .integer(description.isEnabled ? 1 : 0),
            "created_ns": .integer(createdAt.nanoseconds),
        ]
    }

    static func stored(_ row: StoreRow) -> Webhook? {
        guard let id = row.integer("id"), let name = row.text("name"), let url = row.text("url"),
            let secret = row.text("secrets").flatMap(WebhookSecret.read),
            let created = row.integer("created_ns")
        else { return nil }
        let events = (row.text("events") ?? "").split(separator: ",")
            .compactMap { WebhookEvent(rawValue: String($0)) }
        var description = Description(name: name, url: url, secret: secret, events: events)
        description.isEnabled = row.integer("enabled") == 1
        return Webhook(
            id: Int(clamping: id), description: description,
            createdAt: UTCTime(nanoseconds: created))
    }
}
