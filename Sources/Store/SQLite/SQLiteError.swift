private import CSQLite

/// What SQLite answered instead of success. <https://www.sqlite.org/rescode.html>
package struct SQLiteError: Error, Equatable, Sendable {
    /// The families of results that the store treats differently.
    package enum Family: Sendable, Equatable {
        /// Likely to pass by itself or by the operator's hand: no space, an input or output error,
        /// a lock, rights, memory.
        case passing
        /// The file is not a database.
        case notADatabase
        /// The file is a damaged database.
        case corrupt
        /// A row breaks a constraint.
        case constraint
        /// Will fail again in the same way.
        case lasting
    }

    /// The primary result code.
    package let code: Int32
    /// The extended result code: the primary one in its low byte and more in the others.
    package let extendedCode: Int32
    /// SQLite's message in English, which can name tables and columns, never values.
    package let message: String

    package var family: Family {
        switch code {
        case SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL,
            SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_NOMEM, SQLITE_INTERRUPT,
            SQLITE_ABORT:
            .passing
        case SQLITE_NOTADB: .notADatabase
        case SQLITE_CORRUPT: .corrupt
        case SQLITE_CONSTRAINT: .constraint
        default: .lasting
        }
    }
}

extension SQLiteError: CustomStringConvertible {
    package var description: String { "\(message) (SQLite code \(extendedCode))" }
}

extension SQLiteError {
    /// Turns a result code into an error; the only place that does.
    ///
    /// Wrong use of the library is an error of this program and traps.
    ///
    /// - Parameter database: The connection that gave the code, for its message; nil when opening
    ///   did not make one.
    static func check(_ result: Int32, on database: OpaquePointer?) throws(SQLiteError) {
        switch result {
        case SQLITE_OK, SQLITE_ROW, SQLITE_DONE:
            return
        case SQLITE_MISUSE, SQLITE_RANGE:
            preconditionFailure("SQLite misused: \(Self(result, on: database))")
        default:
            throw Self(result, on: database)
        }
    }

    private init(_ result: Int32, on database: OpaquePointer?) {
        let extended = database.map { sqlite3_extended_errcode($0) } ?? result
        // The connection remembers its latest failure, which is not always the one at hand.
        let isLatest = extended & 0xff == result & 0xff
        let text =
            isLatest && database != nil ? sqlite3_errmsg(database) : sqlite3_errstr(result)
        self.code = result & 0xff
        self.extendedCode = isLatest ? extended : result
        self.message = text.map { String(cString: $0) } ?? "unknown error"
    }
}
