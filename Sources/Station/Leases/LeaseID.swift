/// A lease's identifier in 16 bytes; a UUID in its canonical spelling (RFC 9562 §4).
struct LeaseID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// Nil for a text that is no UUID in small letters.
    init?(_ text: String) {
        var digits: [UInt64] = []
        for (index, byte) in text.utf8.enumerated() {
            if Self.hyphens.contains(index) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(UInt64(byte & 0xF))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digits.append(UInt64(byte & 0xF) + 9)
            default: return nil
            }
            guard digits.count <= 32 else { return nil }
        }
        guard digits.count == 32 else { return nil }
        high = digits[..<16].reduce(0) { $0 << 4 | $1 }
        low = digits[16...].reduce(0) { $0 << 4 | $1 }
    }

    private static let hyphens = [8, 13, 18, 23]

    var text: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for index in 0..<32 {
            if Self.hyphens.contains(bytes.count) { bytes.append(UInt8(ascii: "-")) }
            let half = index < 16 ? high : low
            let digit = UInt8(half >> UInt64(60 - 4 * (index % 16)) & 0xF)
            bytes.append(digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a"))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
