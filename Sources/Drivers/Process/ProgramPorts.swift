private import CLinux
private import Glibc

/// Ports of the loopback interface for programs, each at once for one.
struct ProgramPorts {
    private let range: ClosedRange<UInt16>
    private var last: UInt16
    private var taken: Set<UInt16> = []

    init(_ range: ClosedRange<UInt16>) {
        self.range = range
        // Two stations of one machine begin at different places.
        let count = Int64(range.count)
        last = range.lowerBound + UInt16(clinux_monotonic_nanoseconds() / 1000 % count)
    }

    /// A port that nobody has, until it is given back; nil when there is none.
    mutating func pick() -> UInt16? {
        for _ in range {
            last = last == range.upperBound ? range.lowerBound : last + 1
            guard !taken.contains(last), Self.isFree(last) else { continue }
            taken.insert(last)
            return last
        }
        return nil
    }

    mutating func giveBack(_ port: UInt16) {
        taken.remove(port)
    }

    /// Whether a program could listen there now.
    static func isFree(_ port: UInt16) -> Bool {
        withSocket { descriptor in
            // As servers do that start again: what remains of old connections is in nobody's way.
            var on: Int32 = 1
            setsockopt(
                descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
            return withAddress(port) { bind(descriptor, $0, $1) } == 0
        }
    }

    /// Whether somebody accepts connections there now.
    static func accepts(_ port: UInt16) -> Bool {
        withSocket { descriptor in
            guard
                withAddress(port, { connect(descriptor, $0, $1) }) == 0
                    || (errno == EINPROGRESS && isConnected(descriptor))
            else { return false }
            // Where nobody listens, Linux may connect a socket with itself.
            var own = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &own) { own in
                own.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    getsockname(descriptor, $0, &size)
                }
            }
            return result == 0 && own.sin_port != port.bigEndian
        }
    }

    /// On the loopback interface a connection is there at once; a server that is too busy for it
    /// is asked again later.
    private static func isConnected(_ descriptor: Int32) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&polled, 1, 5) > 0 else { return false }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 && code == 0
    }

    private static func withSocket(_ body: (Int32) -> Bool) -> Bool {
        let descriptor = socket(
            AF_INET,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
                | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return body(descriptor)
    }

    private static func withAddress(
        _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
