import Engine

/// Links entries by digests, so that whoever changes, removes or moves one breaks every later link.
///
/// An entry's digest is the SHA-256 of the digest of the entry before (32 zero bytes before the
/// first) and the entry's columns in the order of the table, from `number` to `organization_id`: an
/// integer as eight bytes, the highest first; a text as its length in bytes, which are four, the
/// highest first, and its UTF-8; null as four bytes of ones.
package struct AuditChain: Sendable {
    /// The digest and number of the last entry.
    package private(set) var last = AuditChain.beginning
    package private(set) var number: Int64 = 0

    package static let beginning = [UInt8](repeating: 0, count: SHA256.byteCount)

    package init() {}

    /// Goes on behind an entry.
    package init(behind entry: AuditEntry) {
        last = entry.digest
        number = entry.number
    }

    /// - Parameter number: greater than that of the last one.
    mutating func link(_ event: AuditEvent, number: Int64, at time: UTCTime) -> AuditEntry {
        let entry = AuditEntry(
            number: number, time: time, event: event, previous: last,
            digest: Self.digest(number, time, event, after: last))
        self = AuditChain(behind: entry)
        return entry
    }

    /// The digest that the entry must have.
    static func digest(of entry: AuditEntry) -> [UInt8] {
        digest(entry.number, entry.time, entry.event, after: entry.previous)
    }

    private static func digest(
        _ number: Int64, _ time: UTCTime, _ event: AuditEvent, after previous: [UInt8]
    ) -> [UInt8] {
        SHA256.hash(previous + bytes(AuditEntry.columns(number, time, event).map(\.value)))
    }

    private static func bytes(_ values: [StoreValue]) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values {
            switch value {
            case .integer(let integer): append(UInt64(bitPattern: integer), to: &bytes)
            case .text(let text):
                append(UInt32(clamping: text.utf8.count), to: &bytes)
                bytes.append(contentsOf: text.utf8)
            case .null: append(UInt32.max, to: &bytes)
            case .real, .blob: preconditionFailure("an entry has no such column")
            }
        }
        return bytes
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
