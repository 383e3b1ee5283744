import Engine
@testable import Station
import Testing

/// What a check of stored entries finds.
@Suite struct AuditCheckTests {
    /// Rows of so many linked entries, one a second.
    private static func rows(_ count: Int64, from first: Int64 = 1) -> [StoreRow] {
        var chain = AuditChain()
        return (1...count).compactMap { number in
            var event = AuditEvent("point_rotor")
            event.user = "u\(number)"
            event.userEmail = "eva@b"
            event.api = "pairing"
            event.resource = "rotor:1"
            event.details = "azimuth 10, grüße"
            event.address = "127.0.0.1"
            event.isSuccess = number % 2 == 0
            event.endReason = number % 3 == 0 ? "released" : nil
            event.device = number % 3 == 1 ? nil : "d1"
            event.session = "s1"
            event.organization = number == 2 ? "o1" : nil
            let entry = chain.link(
                event, number: number, at: UTCTime(nanoseconds: number * 1_000_000_000))
            return number < first ? nil : entry.row
        }
    }

    /// - Parameter counted: what the counter says; that of the last row when it is not given.
    private static func fault(_ rows: [StoreRow], counted: Int64? = nil) -> AuditCheck.Fault? {
        fault(rows, counter: counted ?? rows.last?.integer("number"))
    }

    private static func fault(_ rows: [StoreRow], counter: Int64?) -> AuditCheck.Fault? {
        var check = AuditCheck()
        do throws(AuditCheck.Fault) {
            for row in rows { try check.take(row) }
            try check.finish(counted: counter)
            return nil
        } catch {
            return error
        }
    }

    private static func row(_ row: StoreRow, _ name: String, _ value: StoreValue) -> StoreRow {
        StoreRow(
            columns: row.columns.map { $0.name == name ? .init(name: name, value: value) : $0 })
    }

    /// Everything that a value may have become.
    private static func others(_ value: StoreValue) -> [StoreValue] {
        switch value {
        case .null: [.text(""), .integer(0), .blob([])]
        case .integer(let value):
            [.integer(value + 1), .integer(-value), .text(String(value)), .real(1), .null]
                .filter { $0 != .integer(value) }
        case .text(let text):
            [.text(text + "x"), .text(String(text.dropFirst())), .blob(Array(text.utf8)), .null]
                + (0..<text.utf8.count).compactMap { index in
                    var bytes = Array(text.utf8)
                    bytes[index] ^= 1
                    return String(validating: bytes, as: UTF8.self).map { .text($0) }
                }
        case .blob(let bytes):
            bytes.indices.map { index in
                var bytes = bytes
                bytes[index] ^= 0x80
                return .blob(bytes)
            } + [.blob(Array(bytes.dropLast())), .text("x"), .null]
        case .real: []
        }
    }

    @Test func `an untouched chain has no fault`() {
        #expect(Self.fault(Self.rows(5)) == nil)
        #expect(Self.fault([], counted: nil) == nil)
        #expect(Self.fault([], counted: 0) == nil)
    }

    @Test func `every other value in any column of any row is found at that row or the next`() {
        let rows = Self.rows(5)
        var tried = 0
        for (index, row) in rows.enumerated() {
            for column in row.columns {
                for value in Self.others(column.value) {
                    var changed = rows
                    changed[index] = Self.row(row, column.name, value)
                    let fault = Self.fault(changed, counted: 5)
                    let number = Int64(index + 1)
                    let isNumber = column.name == "number"
                    #expect(
                        isNumber ? fault != nil : fault?.number == number,
                        "\(column.name) \(value) of entry \(number): \(String(describing: fault))")
                    tried += 1
                }
            }
        }
        #expect(tried > 800)
    }

    @Test func `a fault says what is wrong, and the time of its entry`() {
        var rows = Self.rows(3)
        rows[1] = Self.row(rows[1], "details", .text("nothing"))
        let changed = Self.fault(rows)
        #expect(changed?.description == "its digest does not match what it says")
        #expect(changed?.time == UTCTime(nanoseconds: 2_000_000_000))
        rows[1] = Self.row(rows[1], "details", .null)
        #expect(Self.fault(rows)?.description == "the row is malformed")
    }

    @Test(arguments: 1...5) func `a row that is gone is missed`(number: Int) {
        var rows = Self.rows(5)
        rows.remove(at: number - 1)
        let fault = Self.fault(rows, counted: 5)
        #expect(fault?.number == Int64(number))
        #expect(fault?.description.hasPrefix("it is missing") == true)
    }

    @Test func `rows that were swapped, renumbered or doubled are found`() {
        var rows = Self.rows(4)
        rows.swapAt(1, 2)
        #expect(Self.fault(rows, counted: 4)?.number == 2)
        // The numbers of two rows are exchanged, so that they come in order.
        var renumbered = Self.rows(4)
        renumbered[1] = Self.row(Self.rows(4)[2], "number", .integer(2))
        renumbered[2] = Self.row(Self.rows(4)[1], "number", .integer(3))
        #expect(Self.fault(renumbered, counted: 4)?.number == 2)
        var doubled = Self.rows(4)
        doubled.insert(doubled[1], at: 2)
        #expect(Self.fault(doubled, counted: 4)?.number == 2)
    }

    @Test func `a chain that somebody began anew behind a removed entry is found`() {
        var rows = Self.rows(3)
        rows.remove(at: 1)
        // What follows is linked to what is left.
        let entry = AuditEntry.stored(rows[0])
        var chain = entry.map { AuditChain(behind: $0) } ?? AuditChain()
        rows[1] = chain.link(AuditEvent("x"), number: 3, at: UTCTime(nanoseconds: 0)).row
        #expect(Self.fault(rows, counted: 3)?.number == 2)
    }

    @Test func `a counter that is gone or lower than the last number is a fault`() {
        let rows = Self.rows(3)
        #expect(Self.fault(rows, counted: 2)?.number == 2)
        #expect(Self.fault(rows, counted: 4)?.number == 4)
        let uncounted = Self.fault(rows, counter: nil)
        #expect(uncounted?.description == "nothing says whether it is missing")
    }

    @Test func `a chain may begin where the last trimming says, and nowhere else`() throws {
        var rows = Self.rows(6, from: 3)
        #expect(Self.fault(rows)?.number == 2, "nothing says that two were dropped")
        let before = try #require(rows.first?.blob("previous"))
        let last = try #require(rows.last.flatMap(AuditEntry.stored))
        var chain = AuditChain(behind: last)
        let trim = chain.link(
            AuditTrim(number: 2, digest: before).event, number: 7, at: UTCTime(nanoseconds: 0))
        rows.append(trim.row)
        #expect(Self.fault(rows) == nil)
        #expect(Self.fault(Array(rows.dropFirst()))?.number == 3, "one more is gone")
        chain = AuditChain(behind: last)
        let other = chain.link(
            AuditTrim(number: 2, digest: last.digest).event, number: 7,
            at: UTCTime(nanoseconds: 0))
        #expect(Self.fault(rows.dropLast() + [other.row])?.number == 2, "another beginning")
    }
}
