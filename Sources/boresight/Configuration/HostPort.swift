/// A host and a TCP port as written: `HOST:PORT`, with brackets around an IPv6 address.
struct HostPort: TextValue, Equatable, CustomStringConvertible {
    static let placeholder = "HOST:PORT"

    /// A name or an address, without brackets.
    let host: String
    let port: UInt16

    init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    init(text: String) throws(TextValueProblem) {
        guard let colon = text.lastIndex(of: ":") else {
            throw TextValueProblem("is not HOST:PORT")
        }
        var host = text[..<colon]
        guard let port = UInt16(text[text.index(after: colon)...]) else {
            throw TextValueProblem("has a port that is not a number from 0 to 65535")
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw TextValueProblem("needs brackets around an IPv6 address, as in [::1]:8473")
        }
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else {
            throw TextValueProblem("has no host name or address before the port")
        }
        self.host = String(host)
        self.port = port
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    var description: String {
        (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
}
