import CLinux
import Glibc

/// Opens listening sockets. The caller owns the descriptor.
enum ListeningSocket {
    static func open(
        _ configuration: ListenerConfiguration
    ) throws(TransportError) -> (descriptor: Int32, address: BoundAddress) {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let host = configuration.host
        let code = getaddrinfo(host, String(configuration.port), &hints, &list)
        guard code == 0, let first = list else {
            throw .cannotResolve(host: host, reason: String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(first) }
        let descriptor = socket(
            first.pointee.ai_family,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
                | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw .noResources(reason: String(cString: strerror(errno))) }
        var yes: Int32 = 1
        setsockopt(
            descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0,
            listen(descriptor, SOMAXCONN) == 0
        else {
            let reason = String(cString: strerror(errno))
            Glibc.close(descriptor)
            throw .cannotListen(host: host, port: configuration.port, reason: reason)
        }
        let address = BoundAddress(
            host: host, port: boundPort(of: descriptor) ?? configuration.port,
            isSecure: configuration.tls != nil)
        return (descriptor, address)
    }

    private static func boundPort(of descriptor: Int32) -> UInt16? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        guard code == 0 else { return nil }
        return withUnsafePointer(to: &storage) { pointer -> UInt16 in
            // sockaddr_in and sockaddr_in6 have the port in the same place.
            pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                UInt16(bigEndian: $0.pointee.sin_port)
            }
        }
    }
}
