import Engine

/// Bounds how many codes somebody can try as one user: a million of them would be all.
struct WrongCodes {
    private struct Tries {
        let since: Instant
        var count = 0
    }

    private let most: Int
    private let period: Duration
    private var tries: [String: Tries] = [:]

    init(_ limits: IdentityLimits) {
        most = limits.wrongCodes
        period = limits.wrongCodesPeriod
    }

    /// Counts a try, which is given back when it was right; nil when it may be made, else after how
    /// long it may.
    mutating func take(_ user: String, now: Instant) -> Duration? {
        var tries = self.tries[user] ?? Tries(since: now)
        var rest = now.duration(to: tries.since.advanced(by: period))
        if rest <= .zero {
            tries = Tries(since: now)
            rest = period
        }
        guard tries.count < most else { return rest }
        tries.count += 1
        self.tries[user] = tries
        return nil
    }

    mutating func putBack(_ user: String) {
        guard let count = tries[user]?.count else { return }
        if count > 1 { tries[user]?.count -= 1 } else { tries[user] = nil }
    }

    mutating func forget(_ user: String) {
        tries[user] = nil
    }
}
