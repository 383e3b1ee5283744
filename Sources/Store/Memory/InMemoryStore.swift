package import Engine
import Synchronization

/// The store for runs in virtual time: same rules, no disk, no thread.
///
/// Turns are "durable" when the store says so: at once, inside `commit`, or when the run asks for
/// it with ``flush(turns:)``, so that a simulation decides what a crash loses. A crash is
/// ``restarted(acknowledging:whenHealthChanges:)``.
package final class InMemoryStore: DurableStore {
    /// When turns become durable.
    package enum Acknowledging: Sendable, Equatable {
        /// Inside `commit`, on the caller's thread, before it returns.
        case immediately
        /// When `flush` is called.
        case whenFlushed
    }

    private struct State {
        var queue: TurnQueue
        var tables: MemoryTables
        var fault: StoreError?
        var isClosed = false
        /// Durable and not yet acknowledged.
        var durable: ArraySlice<PendingTurn> = []
        var isAcknowledging = false

        /// Writes the oldest waiting turn; false when there is none or it cannot be written now.
        mutating func writeNext() -> Bool {
            guard case .write(let turns) = queue.next(), let turn = turns.first else {
                return false
            }
            do throws(StoreError) {
                if let fault { throw fault }
                try tables.apply(turn.writes)
            } catch {
                _ = queue.failed(error, refusedTurn: fault == nil ? 0 : nil)
                return false
            }
            queue.wrote(1)
            durable.append(turn)
            return true
        }
    }

    private let state: Mutex<State>
    private let acknowledging: Acknowledging
    private let limits: StoreLimits
    private let report: HealthReport

    package convenience init(
        acknowledging: Acknowledging = .immediately, limits: StoreLimits = StoreLimits(),
        whenHealthChanges: @escaping @Sendable (StoreHealth) -> Void = { _ in }
    ) {
        self.init(MemoryTables(), acknowledging, limits, whenHealthChanges)
    }

    private init(
        _ tables: MemoryTables, _ acknowledging: Acknowledging, _ limits: StoreLimits,
        _ whenHealthChanges: @escaping @Sendable (StoreHealth) -> Void
    ) {
        self.state = Mutex(State(queue: TurnQueue(limits: limits), tables: tables))
        self.acknowledging = acknowledging
        self.limits = limits
        self.report = HealthReport(whenHealthChanges)
    }

    /// What a new process would find after this one was killed: the durable rows and no more.
    package func restarted(
        acknowledging: Acknowledging = .immediately,
        whenHealthChanges: @escaping @Sendable (StoreHealth) -> Void = { _ in }
    ) -> InMemoryStore {
        let tables = state.withLock { $0.tables }
        return InMemoryStore(tables, acknowledging, limits, whenHealthChanges)
    }

    /// Whether turns wait to become durable.
    package var isWaiting: Bool { state.withLock { $0.queue.pendingTurns > 0 } }

    package var health: StoreHealth { state.withLock { $0.queue.health } }

    package func commit(
        _ writes: [StoreWrite], whenDurable: @escaping @Sendable () -> Void
    ) {
        let checked = writes.map(StoreSchema.current.checked)
        let turn = PendingTurn(writes: checked, whenDurable: whenDurable)
        _ = state.withLock { $0.queue.add(turn) }
        updateHealth()
        if acknowledging == .immediately { flush() }
    }

    /// Makes waiting turns durable, the oldest first, and acknowledges them on this thread.
    ///
    /// - Parameter turns: How many at most; all when nil.
    package func flush(turns: Int? = nil) {
        state.withLock { state in
            var written = 0
            while written < turns ?? .max, state.writeNext() { written += 1 }
        }
        updateHealth()
        acknowledge()
    }

    /// Acknowledges in order, also when a callback hands over the next turn.
    private func acknowledge() {
        let isMine = state.withLock { state in
            defer { state.isAcknowledging = true }
            return !state.isAcknowledging
        }
        guard isMine else { return }
        while let turn = nextToAcknowledge() { turn.whenDurable() }
    }

    private func nextToAcknowledge() -> PendingTurn? {
        state.withLock { state in
            let turn = state.durable.popFirst()
            if turn == nil { state.isAcknowledging = false }
            return turn
        }
    }

    /// Lets each attempt to write fail with this reason until `heal` is called.
    package func fail(_ reason: String) {
        state.withLock { $0.fault = .simulated(reason: reason) }
    }

    /// Ends the fault and, unless turns wait for `flush`, writes what waited.
    package func heal() {
        state.withLock { $0.fault = nil }
        if acknowledging == .immediately { flush() }
    }

    package func rows(
        in table: String, orderedBy column: String
    ) throws(StoreError) -> [StoreRow] {
        let schema = StoreSchema.current.table(table)
        let position = schema.position(of: column)
        let tables = try state.withLock { state throws(StoreError) in
            guard !state.isClosed else { throw .closed }
            return state.tables
        }
        return tables.rows(of: schema, orderedBy: position)
    }

    package func close() throws(StoreError) {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            state.queue.close()
            return !state.isClosed
        }
        guard isFirst else { return }
        flush()
        let (count, reason) = state.withLock { ($0.queue.pendingTurns, $0.queue.waitReason) }
        guard count == 0 else { throw .closedWithPendingTurns(count: count, reason: reason) }
    }

    private func updateHealth() {
        report.update { health }
    }
}
