import Drivers
import Engine

/// The deliveries of one webhook: one under way, the others behind it in their order.
///
/// What was told is told again until the other side has taken it, so it may come twice: at least
/// once, across restarts. Events in, changes out, no clock.
struct WebhookQueue: Sendable {
    enum Outcome: Sendable, Equatable {
        /// The status of an answer.
        case answered(Int)
        case failed(String)
    }

    private let limits: GameNightLimits
    private(set) var waiting: [WebhookDelivery] = []
    /// Those that ended, the newest last.
    private(set) var ended: [WebhookDelivery] = []
    private(set) var isUnderWay = false
    /// Before that the first one is not tried again.
    private(set) var pausedUntil: Instant?
    private var backoff: ReconnectBackoff

    init(limits: GameNightLimits, stored: [WebhookDelivery] = []) {
        self.limits = limits
        waiting = stored.filter { $0.state == .waiting }
        ended = stored.filter { $0.state != .waiting }
        backoff = ReconnectBackoff(
            minimum: limits.webhookRetries.lowerBound, maximum: limits.webhookRetries.upperBound)
    }

    /// - Returns: what was given up to make room; nil for nothing.
    mutating func add(_ delivery: WebhookDelivery) -> WebhookDelivery? {
        waiting.append(delivery)
        guard waiting.count > limits.waitingDeliveries else { return nil }
        // The first may be under way; the one behind it has waited longest.
        var given = waiting.remove(at: isUnderWay ? 1 : 0)
        given.state = .failed
        given.error = "given up: more than \(limits.waitingDeliveries) waited"
        ended.append(given)
        return given
    }

    /// What is to be sent now; nil when nothing is.
    mutating func begin(at now: Instant) -> WebhookDelivery? {
        guard !isUnderWay, !waiting.isEmpty, pausedUntil.map({ $0 <= now }) ?? true else {
            return nil
        }
        isUnderWay = true
        pausedUntil = nil
        waiting[0].attempts += 1
        return waiting[0]
    }

    /// Takes what became of what was under way; the delivery as it is then.
    ///
    /// - Parameter jitter: a random number in 0..<1 for the pause that may follow.
    mutating func finish(
        _ outcome: Outcome, at now: Instant, jitter: Double
    ) -> WebhookDelivery? {
        guard isUnderWay, !waiting.isEmpty else { return nil }
        isUnderWay = false
        var delivery = waiting[0]
        switch outcome {
        case .answered(let status) where (200..<300).contains(status):
            delivery.responseStatus = status
            delivery.error = nil
            delivery.state = .delivered
        case .answered(let status):
            delivery.responseStatus = status
            delivery.error = "answered with status \(status)"
        case .failed(let reason):
            delivery.responseStatus = nil
            delivery.error = reason
        }
        if delivery.state == .waiting, delivery.attempts >= limits.webhookAttempts {
            delivery.state = .failed
        }
        guard delivery.state == .waiting else {
            waiting.removeFirst()
            ended.append(delivery)
            backoff.reset()
            return delivery
        }
        waiting[0] = delivery
        pausedUntil = now.advanced(by: backoff.next(jitter: jitter))
        return delivery
    }

    /// Lets go of the oldest that ended, beyond what the log keeps.
    mutating func trim() -> [WebhookDelivery] {
        let surplus = max(0, ended.count - limits.loggedDeliveries)
        defer { ended.removeFirst(surplus) }
        return Array(ended.prefix(surplus))
    }
}
