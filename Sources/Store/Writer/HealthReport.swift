import Synchronization

/// Tells one listener each change of a store's health, in order, and never the same twice.
final class HealthReport: Sendable {
    private let last = Mutex(StoreHealth.ok)
    private let listener: @Sendable (StoreHealth) -> Void

    init(_ listener: @escaping @Sendable (StoreHealth) -> Void) {
        self.listener = listener
    }

    /// Reads the health and reports it when it is new.
    ///
    /// - Parameter current: Called inside the lock, so that two threads cannot report in the wrong
    ///   order.
    func update(_ current: () -> StoreHealth) {
        last.withLock { last in
            let health = current()
            guard health != last, !health.isSameOverload(as: last) else { return }
            last = health
            listener(health)
        }
    }
}

extension StoreHealth {
    /// Whether only the number of waiting turns differs, which is not worth a report for each turn.
    fileprivate func isSameOverload(as other: StoreHealth) -> Bool {
        guard case .overloaded(_, let reason) = self, case .overloaded(_, let otherReason) = other
        else { return false }
        return reason == otherReason
    }
}
