import Foundation
import TestSupport

/// A listening socket that accepts nobody and whose queue is full: connecting to it hangs.
final class FullBacklog {
    let port: UInt16
    private let descriptor: Int32
    private var fillers: [Int32] = []

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = self.descriptor
        var made: [Int32] = []
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(descriptor, address, size) == 0, listen(descriptor, 0) == 0,
                    getsockname(descriptor, address, &size) == 0
                else { return false }
                for _ in 0..<4 {
                    let filler = socket(AF_INET, kind, 0)
                    _ = connect(filler, address, size)
                    made.append(filler)
                }
                return true
            }
        }
        guard isListening else { throw ChildProcess.Failure(description: "cannot listen") }
        fillers = made
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        fillers.forEach { close($0) }
        close(descriptor)
    }
}
