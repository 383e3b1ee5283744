/// What a subscription does with messages that its subscriber has not handled yet.
package struct Backlog<Message: Sendable>: Sendable {
    enum Policy: Sendable {
        case latest(key: @Sendable (Message) -> AnyHashable)
        case everything
    }

    let policy: Policy
    let limit: Int

    /// Keeps only the newest message of each key: positions. More keys than `limit` overflow.
    package static func latest(
        limit: Int, by key: @escaping @Sendable (Message) -> AnyHashable
    ) -> Backlog {
        Backlog(policy: .latest(key: key), limit: limit)
    }

    /// Keeps every message: results. More than `limit` end the subscription with an overflow, so
    /// that nothing is ever dropped in silence.
    package static func everything(limit: Int) -> Backlog {
        Backlog(policy: .everything, limit: limit)
    }
}
