package import Engine
package import JSON

/// One line of a turn: something that entered, rang, left, or was said.
package struct RecordedEntry: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case input = "in"
        case timer
        case output = "out"
        case log
        /// What a simulation did to the world, or found: a fault, an expectation.
        case mark

        /// Nil for a line of another kind.
        init?(of json: JSONObject) {
            guard let kind = Self.allCases.first(where: { json[$0.rawValue] != nil }) else {
                return nil
            }
            self = kind
        }
    }

    package let kind: Kind
    /// The input's or output's number; 0 for other kinds.
    package let number: Int64
    /// The engine event that handled or caused it.
    package let event: Int64
    package let at: Instant
    /// The conversation; for a timer its owner, for a log line its component, for a mark its kind.
    package let stream: String
    /// Everything else that the line says.
    package let content: JSONObject
}

extension RecordedEntry {
    /// The entries of lines as a recorder writes them; other lines are passed over.
    package static func read(_ lines: [[UInt8]]) -> [RecordedEntry] {
        lines.compactMap { line in
            guard let json = (try? JSONReader.read(line))?.objectValue,
                let kind = Kind(of: json)
            else { return nil }
            return try? RecordedEntry(kind, json)
        }
    }

    init(_ kind: Kind, _ json: JSONObject) throws(RecordingProblem) {
        self.kind = kind
        guard let event = json["event"]?.integerValue, event >= 0 else {
            throw .missing("event", "a whole number")
        }
        guard let at = json["at"]?.integerValue else { throw .missing("at", "nanoseconds") }
        self.event = event
        self.at = Instant(nanoseconds: at)
        switch kind {
        case .input, .output:
            guard let number = json[kind.rawValue]?.integerValue, number > 0 else {
                throw .missing(kind.rawValue, "a number from 1")
            }
            self.number = number
            guard let stream = json["stream"]?.stringValue else {
                throw .missing("stream", "a text")
            }
            self.stream = stream
        case .timer, .log, .mark:
            number = 0
            guard let name = json[kind.rawValue]?.stringValue else {
                throw .missing(kind.rawValue, "a text")
            }
            stream = kind == .log ? json["component"]?.stringValue ?? "" : name
        }
        let known: Set<String> =
            kind == .log ? ["event", "at"] : [kind.rawValue, "event", "at", "stream"]
        content = JSONObject(json.members.filter { !known.contains($0.key) })
    }
}
