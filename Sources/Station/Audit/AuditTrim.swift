/// Says behind which entry the chain begins since the oldest ones were dropped.
struct AuditTrim: Sendable, Equatable {
    /// The last one that was dropped.
    let number: Int64
    let digest: [UInt8]

    private static let action = "trim_audit"
    private static let resource = "audit:"

    init(number: Int64, digest: [UInt8]) {
        self.number = number
        self.digest = digest
    }

    /// What an entry says; nil when it says something else.
    init?(_ event: AuditEvent) {
        guard event.action == Self.action, event.api.isEmpty,
            event.resource.hasPrefix(Self.resource),
            let number = Int64(event.resource.dropFirst(Self.resource.count)),
            let digest = Self.bytes(event.details)
        else { return nil }
        self.init(number: number, digest: digest)
    }

    var event: AuditEvent {
        var event = AuditEvent(Self.action)
        event.resource = Self.resource + String(number)
        event.details = digest.hexadecimal
        return event
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8]? {
        let digits = Array(hexadecimal.utf8)
        guard digits.count == 2 * SHA256.byteCount else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { start in
            UInt8(String(decoding: digits[start..<start + 2], as: UTF8.self), radix: 16)
        }
        return bytes.count == SHA256.byteCount ? bytes : nil
    }
}

extension [UInt8] {
    /// Two digits a byte.
    package var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
