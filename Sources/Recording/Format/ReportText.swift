package import Engine
import JSON

/// The end of a longer recording, as a recording of its own.
package struct ReportText: Sendable {
    package private(set) var bytes: [UInt8] = []
    package private(set) var turns = 0
    package private(set) var start = Instant.start
    package private(set) var end = Instant.start
    /// Whether it can be replayed.
    package let isFromStart: Bool

    /// - Parameter last: how long before the end it begins; nil for everything there is.
    package init(_ recording: [UInt8], last: Duration?) throws(RecordingError) {
        var reader = try RecordingReader(recording)
        var all: [RecordedTurn] = []
        while let turn = try reader.next() { all.append(turn) }
        let end = all.last?.at ?? .start
        let from = last.map { end.advanced(by: .zero - $0) } ?? Instant(nanoseconds: .min)
        let kept = all.filter { $0.at >= from }
        isFromStart = reader.header.isFromStart && kept.count == all.count
        self.end = end
        start = kept.first?.at ?? end
        turns = kept.count
        var header = reader.header
        header.isFromStart = isFromStart
        let encoder = LineEncoder(redaction: nil)
        add(encoder.header(header))
        if isFromStart { for row in reader.rows { add(encoder.row(row.table, row.row)) } }
        for turn in kept {
            for line in turn.lines { add(line) }
            add(
                encoder.turn(turn.number, at: turn.at, events: turn.events, trace: turn.trace))
        }
    }

    private mutating func add(_ line: [UInt8]) {
        bytes += line
        bytes.append(UInt8(ascii: "\n"))
    }
}
