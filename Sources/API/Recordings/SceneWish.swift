import Engine
import Recording

/// Which part of a recording somebody wants to look at.
struct SceneWish: Sendable, Equatable {
    let recording: String
    /// Patterns of streams, any of which is enough; all for none.
    var streams: [String] = []
    var kinds: [RecordedEntry.Kind] = []
    /// Since the start.
    var from: Duration?
    var until: Duration?
    var entries = ViewLimits().entries

    /// Patterns that one wish may have, and characters of each: more than a page has room for.
    static let streams = 0...16
    static let streamCharacters = 1...100
    static let entries = 1...ViewLimits().entries
    /// Seconds that can be asked for: a hundred years, which nanoseconds still count.
    static let seconds = 0.0...3_153_600_000.0

    init(_ recording: String) {
        self.recording = recording
    }

    /// Reads what stands behind the question mark.
    init(_ request: APIRequest) throws(APIError) {
        recording = request[parameter: "name"]
        streams = request.queries("stream")
        guard Self.streams.contains(streams.count),
            streams.allSatisfy({ Self.streamCharacters.contains($0.unicodeScalars.count) })
        else {
            throw APIError(
                400,
                "\"stream\" may be there \(Self.streams.upperBound) times, with 1 to "
                    + "\(Self.streamCharacters.upperBound) characters")
        }
        for word in request.queries("kind") {
            guard let kind = RecordedEntry.Kind(rawValue: word) else {
                let kinds = RecordedEntry.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw APIError(400, "\"kind\" must be one of \(kinds)")
            }
            kinds.append(kind)
        }
        from = try Self.seconds("from", request)
        until = try Self.seconds("until", request)
        guard let written = request.query("entries") else { return }
        guard let number = Int(written), Self.entries.contains(number) else {
            throw APIError(400, "\"entries\" must be 1 to \(Self.entries.upperBound)")
        }
        entries = number
    }

    private static func seconds(
        _ name: String, _ request: APIRequest
    ) throws(APIError) -> Duration? {
        guard let written = request.query(name) else { return nil }
        guard let number = Double(written), seconds.contains(number) else {
            throw APIError(400, "\"\(name)\" must be seconds since the start, such as 12.5")
        }
        return .seconds(number)
    }

    // MARK: Words

    /// The name first, then a word for each part, such as `stream=ws/*`.
    var words: [String] {
        var words = [recording] + streams.map { "stream=\($0)" }
        words += kinds.map { "kind=\($0.rawValue)" }
        if let from { words.append("from=\(from.nanoseconds)") }
        if let until { words.append("until=\(until.nanoseconds)") }
        return words + ["entries=\(entries)"]
    }

    init?(words: some Collection<String>) {
        guard let recording = words.first else { return nil }
        self.init(recording)
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            let value = String(parts[1])
            switch parts[0] {
            case "stream": streams.append(value)
            case "kind": kinds += RecordedEntry.Kind(rawValue: value).map { [$0] } ?? []
            case "from": from = Int64(value).map { .nanoseconds($0) }
            case "until": until = Int64(value).map { .nanoseconds($0) }
            case "entries": entries = Int(value) ?? entries
            default: return nil
            }
        }
    }

    var filter: TimelineFilter {
        var filter = TimelineFilter()
        filter.streams = streams.map(WildcardPattern.init)
        filter.kinds = kinds
        filter.from = from.map { .sinceStart($0) }
        filter.until = until.map { .sinceStart($0) }
        return filter
    }
}
