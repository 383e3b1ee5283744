private import Glibc

/// An address of the Internet Protocol as bytes: 4, or 16 of version 6.
///
/// An IPv4 address in the clothes of version 6, as a socket for both shows its callers, is the
/// IPv4 address.
struct IPAddress: Sendable, Equatable {
    let bytes: [UInt8]

    private static let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

    /// Reads a numeric address; a zone behind it (`%eth0`) is left away.
    init?(_ text: String) {
        let text = String(text.prefix { $0 != "%" })
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            guard inet_pton(family, text, &bytes) == 1 else { continue }
            let isMapped = bytes.count == 16 && bytes.starts(with: Self.mapped)
            self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
            return
        }
        return nil
    }
}

/// Addresses that begin with the same bits, such as `10.0.0.0/24`.
struct IPPrefix: Sendable, Equatable {
    let address: IPAddress
    let bits: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])),
            let bits = Int(parts[1]), (0...address.bytes.count * 8).contains(bits)
        else { return nil }
        self.address = address
        self.bits = bits
    }

    func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        let whole = bits / 8
        guard other.bytes.prefix(whole) == address.bytes.prefix(whole) else { return false }
        guard bits % 8 > 0 else { return true }
        return (other.bytes[whole] ^ address.bytes[whole]) >> (8 - bits % 8) == 0
    }
}
