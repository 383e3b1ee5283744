/// The store's bounds and waiting times, each with its reason.
package struct StoreLimits: Sendable {
    /// Waiting turns that may share one SQLite transaction, and so one flush to the disk.
    ///
    /// A flush takes from 1 ms (SSD) to 100 ms (SD card), a turn's rows a few microseconds each:
    /// 256 makes the flush cheap per turn and keeps one transaction in the low milliseconds.
    package var turnsPerTransactionMax = 256

    /// Turns waiting for the disk above which health says `overloaded`.
    ///
    /// At 1 ms of core time a turn this is about four seconds of work that nobody has been
    /// answered for; an edge that goes on admitting requests only makes the wait longer. Health
    /// leaves `overloaded` when half of them are gone.
    package var pendingTurnsOverload = 4096

    /// Bytes of waiting turns above which the store halts and refuses later turns.
    ///
    /// It keeps a full disk from taking the memory of a small board (512 MB) as well.
    package var pendingBytesMax = 64 * 1024 * 1024

    /// The pause after the first failed attempt to write; it doubles with each further one.
    package var retryDelayMin: Duration = .milliseconds(50)

    /// The longest pause between attempts: a healed disk is in use again within a second.
    package var retryDelayMax: Duration = .seconds(1)

    /// How long SQLite waits for a lock that another program, such as a backup, holds.
    package var busyTimeoutMilliseconds: Int32 = 2000

    /// Prepared statements kept per connection: one put and a few deletes for each table.
    package var preparedStatementsMax = 128

    /// Size to which the write-ahead log shrinks after a checkpoint; a burst may exceed it.
    package var logBytesKept = 8 * 1024 * 1024

    package init() {}
}
