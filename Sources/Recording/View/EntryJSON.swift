import Engine
package import JSON

extension TimelineEntry {
    /// The entry for programs: its place, and everything that it says.
    package var json: JSONObject {
        var json: JSONObject = [
            "line": .integer(Int64(line)), "turn": .integer(Int64(clamping: turn)),
            "event": .integer(entry.event), "at_ns": .integer(entry.at.nanoseconds),
            "utc": .string(utc.text(.microseconds)), "kind": .string(entry.kind.rawValue),
        ]
        if entry.number > 0 { json["number"] = .integer(entry.number) }
        json["stream"] = .string(entry.stream)
        json["summary"] = .string(summary)
        json["content"] = .object(entry.content)
        return json
    }
}
