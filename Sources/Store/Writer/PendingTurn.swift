/// One turn's writes on their way to the disk.
struct PendingTurn: Sendable {
    let writes: [CheckedWrite]
    /// About how much memory the turn takes while it waits.
    let byteCount: Int
    let whenDurable: @Sendable () -> Void

    init(writes: [CheckedWrite], whenDurable: @escaping @Sendable () -> Void) {
        self.writes = writes
        // 128: the turn and what its callback holds, roughly.
        self.byteCount = writes.reduce(128) { $0 + $1.byteCount }
        self.whenDurable = whenDurable
    }
}
