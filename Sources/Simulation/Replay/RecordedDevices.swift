package import Drivers
package import Engine
import JSON
package import Recording

/// The devices of a recording, as a live station can talk to them again.
///
/// A receiver says what it said, when it said it. A rotor answers a command as it last answered the
/// same command by then: where it stood, it stands again.
package struct RecordedDevices: Sendable {
    /// What a device said by itself or in answer.
    package struct Saying: Sendable {
        package let at: Duration
        package let event: LinkEvent
    }

    package struct Answer: Sendable {
        package let at: Duration
        package let bytes: [UInt8]
    }

    package struct Device: Sendable {
        package let stream: String
        /// What it says, in order of time.
        package var sayings: [Saying] = []
        /// Its answers by the first word of the command, each in order of time.
        package var answers: [String: [Answer]] = [:]
    }

    /// By the address under which the recorded station reached it.
    package private(set) var devices: [String: Device] = [:]
    /// When the last of them says its last.
    package private(set) var end = Duration.zero
    /// The rotors' rows of the recording's store and their later changes.
    package private(set) var rotors: [StoreRow] = []

    package static func address(_ host: String, _ port: UInt16) -> String { "\(host):\(port)" }

    /// - Parameters:
    ///   - from: where in the recording the replay begins.
    ///   - gap: no pause is longer.
    ///   - shift: what is added to the dates that receivers say.
    package init(
        _ reader: inout RecordingReader, from: Duration, gap: Duration?, shift: Duration
    ) throws(RecordingError) {
        var timeline = CappedTime(from: from, gap: gap)
        var addresses: [String: String] = [:]
        var asked: [String: String] = [:]
        var rows = reader.rows.filter { $0.table == "rotors" }.map(\.row)
        while let turn = try reader.next() {
            for entry in turn.entries {
                switch entry.kind {
                case .output:
                    note(entry, &addresses, &asked)
                    Self.change(&rows, entry)
                case .input:
                    guard let address = addresses[entry.stream],
                        case .link(let report)? = try? RecordedInput(entry)
                    else { continue }
                    let at = timeline.time(of: turn.at)
                    hear(report, at: at, address: address, verb: asked[entry.stream], shift)
                case .timer, .log, .mark: break
                }
            }
        }
        rotors = rows
    }

    private mutating func note(
        _ entry: RecordedEntry, _ addresses: inout [String: String],
        _ asked: inout [String: String]
    ) {
        if let host = entry.content["connect"]?.stringValue,
            let port = entry.content["port"]?.integerValue.flatMap({ UInt16(exactly: $0) })
        {
            let address = Self.address(host, port)
            addresses[entry.stream] = address
            if devices[address] == nil { devices[address] = Device(stream: entry.stream) }
        } else if let sent = entry.content["send"]?.stringValue {
            asked[entry.stream] = Self.verb(sent)
        }
    }

    private mutating func hear(
        _ report: LinkReport, at: Duration, address: String, verb: String?, _ shift: Duration
    ) {
        end = max(end, at)
        guard case .received(let bytes) = report.event, report.stream.word.hasPrefix("rotctld")
        else {
            var event = report.event
            if case .received(let bytes) = event { event = .received(Dates.shifted(bytes, shift)) }
            devices[address]?.sayings.append(Saying(at: at, event: event))
            return
        }
        guard let verb else { return }
        devices[address]?.answers[verb, default: []].append(Answer(at: at, bytes: bytes))
    }

    /// Follows the rotors that were added, changed or deleted while the recording ran.
    private static func change(_ rows: inout [StoreRow], _ entry: RecordedEntry) {
        guard entry.stream == "store/rotors" else { return }
        if let put = entry.content["put"]?.objectValue, let row = try? StoreRow(recorded: put) {
            rows.removeAll { $0["id"] == row["id"] }
            rows.append(row)
        }
    }

    /// The first word of a command line, without the sign that asks for a long answer.
    package static func verb(_ line: String) -> String {
        String(line.drop { $0 == "+" || $0 == "\\" }.prefix { $0 != " " && $0 != "\n" })
    }
}

/// Recorded time with its long pauses cut.
private struct CappedTime {
    private let from: Duration
    private let gap: Duration?
    private var last: Duration?
    private var saved = Duration.zero

    init(from: Duration, gap: Duration?) {
        self.from = from
        self.gap = gap
    }

    mutating func time(of instant: Instant) -> Duration {
        let time = max(.zero, Instant.start.duration(to: instant) - from)
        if let gap, let last, time - last > gap { saved += time - last - gap }
        last = time
        return time - saved
    }
}

/// The dates in what a receiver says.
private enum Dates {
    private static let key = Array(#""time":""#.utf8)

    /// gpsd's lines with every `"time":"…"` moved.
    static func shifted(_ bytes: [UInt8], _ shift: Duration) -> [UInt8] {
        guard shift != .zero else { return bytes }
        var result: [UInt8] = []
        var rest = bytes[...]
        while let start = rest.firstRange(of: key) {
            result += rest[..<start.upperBound]
            rest = rest[start.upperBound...]
            guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { break }
            let text = String(decoding: rest[..<end], as: UTF8.self)
            if let nanoseconds = UTCTime(rfc3339: text)?.nanoseconds {
                let moved = UTCTime(nanoseconds: nanoseconds).advanced(by: shift)
                result += moved.text(.milliseconds).utf8
            } else {
                result += rest[..<end]
            }
            rest = rest[end...]
        }
        return result + rest
    }
}
