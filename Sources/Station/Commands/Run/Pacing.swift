import Engine

/// Spaces out what is done about something that changes often; the last change is never left out.
struct Pacing: Sendable, Equatable {
    private var earliest = Instant.start
    private var hasNews = false

    /// When something is to be done; nil while there is nothing new.
    var due: Instant? { hasNews ? earliest : nil }

    mutating func changed() {
        hasNews = true
    }

    /// True when it is to be done now.
    ///
    /// - Parameter spacing: how long nothing is done behind it.
    mutating func take(at now: Instant, spacing: Duration) -> Bool {
        guard hasNews, earliest <= now else { return false }
        hasNews = false
        earliest = now.advanced(by: spacing)
        return true
    }
}
