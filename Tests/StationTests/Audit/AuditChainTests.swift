import Engine
@testable import Station
import Testing

/// The digests, as other programs are told to make them.
@Suite struct AuditChainTests {
    @Test func `the digest is that of the documented bytes`() {
        var event = AuditEvent("pair_rotor")
        event.user = "u"
        event.userEmail = "ü@b"
        event.isSuccess = false
        event.session = ""
        var chain = AuditChain()
        let entry = chain.link(event, number: 258, at: UTCTime(nanoseconds: -1))
        let null: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
        func text(_ text: String) -> [UInt8] {
            [0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8)
        }
        var bytes = [UInt8](repeating: 0, count: 32)
        bytes += [0, 0, 0, 0, 0, 0, 1, 2]
        bytes += [UInt8](repeating: 0xFF, count: 8)
        bytes += text("u") + text("ü@b") + text("") + text("pair_rotor") + text("") + text("")
        bytes += text("") + [UInt8](repeating: 0, count: 8)
        bytes += null + null + text("") + null
        #expect(entry.digest == SHA256.hash(bytes))
        #expect(entry.previous == AuditChain.beginning)
        #expect(chain.last == entry.digest)
        #expect(chain.number == 258)
    }

    @Test func `an entry is linked to the one before, and reads back from its row`() {
        var chain = AuditChain()
        let first = chain.link(AuditEvent("a"), number: 1, at: UTCTime(nanoseconds: 1))
        let second = chain.link(AuditEvent("a"), number: 2, at: UTCTime(nanoseconds: 1))
        #expect(second.previous == first.digest)
        #expect(second.digest != first.digest)
        #expect(AuditEntry.stored(second.row) == second)
        #expect(AuditEntry.columnNames == second.row.columns.map(\.name))
    }
}
