import Dispatch
import Engine
import Glibc
import Store
import Testing

/// A process that stores numbered turns as fast as it can, for another to kill.
///
/// Turn n puts a row into two tables, deletes the rows of turn n − `rowsKept` and sets a counter,
/// so that what is on the disk shows whether exactly the turns 1…n are there, each whole.
enum TornProcess {
    static let rowsKept: Int64 = 100
    /// Enough that groups form, few enough that a kill finds most turns unfinished.
    private static let turnsInFlight = 40

    /// Where a process writes the number of each turn that was acknowledged.
    static func acknowledgementsName(round: Int) -> String { "acknowledged-\(round)" }

    /// Stores turns until this process is killed, `microseconds` after the call.
    static func run(directory: String, round: Int, killedAfter microseconds: UInt32) throws {
        let file = open(
            "\(directory)/\(acknowledgementsName(round: round))", O_WRONLY | O_CREAT | O_APPEND,
            0o600)
        precondition(file >= 0)
        DispatchQueue.global().async {
            usleep(microseconds)
            // Not exit: nothing of this process may run any more.
            kill(getpid(), SIGKILL)
        }
        let store = try SQLiteStore(directory: directory)
        let free = DispatchSemaphore(value: turnsInFlight)
        var turn = try lastTurn(in: store)
        while true {
            turn += 1
            free.wait()
            store.commit(writes(ofTurn: turn)) { [turn] in
                // One write(2): a number is in the file whole or not at all.
                let line = "\(turn)\n"
                precondition(write(file, line, line.utf8.count) == line.utf8.count)
                free.signal()
            }
        }
    }

    static func lastTurn(in store: some DurableStore) throws -> Int64 {
        let rows = try store.rows(in: "counters", orderedBy: "name")
        guard case .integer(let turn) = rows.first?["value"] else { return 0 }
        return turn
    }

    /// The rows that must be there after turns 1…`turn`, and no others.
    static func expect(exactlyTurnsTo turn: Int64, in store: some DurableStore) throws {
        let numbers = Array(max(1, turn - rowsKept + 1)..<turn + 1)
        let rotors = try store.rows(in: "rotors", orderedBy: "id")
        #expect(rotors == numbers.map { rotor(ofTurn: $0) }.map(complete))
        let organizations = try store.rows(in: "organizations", orderedBy: "created_ns")
        #expect(organizations == numbers.map { organization(ofTurn: $0) })
    }

    private static func writes(ofTurn turn: Int64) -> [StoreWrite] {
        [
            .put(table: "rotors", row: rotor(ofTurn: turn)),
            .delete(table: "rotors", key: ["id": .integer(turn - rowsKept)]),
            .put(table: "organizations", row: organization(ofTurn: turn)),
            .delete(table: "organizations", key: ["id": .text("\(turn - rowsKept)")]),
            .put(table: "counters", row: ["name": .text("turn"), "value": .integer(turn)]),
        ]
    }

    private static func organization(ofTurn turn: Int64) -> StoreRow {
        ["id": .text("\(turn)"), "name": .text("name \(turn)"), "created_ns": .integer(turn)]
    }

    /// Of different sizes, so that turns end in the middle of pages.
    private static func rotor(ofTurn turn: Int64) -> StoreRow {
        [
            "id": .integer(turn), "name": .text("rotor \(turn)"),
            "settings": .text(String(repeating: "\(turn),", count: Int(turn % 300))),
            "mode": .text("stop"),
        ]
    }

    private static func complete(_ rotor: StoreRow) -> StoreRow {
        StoreRow([
            "id": rotor["id"] ?? .null, "name": rotor["name"] ?? .null,
            "settings": rotor["settings"] ?? .null, "paired_token_hash": .null,
            "mode": rotor["mode"] ?? .null, "target": .null,
            "device_id": .null, "paired_by": .null, "ordered_by": .null,
        ])
    }
}
