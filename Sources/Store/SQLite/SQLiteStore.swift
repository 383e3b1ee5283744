package import Engine
import Synchronization

/// The daemon's durable state in one SQLite file, written by one thread.
///
/// `commit` returns at once; the thread takes the waiting turns, at most
/// `StoreLimits.turnsPerTransactionMax`, stores them in one transaction (a group commit: one flush
/// for all of them) and then acknowledges them in their order. A turn is never split between two
/// transactions. The file is in write-ahead mode with `synchronous = FULL`: a transaction has
/// reached the disk when it returns. <https://www.sqlite.org/wal.html>
///
/// When the disk is full or fails, the turns stay, the thread tries again after a pause of at most
/// `StoreLimits.retryDelayMax`, and `health` says so. Handing over turns never blocks and never
/// fails; the bounds of the queue are in ``StoreHealth``.
package final class SQLiteStore: DurableStore {
    private let directory: DataDirectory
    private let limits: StoreLimits
    private let writer: SQLiteWriter
    /// Nil once the store is closed.
    private let thread: Mutex<SystemThread?>

    /// Opens `boresight.db` in the directory, makes or migrates it, and starts the writer.
    ///
    /// - Parameters:
    ///   - directory: Made with mode 0700 when missing. One store at a time may have it open.
    ///   - whenHealthChanges: Called in the order of the changes, on the store's thread or inside
    ///     `commit`; must return at once and not call the store.
    package convenience init(
        directory: String, limits: StoreLimits = StoreLimits(),
        whenHealthChanges: @escaping @Sendable (StoreHealth) -> Void = { _ in }
    ) throws(StoreError) {
        try self.init(
            directory: directory, limits: limits, migrator: SchemaMigrator(),
            whenHealthChanges: whenHealthChanges)
    }

    init(
        directory: String, limits: StoreLimits, migrator: SchemaMigrator,
        whenHealthChanges: @escaping @Sendable (StoreHealth) -> Void
    ) throws(StoreError) {
        self.directory = DataDirectory(path: directory)
        self.limits = limits
        self.writer = SQLiteWriter(
            self.directory, migrator: migrator, limits: limits,
            report: HealthReport(whenHealthChanges))
        self.thread = Mutex(try writer.start())
    }

    deinit {
        // Nobody waits here: the last reference may have gone on the store's own thread.
        guard let thread = thread.withLock({ $0.take() }) else { return }
        writer.close()
        thread.detach()
    }

    package var health: StoreHealth { writer.health }

    package func commit(
        _ writes: [StoreWrite], whenDurable: @escaping @Sendable () -> Void
    ) {
        let checked = writes.map(StoreSchema.current.checked)
        writer.add(PendingTurn(writes: checked, whenDurable: whenDurable))
    }

    package func rows(
        in table: String, orderedBy column: String
    ) throws(StoreError) -> [StoreRow] {
        let table = StoreSchema.current.table(table)
        let position = table.position(of: column)
        guard thread.withLock({ $0 != nil }) else { throw .closed }
        return try SQLiteDatabase.rows(
            path: directory.databasePath, of: table, orderedBy: position, limits: limits)
    }

    package func close() throws(StoreError) {
        guard let thread = thread.withLock({ $0.take() }) else { return }
        precondition(!thread.isCurrent, "the store was closed on its own thread")
        writer.close()
        thread.join()
        let (count, reason) = writer.leftover()
        guard count == 0 else { throw .closedWithPendingTurns(count: count, reason: reason) }
    }
}
