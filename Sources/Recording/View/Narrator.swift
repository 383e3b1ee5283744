import Engine
import JSON

/// Says in a few words what an entry means.
///
/// Remembers which requests are open, so that a response names what it answers.
struct Narrator {
    let summaryCharacters: Int
    var openRequests: [Int64: String] = [:]

    init(summaryCharacters: Int) {
        self.summaryCharacters = summaryCharacters
    }

    mutating func words(for entry: RecordedEntry) -> String {
        PlainText.cut(PlainText.printable(text(for: entry)), to: summaryCharacters)
    }

    private mutating func text(for entry: RecordedEntry) -> String {
        switch entry.kind {
        case .timer: "rings"
        case .log: log(entry)
        case .mark: mark(entry)
        case .input, .output: message(entry)
        }
    }

    private mutating func message(_ entry: RecordedEntry) -> String {
        switch entry.stream.prefix(while: { $0 != "/" }) {
        case "http": http(entry.content)
        case "ws": webSocket(entry.content)
        case "store": store(entry)
        case "passwords": password(entry.content)
        case "clock": clock(entry.content)
        case "entropy": "\((entry.content["entropy"]?.stringValue?.count ?? 0) / 2) random bytes"
        default: link(entry)
        }
    }

    private func log(_ entry: RecordedEntry) -> String {
        var words = [
            entry.content["log"]?.stringValue ?? "?", entry.content["message"]?.stringValue ?? "",
        ]
        words += Self.pairs(entry.content["fields"]?.objectValue)
        return words.joined(separator: " ")
    }

    private func mark(_ entry: RecordedEntry) -> String {
        let name = entry.content["name"]?.stringValue ?? ""
        switch entry.stream {
        case "fault": return name + " " + (entry.content["phase"]?.stringValue ?? "?")
        case "expectation": return name + ": " + (entry.content["state"]?.stringValue ?? "?")
        case "world":
            return entry.content.members.map { member in
                member.key + " " + Self.numbers(member.value, decimals: 5)
            }.joined(separator: ", ")
        default: return JSONValue.object(entry.content).text
        }
    }

    private func store(_ entry: RecordedEntry) -> String {
        if let row = entry.content["put"]?.objectValue {
            return (["put"] + Self.pairs(row)).joined(separator: " ")
        }
        if let row = entry.content["delete"]?.objectValue {
            return (["delete"] + Self.pairs(row)).joined(separator: " ")
        }
        let problem = entry.content["problem"]?.stringValue ?? ""
        return problem.isEmpty ? "writes again" : "cannot write: " + problem
    }

    private func password(_ content: JSONObject) -> String {
        if content["hash"] != nil { return "hash a password" }
        if content["verify"] != nil { return "look at a password" }
        if content["hashed"] != nil { return "hashed" }
        if let isRight = content["verified"]?.boolValue { return isRight ? "right" : "wrong" }
        return "failed"
    }

    private func clock(_ content: JSONObject) -> String {
        guard let offset = content["utc_offset_ns"]?.integerValue else { return "wall clock" }
        return "wall clock set; engine time 0 is "
            + UTCTime(nanoseconds: offset).text(.microseconds)
    }

    /// `name=value` for each member, values of more than one word in quotes.
    static func pairs(_ object: JSONObject?) -> [String] {
        (object?.members ?? []).map { member in
            let hash = member.value.objectValue?["hex"]?.stringValue
            let plain = hash.map { PlainText.cut($0, to: 8) } ?? member.value.stringValue
            guard let plain, !plain.isEmpty, !plain.contains(" ") else {
                return member.key + "=" + member.value.text
            }
            return member.key + "=" + plain
        }
    }

    static func numbers(_ value: JSONValue, decimals: Int) -> String {
        switch value {
        case .array(let values):
            values.map { numbers($0, decimals: decimals) }.joined(separator: ",")
        case .integer, .number:
            value.doubleValue.map { PlainText.number($0, decimals: decimals) } ?? ""
        default: value.stringValue ?? value.text
        }
    }
}
