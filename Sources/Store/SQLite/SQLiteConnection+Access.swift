private import CSQLite

extension SQLiteConnection.Access {
    var flags: Int32 {
        switch self {
        case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .readOnly: SQLITE_OPEN_READONLY
        case .foreign: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        }
    }

    /// How SQLite is told the file. <https://www.sqlite.org/uri.html>
    func name(_ path: String) -> String {
        guard case .foreign = self else { return path }
        let plain = path.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "%"): "%25"
            case UInt8(ascii: "?"): "%3f"
            case UInt8(ascii: "#"): "%23"
            default: nil as String?
            }
        }
        let bytes = zip(path.utf8, plain).flatMap { byte, escape in
            escape.map { Array($0.utf8) } ?? [byte]
        }
        // Two slashes in front would name a host.
        let folder = path.hasPrefix("/") ? "//" : ""
        return "file:" + folder + String(decoding: bytes, as: UTF8.self) + "?immutable=1"
    }
}

/// Ends statements that take too many steps. <https://www.sqlite.org/c3ref/progress_handler.html>
final class StepCounter {
    private let most: Int
    private var left: Int

    /// Steps between two looks at the counter.
    private static let stride: Int32 = 1000

    private init(most: Int) {
        self.most = most
        left = most
    }

    /// Sets the bounds of a connection, which must not outlive what is given back; nil for none.
    static func bounding(
        _ database: OpaquePointer, _ access: SQLiteConnection.Access
    ) throws(SQLiteError) -> StepCounter? {
        guard case .foreign(let steps, let valueBytes) = access else { return nil }
        sqlite3_limit(database, SQLITE_LIMIT_LENGTH, Int32(clamping: valueBytes))
        let counter = StepCounter(most: steps)
        sqlite3_progress_handler(
            database, stride,
            { context in
                guard let context else { return 1 }
                let counter = Unmanaged<StepCounter>.fromOpaque(context).takeUnretainedValue()
                counter.left -= Int(StepCounter.stride)
                return counter.left > 0 ? 0 : 1
            }, Unmanaged.passUnretained(counter).toOpaque())
        // Without a map in memory a file that is cut meanwhile is an error and no signal.
        let script =
            "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; "
            + "PRAGMA mmap_size = 0; PRAGMA query_only = ON"
        try SQLiteError.check(sqlite3_exec(database, script, nil, nil, nil), on: database)
        return counter
    }

    /// Gives the next statement all steps.
    func begin() {
        left = most
    }
}
