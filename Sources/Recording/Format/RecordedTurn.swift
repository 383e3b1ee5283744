package import Engine

/// Everything of one turn of the core; written whole or not at all.
package struct RecordedTurn: Sendable {
    package let number: UInt64
    package let at: Instant
    /// Events of the core up to and including this turn.
    package let events: UInt64
    /// The hash over those events.
    package let trace: UInt64
    package let entries: [RecordedEntry]
    /// The lines of `entries` as they stand in the file, for a comparison without reading them.
    package let lines: [[UInt8]]
    /// Where the turn begins in its file, from 1.
    package let firstLine: Int

    package init(
        number: UInt64, at: Instant, events: UInt64, trace: UInt64, entries: [RecordedEntry],
        lines: [[UInt8]], firstLine: Int
    ) {
        self.number = number
        self.at = at
        self.events = events
        self.trace = trace
        self.entries = entries
        self.lines = lines
        self.firstLine = firstLine
    }
}
