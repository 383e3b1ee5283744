/// Why a store cannot be opened, read or written; its description is meant for the operator.
package indirect enum StoreError: Error, Equatable, Sendable {
    /// The data directory or a file in it cannot be made or opened.
    case directory(path: String, reason: String)
    /// Another running process (its id when known) uses the data directory.
    case inUse(directory: String, processID: Int32?)
    /// The file exists and is not an SQLite database.
    case notADatabase(path: String)
    /// The database is damaged; `detail` is SQLite's first finding.
    case corrupt(path: String, detail: String)
    /// A newer program made the database.
    case newerSchema(path: String, found: Int64, known: Int64)
    /// The database has the right version number and other tables than this program makes.
    case foreignSchema(path: String, detail: String)
    /// SQLite refused something else.
    case database(path: String, cause: SQLiteError)
    /// More turns wait than memory may hold.
    case tooManyPendingTurns(bytesMax: Int)
    /// A turn holds a value of a unique column that another row already has.
    case duplicate(table: String, columns: [String])
    /// A fault that a simulation put in.
    case simulated(reason: String)
    /// The store was closed before `count` turns were durable.
    case closedWithPendingTurns(count: Int, reason: StoreError?)
    /// The store is closed.
    case closed
    /// The system gave no thread to the store.
    case thread(reason: String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .directory(let path, let reason):
            return "cannot use \(path): \(reason)"
        case .inUse(let directory, let processID):
            let holder = processID.map { "process \($0)" } ?? "another process"
            return "the data directory \(directory) is in use by \(holder)"
        case .notADatabase(let path):
            return "\(path) is not an SQLite database"
        case .corrupt(let path, let detail):
            return "the database \(path) is damaged: \(detail)"
        case .newerSchema(let path, let found, let known):
            return "the database \(path) has schema version \(found); "
                + "this program knows versions up to \(known)"
        case .foreignSchema(let path, let detail):
            return "the database \(path) was not made by this program: \(detail)"
        case .database(let path, let cause):
            return "the database \(path) failed: \(cause)"
        case .tooManyPendingTurns(let bytesMax):
            return "changes waiting for the disk take more than \(bytesMax) bytes"
        case .duplicate(let table, let columns):
            return "two rows of \(table) have the same \(columns.joined(separator: ", "))"
        case .simulated(let reason):
            return reason
        case .closedWithPendingTurns(let count, let reason):
            let cause = reason.map { ": \($0)" } ?? ""
            return "closed with \(count) changes not yet on the disk\(cause)"
        case .closed:
            return "the store is closed"
        case .thread(let reason):
            return "cannot start the store's thread: \(reason)"
        }
    }
}
