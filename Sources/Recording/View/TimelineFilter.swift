/// Which entries of a recording are shown.
package struct TimelineFilter: Sendable, Equatable {
    /// Shown when any of these matches the stream; all streams when there is none.
    package var streams: [WildcardPattern] = []
    /// All kinds when empty.
    package var kinds: [RecordedEntry.Kind] = []
    package var from: TimePoint?
    /// The first moment that is not shown any more.
    package var until: TimePoint?
    package var events: ClosedRange<Int64>?

    package init() {}

    package var isEverything: Bool { self == TimelineFilter() }

    package func matches(_ entry: TimelineEntry) -> Bool {
        guard isInTime(entry), kinds.isEmpty || kinds.contains(entry.entry.kind) else {
            return false
        }
        guard events?.contains(entry.entry.event) ?? true else { return false }
        return streams.isEmpty
            || entry.entry.streams.contains { name in streams.contains { $0.matches(name) } }
    }

    /// Whether the entry is of the wanted time, whatever else it is.
    func isInTime(_ entry: TimelineEntry) -> Bool {
        if let from, from.isAfter(entry) { return false }
        if let until, !until.isAfter(entry) { return false }
        return true
    }
}

extension RecordedEntry {
    /// The conversations that this is part of: a frame may go to many sockets.
    var streams: [String] {
        guard kind == .output, stream.hasPrefix("ws/"), stream.contains(",") else {
            return [stream]
        }
        return stream.dropFirst(3).split(separator: ",").map { "ws/" + $0 }
    }
}
