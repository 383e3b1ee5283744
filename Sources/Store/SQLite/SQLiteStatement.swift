private import CSQLite
import Engine

/// Owns one prepared statement; finalised with the last reference.
///
/// Not for two threads. <https://www.sqlite.org/c3ref/stmt.html>
final class SQLiteStatement {
    private let pointer: OpaquePointer
    private let database: OpaquePointer

    /// Compiles the first statement of `sql`, which must be the only one.
    ///
    /// - Parameter database: The open handle; its owner outlives the statement.
    init(_ sql: String, on database: OpaquePointer) throws(SQLiteError) {
        var prepared: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        let result = sqlite3_prepare_v3(database, sql, -1, flags, &prepared, nil)
        try SQLiteError.check(result, on: database)
        guard let prepared else { preconditionFailure("no SQL statement in «\(sql)»") }
        self.pointer = prepared
        self.database = database
    }

    deinit {
        // Repeats the last step's result, which was handled there.
        _ = sqlite3_finalize(pointer)
    }

    /// Runs the statement with these parameters and hands over each row on the way, to its end or
    /// until `eachRow` says that it wants no more.
    func run(
        _ parameters: [StoreValue] = [], eachRow: ([StoreValue]) -> Bool = { _ in true }
    ) throws(SQLiteError) {
        defer { rewind() }
        try bind(parameters)
        while true {
            let result = sqlite3_step(pointer)
            try SQLiteError.check(result, on: database)
            guard result == SQLITE_ROW else { return }
            guard eachRow((0..<sqlite3_column_count(pointer)).map(value)) else { return }
        }
    }

    private func rewind() {
        _ = sqlite3_reset(pointer)
        _ = sqlite3_clear_bindings(pointer)
    }

    private func bind(_ parameters: [StoreValue]) throws(SQLiteError) {
        precondition(
            parameters.count == Int(sqlite3_bind_parameter_count(pointer)),
            "an SQL statement was given \(parameters.count) parameters")
        var index: Int32 = 0
        for parameter in parameters {
            index += 1
            try SQLiteError.check(bind(parameter, at: index), on: database)
        }
    }

    private func bind(_ value: StoreValue, at index: Int32) -> Int32 {
        switch value {
        case .null:
            return sqlite3_bind_null(pointer, index)
        case .integer(let integer):
            return sqlite3_bind_int64(pointer, index, integer)
        case .real(let real):
            return sqlite3_bind_double(pointer, index, real)
        case .text(var text):
            return text.withUTF8 { bytes in
                // An empty buffer may have no address, and SQLite reads that as null.
                guard let start = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_text(pointer, index, "", 0, csqlite_transient())
                }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
                    sqlite3_bind_text64(
                        pointer, index, start, UInt64(bytes.count), csqlite_transient(),
                        UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let blob):
            guard !blob.isEmpty else { return sqlite3_bind_zeroblob(pointer, index, 0) }
            return blob.withUnsafeBytes { bytes in
                sqlite3_bind_blob64(
                    pointer, index, bytes.baseAddress, UInt64(bytes.count), csqlite_transient())
            }
        }
    }

    private func value(at column: Int32) -> StoreValue {
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(pointer, column))
        case SQLITE_FLOAT:
            return .real(sqlite3_column_double(pointer, column))
        case SQLITE_TEXT:
            // The count is valid only after the text was asked for.
            let start = sqlite3_column_text(pointer, column)
            let count = Int(sqlite3_column_bytes(pointer, column))
            let bytes = UnsafeBufferPointer(start: start, count: count)
            // What is not UTF-8 is no text: repaired, it would look like another one.
            return String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .blob(Array(bytes))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(pointer, column)
            let count = Int(sqlite3_column_bytes(pointer, column))
            return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: count)))
        default:
            return .null
        }
    }
}
