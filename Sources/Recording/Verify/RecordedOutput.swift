package import Engine
package import JSON

/// One output as a comparison sees it: taken apart, so that two of them can be explained.
package struct RecordedOutput: Sendable, Equatable {
    /// `http/17`, `ws/4`, `rotctld/1`, `store/rotors`…
    package let stream: String
    package let at: Instant
    package let event: Int64
    /// What was said, with bodies and frames that are JSON read as such.
    package let content: JSONValue

    /// One output to several sockets counts for each of them.
    package static func outputs(_ entry: RecordedEntry) -> [RecordedOutput] {
        guard entry.kind == .output else { return [] }
        var content = entry.content
        for key in ["body", "frame"] {
            guard let text = content[key]?.stringValue,
                let value = try? JSONReader.read(Array(text.utf8)), value.stringValue == nil
            else { continue }
            content[key] = value
        }
        if let headers = content["headers"]?.arrayValue {
            content["headers"] = .object(
                JSONObject(
                    headers.compactMap { header in
                        guard let pair = header.arrayValue, pair.count == 2,
                            let name = pair[0].stringValue
                        else { return nil }
                        return JSONObject.Member(key: name, value: pair[1])
                    }))
        }
        let sockets = content["to"]?.arrayValue?.compactMap(\.integerValue)
        content["to"] = nil
        let streams = sockets.map { $0.map { "ws/\($0)" } } ?? [entry.stream]
        return streams.map {
            RecordedOutput(
                stream: $0, at: entry.at, event: entry.event, content: .object(content))
        }
    }
}
