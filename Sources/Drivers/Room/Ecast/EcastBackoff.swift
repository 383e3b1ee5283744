/// The pauses between tries to reach a room, and how many there are.
///
/// Those of the service's own client: 1 to 1.5 seconds, doubling to 13.
struct EcastBackoff: Sendable {
    private let first: Duration
    private let longest: Duration
    private(set) var tries = 0

    init(_ limits: EcastLimits) {
        first = limits.firstPause
        longest = limits.longestPause
    }

    /// The pause before the next try; nil when there were `most` already. `jitter` is a random
    /// number in 0..<1.
    mutating func next(most: Int, jitter: Double) -> Duration? {
        guard tries < most else { return nil }
        var pause = first * (1 + 0.5 * min(max(jitter, 0), 1))
        // Not further than needed: the number of tries is anybody's.
        for _ in 0..<tries where pause < longest { pause = pause * 2 }
        tries += 1
        return min(pause, longest)
    }

    mutating func reset() {
        tries = 0
    }
}
