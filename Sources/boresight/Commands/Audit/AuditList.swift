import JSON

/// `boresight audit list`: the timeline as the server tells it.
enum AuditList {
    private static let conditions: [Option<String>] = [
        Option("user", "only what this user did: an id or e-mail address"),
        Option("device", "only what concerned the device of this id"),
        Option("session", "only what concerned this lease, game night or session"),
        Option("action", "only this action, such as point_rotor"),
    ]
    private static let since = Option<PastTime>("since", "nothing earlier")
    private static let until = Option<PastTime>("until", "nothing later")
    private static let limit = Option<Count>("limit", default: "100", "only so many, the newest")

    static let command = Command(
        "list", "List who did what, the newest first",
        discussion: """
            Only a superuser sees what others did. A TIME is RFC 3339 in UTC, or how long
            ago: '--since 2h'.
            """,
        options: conditions.map(\.declaration)
            + [since.declaration, until.declaration, limit.declaration] + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var query: [String] = []
        for option in conditions {
            guard let value = invocation[option] else { continue }
            query.append("\(option.declaration.name)=" + PathSegment.encoded(value))
        }
        for (name, option) in [("since", since), ("until", until)] {
            guard let moment = invocation[option] else { continue }
            query.append("\(name)=" + PathSegment.encoded(moment.text(context.now())))
        }
        let api = try ServerAPI.connect(invocation, context)
        let entries = try api.timeline(query, atMost: invocation[limit]?.value ?? 100)
        switch invocation.outputFormat {
        case .json: context.print(JSONValue.array(entries.map(JSONValue.object)).text + "\n")
        case .table: context.print(Self.table(entries))
        }
        return .success
    }

    private static func table(_ entries: [JSONObject]) -> String {
        let rows = entries.map { entry in
            let who = entry["user_email"]?.stringValue ?? ""
            let isDone = entry["success"] == .bool(true)
            let words = [entry["details"], entry["end_reason"]].compactMap { $0?.stringValue }
                .filter { !$0.isEmpty }
            return [
                Words.text(entry["number"]), Words.text(entry["time"]),
                Words.text(who.isEmpty ? entry["ip_address"] : .string(who)),
                Words.text(entry["action"]), Words.text(entry["resource"]), isDone ? "yes" : "no",
                Words.text(.string(words.joined(separator: ", "))),
            ]
        }
        let header = ["number", "time", "who", "action", "on", "done", "details"]
        return Table(header: header, rows: rows).text
    }
}

extension ServerAPI {
    /// The server's longest page.
    private static let entriesOfPage = 500

    /// The entries of the timeline that meet the conditions, newest first.
    fileprivate func timeline(
        _ conditions: [String], atMost most: Int
    ) throws(CommandFailure) -> [JSONObject] {
        var entries: [JSONObject] = []
        var next: String?
        repeat {
            let limit = min(Self.entriesOfPage, most - entries.count)
            let before = next.map { ["before=" + $0] } ?? []
            let query = (["limit=\(limit)"] + conditions + before).joined(separator: "&")
            let page = try call(.get, "/v1/timeline?" + query).value.objectValue
            entries += (page?["entries"]?.arrayValue ?? []).compactMap(\.objectValue)
            next = page?["next"]?.text
        } while next != nil && entries.count < most
        return entries
    }
}
