private import CLinux
private import Glibc

/// One socket address of a host, as the system's resolver gives it.
struct LinkAddress: Sendable, Equatable {
    /// `AF_INET` or `AF_INET6`.
    let family: Int32
    /// The bytes of a `sockaddr_in` or `sockaddr_in6`.
    private let bytes: [UInt8]

    /// All addresses of a host, in the resolver's order; empty when there are none.
    ///
    /// - Parameter isNumeric: never asks a name server, and so never waits.
    static func resolve(
        host: String, port: UInt16, isNumeric: Bool, limit: Int
    ) -> [LinkAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV | (isNumeric ? AI_NUMERICHOST : 0)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [LinkAddress] = []
        var next = list
        while let entry = next?.pointee, addresses.count < limit {
            if let address = entry.ai_addr {
                let raw = UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen))
                addresses.append(LinkAddress(family: entry.ai_family, bytes: Array(raw)))
            }
            next = entry.ai_next
        }
        return addresses
    }

    /// Begins to connect a non-blocking socket; the result is zero or an `errno`.
    func connect(_ descriptor: Int32) -> Int32 {
        let result = bytes.withUnsafeBytes { raw in
            raw.withMemoryRebound(to: sockaddr.self) { address in
                Glibc.connect(descriptor, address.baseAddress, socklen_t(raw.count))
            }
        }
        return result == 0 ? 0 : errno
    }
}
