package import Engine

/// A moment of a recording as somebody names it.
package enum TimePoint: Sendable, Equatable {
    /// Engine time: since the core was made.
    case sinceStart(Duration)
    case utc(UTCTime)

    func isAfter(_ entry: TimelineEntry) -> Bool {
        switch self {
        case .sinceStart(let duration):
            entry.entry.at < Instant.start.advanced(by: duration)
        case .utc(let time): entry.utc < time
        }
    }
}
