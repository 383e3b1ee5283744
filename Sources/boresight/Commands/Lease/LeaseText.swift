import JSON

/// Leases as people read them.
struct LeaseText {
    /// E-mail addresses by the ids of users, as far as the caller may know them.
    private let people: [String: String]

    /// Asks for the names of users: only superusers get them all.
    init(_ api: ServerAPI) throws(CommandFailure) {
        let reply = try api.reply(.get, "/v1/users")
        let users =
            try reply.isGood
            ? ServerReply(reply).value.arrayValue ?? [] : [api.call(.get, "/v1/me").value]
        var people: [String: String] = [:]
        for user in users.compactMap(\.objectValue) {
            guard let id = user["id"]?.stringValue else { continue }
            people[id] = user["email"]?.stringValue
        }
        self.people = people
    }

    static func device(_ lease: JSONObject) -> String {
        Words.text(lease["device"]?.objectValue?["name"])
    }

    private func user(_ lease: JSONObject) -> String {
        let id = lease["user"]?.stringValue ?? "-"
        return Words.printable(people[id] ?? id)
    }

    private static func state(_ lease: JSONObject) -> String {
        lease["endReason"].map { Words.text($0) } ?? "held"
    }

    /// When it ended, or will by itself.
    private static func until(_ lease: JSONObject) -> String {
        let ended = lease["releasedAt"].flatMap { $0 == .null ? nil : $0 }
        return Words.text(ended ?? lease["expiresAt"])
    }

    func list(_ leases: [JSONObject]) -> String {
        let rows = leases.map { lease in
            [
                Self.device(lease), user(lease), Words.text(lease["createdAt"]),
                Self.until(lease), Self.state(lease), Words.text(lease["id"]),
            ]
        }
        return Table(header: ["device", "user", "since", "until", "state", "id"], rows: rows).text
    }

    func description(_ lease: JSONObject) -> String {
        let device = lease["device"]?.objectValue ?? JSONObject()
        return Table(rows: [
            ["device", Words.text(device["name"])],
            ["platform", Words.text(device["platform"])],
            ["type", Words.text(device["type"])],
            ["os version", Words.text(device["osVersion"])],
            ["user", user(lease)],
            ["since", Words.text(lease["createdAt"])],
            ["until", Self.until(lease)],
            ["state", Self.state(lease)],
            ["id", Words.text(lease["id"])],
        ]).text
    }
}
