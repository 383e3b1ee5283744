import JSON
import TestSupport
import Testing
import Transport

/// A daemon's timeline, a line an entry, in the order in which things happened.
struct AuditLines {
    let entries: [JSONObject]

    /// - Parameter query: what is wanted of it.
    init(_ daemon: DaemonProcess, token: String? = nil, _ query: String = "") throws {
        var entries: [JSONObject] = []
        var before: Int64?
        repeat {
            let from = before.map { "&before=\($0)" } ?? ""
            let answer = try daemon.call(
                "GET", "/v1/timeline?limit=500\(from)\(query)",
                token: token ?? (try daemon.token))
            try #require(answer.status == 200, "\(answer.text)")
            entries += answer.object["entries"]?.arrayValue?.compactMap(\.objectValue) ?? []
            before = answer.object["next"]?.integerValue
        } while before != nil
        self.entries = entries.reversed()
    }

    /// What two runs have in common.
    var lines: [String] {
        entries.map { entry in
            func text(_ key: String) -> String { entry[key]?.stringValue ?? "" }
            let things = ["device", "session", "organization"].filter { entry[$0] != .null }
            let reason = text("end_reason")
            let words = [
                text("user_email").isEmpty ? "-" : text("user_email"),
                text("api").isEmpty ? "-" : text("api"), text("action"), text("resource"),
                entry["success"] == .bool(true) ? "done" : "refused", text("details"),
                reason.isEmpty ? "" : "(\(reason))",
                things.isEmpty ? "" : "[" + things.joined(separator: " ") + "]",
            ]
            return AnswerForm.of(words.filter { !$0.isEmpty }.joined(separator: " "))
        }
    }
}
