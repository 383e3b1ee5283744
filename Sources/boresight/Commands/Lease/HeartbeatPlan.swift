/// When to tell the server next that the holder of a lease is there.
///
/// Times are those of one clock, whichever.
struct HeartbeatPlan {
    /// When the next one is due.
    private(set) var due: Duration
    private let interval: Duration
    private var isFailing = false

    /// A server that is away is asked again so soon.
    private static let retry = Duration.seconds(2)

    /// - Parameter heartbeat: how long the server waits before it ends the lease; three in that
    ///   time, so that one or two may be lost.
    init(heartbeat: Duration, now: Duration) {
        interval = heartbeat / 3
        due = now + interval
    }

    /// The server has taken one; true when it had not taken the one before.
    mutating func taken(now: Duration) -> Bool {
        defer { isFailing = false }
        due = now + interval
        return isFailing
    }

    /// The server did not answer; true when it did before.
    mutating func failed(now: Duration) -> Bool {
        defer { isFailing = true }
        due = now + min(interval, Self.retry)
        return !isFailing
    }
}
