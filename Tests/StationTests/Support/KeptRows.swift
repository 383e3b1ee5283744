import Engine
import Synchronization

/// A store in memory for the tables of game nights, which outlives the core that writes to it.
final class KeptRows: TurnStore {
    private let tables = Mutex<[String: [StoreRow]]>([:])

    private static func keys(of table: String) -> [String] {
        switch table {
        case "counters": ["name"]
        case "night_chats": ["night_id", "number"]
        case "host_logins": ["token_hash"]
        default: ["id"]
        }
    }

    func commit(_ writes: [StoreWrite], whenDurable: @escaping @Sendable () -> Void) {
        tables.withLock { tables in
            for write in writes {
                switch write {
                case .put(let table, let row):
                    let keys = Self.keys(of: table)
                    tables[table, default: []].removeAll { old in
                        keys.allSatisfy { old[$0] == row[$0] }
                    }
                    tables[table, default: []].append(row)
                case .delete(let table, let key):
                    tables[table]?.removeAll { old in
                        key.columns.allSatisfy { old[$0.name] == $0.value }
                    }
                }
            }
        }
        whenDurable()
    }

    func rows(_ table: String) -> [StoreRow] { tables.withLock { $0[table] ?? [] } }
}
