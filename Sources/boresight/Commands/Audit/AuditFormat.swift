import Engine
import JSON
import Station

/// How exported entries are written: every column by its name in the table, and the time besides
/// as people read it.
enum AuditFormat: String, TextChoice {
    case jsonl
    case csv

    private static let time = "time"

    /// What stands before the entries.
    var header: String {
        switch self {
        case .jsonl: ""
        case .csv: Self.line(["number", Self.time] + AuditEntry.columnNames.dropFirst())
        }
    }

    func text(_ row: StoreRow, _ time: UTCTime) -> String {
        let time = StoreRow.Column(name: Self.time, value: .text(time.text(.microseconds)))
        let columns = Array(row.columns.prefix(1)) + [time] + Array(row.columns.dropFirst())
        switch self {
        case .jsonl:
            let members = columns.map {
                JSONObject.Member(key: $0.name, value: Self.json($0.value))
            }
            return JSONValue.object(JSONObject(members)).text + "\n"
        case .csv: return Self.line(columns.map { Self.cell($0.value) })
        }
    }

    private static func json(_ value: StoreValue) -> JSONValue {
        switch value {
        case .null: .null
        case .integer(let integer): .integer(integer)
        case .real(let real): .number(real)
        case .text(let text): .string(text)
        case .blob(let bytes): .string(bytes.hexadecimal)
        }
    }

    private static func cell(_ value: StoreValue) -> String {
        switch value {
        case .null: ""
        case .integer(let integer): String(integer)
        case .real(let real): String(real)
        case .text(let text): text
        case .blob(let bytes): bytes.hexadecimal
        }
    }

    /// A record of RFC 4180.
    private static func line(_ cells: [String]) -> String {
        cells.map { cell in
            let isPlain = cell.utf8.allSatisfy { byte in
                byte >= 0x20 && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"")
            }
            return isPlain
                ? cell
                : "\""
                    + cell.split(
                        separator: "\"", omittingEmptySubsequences: false
                    ).joined(separator: "\"\"") + "\""
        }.joined(separator: ",") + "\r\n"
    }
}
