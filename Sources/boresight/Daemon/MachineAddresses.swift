import Glibc

/// The addresses under which other machines of the network reach this one.
enum MachineAddresses {
    /// Numeric IPv4 addresses of interfaces that are up, without the loopback, in the kernel's
    /// order. IPv6 is left out: phones on a field network nearly always have IPv4, and a link-local
    /// address would need a scope that no QR code can carry.
    static func all() -> [String] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        var addresses: [String] = []
        var entry = list
        while let interface = entry?.pointee {
            entry = interface.ifa_next
            let flags = interface.ifa_flags
            guard flags & UInt32(IFF_UP) != 0, flags & UInt32(IFF_LOOPBACK) == 0,
                let address = interface.ifa_addr, address.pointee.sa_family == AF_INET
            else { continue }
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let length = socklen_t(MemoryLayout<sockaddr_in>.size)
            guard
                getnameinfo(
                    address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
            else { continue }
            addresses.append(
                String(decoding: text.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self))
        }
        return addresses
    }

    /// Whether a listener on this host is reached from other machines.
    static func isReachable(host: String) -> Bool {
        !(host == "localhost" || host == "::1" || host.hasPrefix("127."))
    }
}
