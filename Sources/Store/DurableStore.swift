package import Engine

/// Durable state as the daemon sees it: turns go in, rows come out at the next start.
///
/// Implementations: ``SQLiteStore`` on a disk and ``InMemoryStore`` for runs in virtual time. The
/// same tests hold for both, and for any other (PostgreSQL) that is added.
///
/// Rules for ``TurnStore/commit(_:whenDurable:)`` that its own contract leaves open:
///
/// - A write that names an unknown table or column, leaves out a primary key or a column that may
///   not be null, or has a value of the wrong type is an error of the program: it traps in the
///   call, where the stack shows who wrote it.
/// - A column that a `put` leaves out becomes null.
/// - A `delete` with an empty key deletes every row; null equals null.
/// - A second row with the value of a unique column is refused by the database: the whole turn
///   stays out and the store halts. The domain looks before it writes.
/// - A turn without writes is acknowledged in its place in the order.
/// - A turn handed over after `close` or after a halt is never acknowledged.
package protocol DurableStore: TurnStore {
    /// Every durable row of a table, with all columns in the table's order.
    ///
    /// Ascending by `column`, then by primary key: null, integers and reals, text by its UTF-8
    /// bytes, blobs by bytes. Callable from any thread; blocks it. An unknown name traps.
    func rows(in table: String, orderedBy column: String) throws(StoreError) -> [StoreRow]

    /// What the store can do now. The callback given to an implementation hears each change.
    var health: StoreHealth { get }

    /// Writes what waits, tidies the disk and frees it for another process. Blocks the caller.
    ///
    /// A second call does nothing. Must not be called from `whenDurable` or the health callback.
    ///
    /// - Throws: ``StoreError/closedWithPendingTurns(count:reason:)`` when a last attempt failed;
    ///   those turns were never acknowledged.
    func close() throws(StoreError)
}
