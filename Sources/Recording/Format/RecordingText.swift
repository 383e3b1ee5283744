/// A recording that is made in memory: of a run in virtual time.
package struct RecordingText: Sendable {
    package private(set) var bytes: [UInt8] = []
    private let encoder = LineEncoder(redaction: nil)

    package init(_ header: RecordingHeader, rows: [RecordedRow]) {
        add(encoder.header(header))
        for row in rows { add(encoder.row(row.table, row.row)) }
    }

    /// Adds a turn as it was run.
    ///
    /// - Parameter marks: lines of marks that belong before it.
    package mutating func add(_ turn: TurnCollector.Turn, marks: [[UInt8]] = []) {
        for line in marks + turn.lines { add(line) }
        add(
            encoder.turn(
                turn.number, at: turn.at, events: turn.events, trace: turn.trace))
    }

    private mutating func add(_ line: [UInt8]) {
        bytes += line
        bytes.append(UInt8(ascii: "\n"))
    }
}
