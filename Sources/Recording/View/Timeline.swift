import Engine
import JSON

/// Reads a recording entry by entry, each with its time, its cause and its meaning.
package struct Timeline {
    private var reader: RecordingReader
    private var narrator: Narrator
    private var utcOffset: Int64
    private var current: ArraySlice<TimelineEntry> = []
    private var count = 0
    /// Whole turns that were read.
    package private(set) var turns = 0

    package init(_ reader: RecordingReader, limits: ViewLimits = ViewLimits()) {
        self.reader = reader
        narrator = Narrator(summaryCharacters: limits.summaryCharacters)
        utcOffset = reader.header.utc.nanoseconds
    }

    package var header: RecordingHeader { reader.header }

    /// After the end: lines that a cut left and that belong to no whole turn.
    package var droppedLines: Int { reader.droppedLines }

    /// The next entry; nil at the end.
    package mutating func next() throws(RecordingError) -> TimelineEntry? {
        while current.isEmpty {
            guard let turn = try reader.next() else { return nil }
            turns += 1
            current = entries(of: turn)[...]
        }
        return current.popFirst()
    }

    private mutating func entries(of turn: RecordedTurn) -> [TimelineEntry] {
        var causes = TurnCauses()
        return turn.entries.enumerated().map { index, entry in
            let position = count
            count += 1
            if entry.kind == .input, let offset = entry.content["utc_offset_ns"]?.integerValue {
                utcOffset = offset
            }
            let sinceStart = Instant.start.duration(to: entry.at)
            return TimelineEntry(
                entry: entry, turn: turn.number, line: turn.firstLine + index,
                utc: UTCTime(nanoseconds: utcOffset).advanced(by: sinceStart),
                summary: narrator.words(for: entry), position: position,
                cause: causes.add(entry, position: position))
        }
    }
}

/// Finds what each entry of a turn follows from.
private struct TurnCauses {
    private var byEvent: [Int64: Int] = [:]
    private var last: Int?

    /// The entry's cause; nil for what is a cause itself and for marks, which stand outside.
    mutating func add(_ entry: RecordedEntry, position: Int) -> TimelineEntry.Cause? {
        switch entry.kind {
        case .mark: return nil
        case .input where entry.stream != "entropy", .timer:
            byEvent[entry.event] = position
            last = position
            return nil
        case .input, .output, .log:
            if let cause = byEvent[entry.event] {
                return TimelineEntry.Cause(position: cause, isOfSameEvent: true)
            }
            return last.map { TimelineEntry.Cause(position: $0, isOfSameEvent: false) }
        }
    }
}
