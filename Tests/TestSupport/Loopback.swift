private import CLinux
import Foundation
import Glibc

/// Ports of the loopback interface.
package enum Loopback {
    /// A port that nobody uses, and that the kernel gives to no connection: what is started again
    /// on its port must find it free.
    package static func freePort() throws -> UInt16 {
        for _ in 0..<1000 {
            let port = UInt16.random(in: belowConnections)
            if isFree(port) { return port }
        }
        throw ChildProcess.Failure(description: "no port is free in \(belowConnections)")
    }

    /// Connections get theirs from 32768 on (ip_local_port_range).
    private static let belowConnections: ClosedRange<UInt16> = 16_384...32_767

    private static func isFree(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// Whether this process sees no other network interface: `./dev offline`.
    package static var isAlone: Bool {
        let table = (try? String(contentsOfFile: "/proc/self/net/dev", encoding: .utf8)) ?? ""
        let names = table.split(separator: "\n").dropFirst(2).compactMap {
            $0.split(separator: ":").first?.trimmingCharacters(in: .whitespaces)
        }
        return names == ["lo"]
    }

    /// Whether a connection to the port is accepted.
    package static func accepts(_ port: UInt16) -> Bool {
        guard let descriptor = try? connection(to: port) else { return false }
        close(descriptor)
        return true
    }

    /// The descriptor of a connection to the port.
    package static func connection(to port: UInt16) throws -> Int32 {
        let descriptor = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isOpen = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isOpen else {
            close(descriptor)
            throw ChildProcess.Failure(description: "nobody listens on port \(port)")
        }
        return descriptor
    }

    /// Lets nobody wait longer for what comes, or for who comes, at a socket.
    package static func limitWaiting(_ descriptor: Int32, seconds: Int) {
        // A `struct timeval` of this system; its name is hidden where Swift's overlay has one too.
        var limit = [seconds, 0]
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(2 * MemoryLayout<Int>.size))
    }
}
