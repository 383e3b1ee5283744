private import CSQLite
package import Engine

/// Owns one SQLite connection and its prepared statements; closed with the last reference.
///
/// Used by one thread at a time, which the missing `Sendable` makes the compiler check; SQLite's
/// own locks are switched off. <https://www.sqlite.org/threadsafe.html>
package final class SQLiteConnection {
    /// What the connection may do with the file.
    package enum Access: Sendable {
        case readWrite
        case readOnly
        /// Reads a file that somebody else made and nobody writes now: no lock is taken, no
        /// function with an effect is called from its views, and no statement takes more than so
        /// many steps or has a value of more than so many bytes.
        case foreign(steps: Int, valueBytes: Int)
    }

    private let database: OpaquePointer
    private let preparedStatementsMax: Int
    private var statements: [String: SQLiteStatement] = [:]
    private let steps: StepCounter?

    /// Opens a file, or a private database in memory for `:memory:`.
    ///
    /// A missing file is made when the access is `readWrite`.
    package init(
        path: String, access: Access = .readWrite, limits: StoreLimits = StoreLimits()
    ) throws(SQLiteError) {
        var opened: OpaquePointer?
        let result = sqlite3_open_v2(
            access.name(path), &opened, access.flags | SQLITE_OPEN_NOMUTEX, nil)
        do {
            try SQLiteError.check(result, on: opened)
            guard let opened else { preconditionFailure("SQLite gave no connection") }
            try SQLiteError.check(
                sqlite3_busy_timeout(opened, limits.busyTimeoutMilliseconds), on: opened)
            steps = try StepCounter.bounding(opened, access)
            self.database = opened
            self.preparedStatementsMax = limits.preparedStatementsMax
        } catch {
            // SQLite hands over a connection even when it cannot open the file; nobody owns it yet.
            _ = sqlite3_close(opened)
            throw error
        }
    }

    deinit {
        statements.removeAll()
        let result = sqlite3_close(database)
        precondition(result == SQLITE_OK, "a prepared statement outlived its connection")
    }

    /// Whether a transaction is open. <https://www.sqlite.org/c3ref/get_autocommit.html>
    package var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

    /// How many statements are kept prepared; at most `StoreLimits.preparedStatementsMax`.
    package var preparedStatements: Int { statements.count }

    /// Runs a statement that is kept prepared for the next time.
    package func run(_ sql: String, _ parameters: [StoreValue] = []) throws(SQLiteError) {
        try prepared(sql).run(parameters)
    }

    /// The rows of a statement that is kept prepared for the next time; values by position.
    package func rows(
        _ sql: String, _ parameters: [StoreValue] = []
    ) throws(SQLiteError) -> [[StoreValue]] {
        var rows: [[StoreValue]] = []
        try prepared(sql).run(parameters) {
            rows.append($0)
            return true
        }
        return rows
    }

    /// The same, row by row, to the end or until `eachRow` says that it wants no more.
    func forEachRow(
        _ sql: String, _ eachRow: ([StoreValue]) -> Bool
    ) throws(SQLiteError) {
        try prepared(sql).run(eachRow: eachRow)
    }

    /// Runs several statements, separated by semicolons, without parameters or results.
    package func execute(_ script: String) throws(SQLiteError) {
        try SQLiteError.check(sqlite3_exec(database, script, nil, nil, nil), on: database)
    }

    /// Runs `body` inside one transaction; anything thrown undoes all of it.
    package func transaction(
        _ body: () throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        try run("BEGIN IMMEDIATE")
        do {
            try body()
            try run("COMMIT")
        } catch {
            // Some failures (disk full, input or output error) have undone it already. If undoing
            // fails too, the next BEGIN fails and says so.
            if isInTransaction { try? run("ROLLBACK") }
            throw error
        }
    }

    private func prepared(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
        steps?.begin()
        if let statement = statements[sql] { return statement }
        let statement = try SQLiteStatement(sql, on: database)
        if statements.count >= preparedStatementsMax { statements.removeAll() }
        statements[sql] = statement
        return statement
    }
}
