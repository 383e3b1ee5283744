import JSON

/// A reply that says no, and why.
struct RefusedReply {
    private let reply: APIReply

    init(_ reply: APIReply) {
        self.reply = reply
    }

    var failure: CommandFailure {
        CommandFailure(.failure, detail.map(Words.printable) ?? fallback, hint: hint)
    }

    /// The server's own words, in any of the API's dialects.
    private var detail: String? {
        guard let object = try? JSONReader.read(reply.body).objectValue else { return nil }
        return object["detail"]?.stringValue ?? object["error"]?.stringValue
            ?? object["error"]?.objectValue?["message"]?.stringValue
            ?? object["title"]?.stringValue ?? Self.fields(object)
    }

    /// What is wrong with fields of the request: `{"name": ["…"]}`.
    private static func fields(_ object: JSONObject) -> String? {
        let problems = object.members.flatMap { member in
            (member.value.arrayValue ?? []).compactMap(\.stringValue).map {
                member.key + ": " + $0
            }
        }
        return problems.isEmpty ? nil : problems.joined(separator: "; ")
    }

    private var fallback: String { "the server answered \(reply.status)" }

    private var hint: String? {
        switch reply.status {
        case 401, 403: "name a file that holds a token with this right: --token-file FILE"
        case 429: "wait a little and try again"
        default: nil
        }
    }
}
