import Engine
import JSON

/// Reads a recording's lines in order, turn by turn.
///
/// The lines after the last whole turn are what a power cut left; they are dropped and counted.
package struct RecordingReader {
    package let header: RecordingHeader
    /// The store's rows at the start.
    package let rows: [RecordedRow]
    /// What a cut at the end took: lines that belong to no whole turn.
    package private(set) var droppedLines = 0
    private var lines: RecordingLines
    private let limits: RecordingLimits
    /// The first line after the rows, already taken.
    private var pending: (number: Int, bytes: ArraySlice<UInt8>)?
    private var lastTurn: UInt64?
    private var lastAt = Instant(nanoseconds: .min)
    private var lastNumbers: [RecordedEntry.Kind: Int64] = [:]

    package init(
        _ bytes: [UInt8], limits: RecordingLimits = RecordingLimits()
    ) throws(RecordingError) {
        self.limits = limits
        lines = RecordingLines(bytes)
        guard let first = lines.next() else { throw RecordingError(line: 1, .empty) }
        let json = try Self.object(first, limits)
        do throws(RecordingProblem) {
            header = try RecordingHeader(json)
        } catch {
            throw RecordingError(line: 1, error)
        }
        var rows: [RecordedRow] = []
        while let line = lines.next() {
            guard line.bytes.starts(with: Self.rowPrefix) else {
                pending = line
                break
            }
            let json = try Self.object(line, limits)
            do throws(RecordingProblem) {
                rows.append(try RecordedRow(json))
            } catch {
                throw RecordingError(line: line.number, error)
            }
        }
        self.rows = rows
    }

    private static let rowPrefix = Array(#"{"row":"#.utf8)

    /// The next whole turn; nil at the end.
    package mutating func next() throws(RecordingError) -> RecordedTurn? {
        var entries: [RecordedEntry] = []
        var texts: [[UInt8]] = []
        var firstLine: Int?
        while let line = takeLine() {
            // A line without an end is what a power cut left, whatever is in it.
            guard line.number < lines.lastNumber || lines.endsWithNewline else {
                droppedLines = texts.count + 1
                return nil
            }
            let json = try Self.object(line, limits)
            let first = firstLine ?? line.number
            firstLine = first
            do throws(RecordingProblem) {
                if json["turn"] != nil {
                    return try turn(json, entries, texts, first)
                }
                guard let kind = RecordedEntry.Kind(of: json) else { throw .unknownLine }
                let entry = try RecordedEntry(kind, json)
                try count(entry)
                entries.append(entry)
                texts.append(Array(line.bytes))
            } catch {
                throw RecordingError(line: line.number, error)
            }
        }
        droppedLines = texts.count
        return nil
    }

    /// Inputs and outputs are numbered without gaps: a missing or moved line shows.
    private mutating func count(_ entry: RecordedEntry) throws(RecordingProblem) {
        guard entry.kind == .input || entry.kind == .output else { return }
        let last = lastNumbers[entry.kind] ?? (header.isFromStart ? 0 : entry.number &- 1)
        guard entry.number == last &+ 1 else {
            throw .outOfOrder("\(entry.kind.rawValue) \(entry.number) after \(last)")
        }
        lastNumbers[entry.kind] = entry.number
    }

    private mutating func takeLine() -> (number: Int, bytes: ArraySlice<UInt8>)? {
        if let line = pending {
            pending = nil
            return line
        }
        return lines.next()
    }

    private mutating func turn(
        _ json: JSONObject, _ entries: [RecordedEntry], _ texts: [[UInt8]], _ firstLine: Int
    ) throws(RecordingProblem) -> RecordedTurn {
        guard let number = json["turn"]?.integerValue.flatMap({ UInt64(exactly: $0) }) else {
            throw .missing("turn", "a whole number")
        }
        guard let at = json["at"]?.integerValue.map({ Instant(nanoseconds: $0) }) else {
            throw .missing("at", "nanoseconds")
        }
        guard let events = json["events"]?.integerValue.flatMap({ UInt64(exactly: $0) }) else {
            throw .missing("events", "a whole number")
        }
        guard let trace = json["trace"]?.stringValue.flatMap(Hex.number) else {
            throw .missing("trace", "16 hexadecimal digits")
        }
        if let lastTurn, number != lastTurn &+ 1 {
            throw .outOfOrder("turn \(number) after turn \(lastTurn)")
        }
        guard at >= lastAt else { throw .outOfOrder("time goes back in turn \(number)") }
        if let stray = entries.first(where: { $0.kind != .mark && $0.at != at }) {
            throw .outOfOrder("event \(stray.event) is not of the time of its turn \(number)")
        }
        lastTurn = number
        lastAt = at
        return RecordedTurn(
            number: number, at: at, events: events, trace: trace, entries: entries, lines: texts,
            firstLine: firstLine)
    }

    private static func object(
        _ line: (number: Int, bytes: ArraySlice<UInt8>), _ limits: RecordingLimits
    ) throws(RecordingError) -> JSONObject {
        guard line.bytes.count <= limits.lineBytes else {
            throw RecordingError(line: line.number, .lineTooLong(limits.lineBytes))
        }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONReader.read(Array(line.bytes))
        } catch {
            throw RecordingError(
                line: line.number, .notJSON("\(error.kind.text), column \(error.column)"))
        }
        guard case .object(let object) = value else {
            throw RecordingError(line: line.number, .notJSON("it is not an object"))
        }
        return object
    }
}

/// Cuts bytes into lines and counts them.
private struct RecordingLines {
    private let bytes: [UInt8]
    private var start = 0
    private var number = 0
    let lastNumber: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let ends = bytes.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        lastNumber = ends + (bytes.last == UInt8(ascii: "\n") ? 0 : 1)
    }

    var endsWithNewline: Bool { bytes.last == UInt8(ascii: "\n") }

    mutating func next() -> (number: Int, bytes: ArraySlice<UInt8>)? {
        guard start < bytes.count else { return nil }
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        defer { start = end + 1 }
        number += 1
        return (number, bytes[start..<end])
    }
}
