import Engine

/// One opened, checked and migrated database file: writes turns, reads rows.
///
/// Belongs to the thread that opened it.
final class SQLiteDatabase {
    /// Why a transaction was undone.
    struct WriteFailure: Error {
        let reason: StoreError
        /// The place of the turn that will never be accepted; nil when trying again may help.
        let refusedTurn: Int?
    }

    private let path: String
    private let connection: SQLiteConnection

    /// Opens the file for writing, making it when it is empty.
    init(path: String, migrator: SchemaMigrator, limits: StoreLimits) throws(StoreError) {
        self.path = path
        let hasLog: Bool
        do throws(SQLiteError) {
            connection = try SQLiteConnection(path: path, limits: limits)
            hasLog = try Self.setUp(connection, limits: limits)
        } catch {
            throw StoreError(error, path: path)
        }
        guard hasLog else {
            throw .directory(path: path, reason: "its file system cannot hold a write-ahead log")
        }
        try checkIntegrity()
        do throws(SchemaMigrator.Failure) {
            try migrator.migrate(connection)
        } catch {
            throw StoreError(error, path: path)
        }
        try checkSchema()
    }

    /// Durability first, then the bounds; false when the file cannot have a write-ahead log.
    ///
    /// <https://www.sqlite.org/pragma.html>
    private static func setUp(
        _ connection: SQLiteConnection, limits: StoreLimits
    ) throws(SQLiteError) -> Bool {
        let mode = try connection.rows("PRAGMA journal_mode = WAL")
        // FULL: the log is flushed at each commit, not only at checkpoints.
        try connection.execute(
            """
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA journal_size_limit = \(limits.logBytesKept);
            """)
        return mode == [[.text("wal")]]
    }

    private func checkIntegrity() throws(StoreError) {
        let findings: [[StoreValue]]
        do throws(SQLiteError) {
            findings = try connection.rows("PRAGMA quick_check(1)")
        } catch {
            throw StoreError(error, path: path)
        }
        guard case .text(let finding) = findings.first?.first, finding != "ok" else { return }
        throw .corrupt(path: path, detail: finding)
    }

    private func checkSchema() throws(StoreError) {
        let found: StoreSchema
        do throws(SQLiteError) {
            found = try StoreSchema(of: connection)
        } catch {
            throw StoreError(error, path: path)
        }
        if let difference = StoreSchema.current.difference(to: found) {
            throw .foreignSchema(path: path, detail: difference)
        }
    }

    /// Stores the turns, all or none; returns when they are on the disk.
    ///
    /// Doing it again after any failure is safe: puts and deletes have the same end when repeated,
    /// even if the failed commit had reached the disk after all.
    func write(_ turns: [PendingTurn]) throws(WriteFailure) {
        // A transaction without writes would cost a flush for nothing.
        guard turns.contains(where: { !$0.writes.isEmpty }) else { return }
        var position = 0
        var table: TableSchema?
        do throws(SQLiteError) {
            try connection.transaction { () throws(SQLiteError) in
                for (index, turn) in turns.enumerated() {
                    position = index
                    for write in turn.writes {
                        table = write.table
                        try perform(write)
                    }
                }
            }
        } catch {
            throw failure(error, at: position, table: table)
        }
    }

    private func perform(_ write: CheckedWrite) throws(SQLiteError) {
        switch write {
        case .put(let table, let values):
            try connection.run(table.putSQL, values)
        case .delete(let table, let positions, let values):
            try connection.run(table.deleteSQL(matching: positions), values)
        }
    }

    private func failure(_ error: SQLiteError, at turn: Int, table: TableSchema?) -> WriteFailure {
        switch error.family {
        case .passing:
            return WriteFailure(reason: StoreError(error, path: path), refusedTurn: nil)
        case .constraint:
            guard let table, let columns = table.uniqueColumns(in: error.message) else { break }
            return WriteFailure(
                reason: .duplicate(table: table.name, columns: columns), refusedTurn: turn)
        case .notADatabase, .corrupt:
            // No turn can be written any more, so the first is as far as it goes.
            return WriteFailure(reason: StoreError(error, path: path), refusedTurn: 0)
        case .lasting:
            break
        }
        return WriteFailure(reason: StoreError(error, path: path), refusedTurn: turn)
    }

    /// Moves the log into the database, so that the file alone is complete.
    func tidy() {
        // A failure loses nothing: the log stays and is read at the next start.
        _ = try? connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// All rows of a table, read by a connection that lives for this call.
    static func rows(
        path: String, of table: TableSchema, orderedBy position: Int, limits: StoreLimits
    ) throws(StoreError) -> [StoreRow] {
        do throws(SQLiteError) {
            let connection = try SQLiteConnection(path: path, access: .readOnly, limits: limits)
            return try connection.rows(table.selectSQL(orderedBy: position)).map(table.row)
        } catch {
            throw StoreError(error, path: path)
        }
    }
}

extension CheckedWrite {
    fileprivate var table: TableSchema {
        switch self {
        case .put(let table, _), .delete(let table, _, _): table
        }
    }
}

extension TableSchema {
    /// The columns of the unique rule that SQLite's message names: "UNIQUE constraint failed: t.c".
    fileprivate func uniqueColumns(in message: String) -> [String]? {
        for rule in uniqueRules {
            let names = rule.map { columns[$0].name }
            let clause = names.map { "\(name).\($0)" }.joined(separator: ", ")
            if message == "UNIQUE constraint failed: \(clause)" { return names }
        }
        return nil
    }
}
