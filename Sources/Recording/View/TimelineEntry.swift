package import Engine

/// An entry of a recording in its place among the others.
package struct TimelineEntry: Sendable {
    package let entry: RecordedEntry
    package let turn: UInt64
    /// The entry's line, counted through all parts of the recording, from 1.
    package let line: Int
    /// The wall clock, as the station knew it then.
    package let utc: UTCTime
    /// What it says, in a few words on one line; free of control characters.
    package let summary: String
    /// Counts the entries of the recording, from 0.
    package let position: Int
    package let cause: Cause?

    /// What made the core do it.
    package struct Cause: Sendable, Equatable {
        /// The `position` of an input or a timer.
        package let position: Int
        /// True when both are of one event; false when the cause is only the last one before it in
        /// the same turn, as for what one actor tells another.
        package let isOfSameEvent: Bool
    }
}
