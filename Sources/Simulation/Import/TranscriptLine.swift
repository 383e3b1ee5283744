import JSON

/// One line of a transcript: `{"t": SECONDS, "dir": ">", "data": TEXT}`.
///
/// `>` went to the device, `<` came from it, `!` tells of the connection.
struct TranscriptLine: Equatable {
    enum Direction: String {
        case toDevice = ">"
        case fromDevice = "<"
        case event = "!"
    }

    let number: Int
    let at: Duration
    let direction: Direction
    let data: String

    var bytes: [UInt8] { Array(data.utf8) }

    /// The other side was there, from this event on.
    var isBeginning: Bool { direction == .event && data.hasPrefix("connect") && !isRefusal }
    /// The other side hung up.
    var isEnd: Bool { direction == .event && data.hasPrefix("EOF") }
    /// Nobody was there.
    private var isRefusal: Bool { data.hasPrefix("connect failed") }

    /// Nil for a line of another shape.
    init?(_ json: JSONObject, number: Int, _ limits: ImportLimits) throws(ImportProblem) {
        guard let direction = json["dir"]?.stringValue.flatMap(Direction.init(rawValue:)),
            let data = json["data"]?.stringValue, let seconds = json["t"]?.doubleValue
        else { return nil }
        guard let at = Duration(logSeconds: seconds), at <= limits.longest else {
            throw .badLine(
                line: number,
                "\"t\" must be seconds from 0 to \(limits.longest.components.seconds)")
        }
        self.number = number
        self.at = at
        self.direction = direction
        self.data = data
    }

    /// A whole transcript, with times that never go back.
    static func read(
        _ bytes: [UInt8], _ limits: ImportLimits
    ) throws(ImportProblem) -> [TranscriptLine] {
        var lines: [TranscriptLine] = []
        for line in try LogLines.read(bytes, limits) where !line.bytes.isEmpty {
            guard let json = (try? JSONReader.read(Array(line.bytes)))?.objectValue,
                let entry = try TranscriptLine(json, number: line.number, limits)
            else {
                throw .badLine(line: line.number, "expected {\"t\": …, \"dir\": …, \"data\": …}")
            }
            if let last = lines.last, entry.at < last.at {
                throw .badLine(line: line.number, "time goes back")
            }
            lines.append(entry)
        }
        return lines
    }
}

extension Duration {
    /// Seconds as a log has them; nil for what is no time since a beginning.
    init?(logSeconds seconds: Double) {
        guard seconds.isFinite, seconds >= 0,
            let nanoseconds = Int64(exactly: (seconds * 1e9).rounded())
        else { return nil }
        self = .nanoseconds(nanoseconds)
    }
}
