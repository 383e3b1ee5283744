import Foundation
import Synchronization
import TestSupport

/// A listening socket of a test, with one peer at a time; blocking calls on the test's thread.
final class LoopbackListener {
    let port: UInt16
    private let descriptor: Int32
    private var peer: Int32 = -1

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard isListening else { throw ChildProcess.Failure(description: "cannot listen") }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        if peer >= 0 { close(peer) }
        close(descriptor)
    }

    func accept() throws {
        if peer >= 0 { close(peer) }
        peer = Foundation.accept(descriptor, nil, nil)
        guard peer >= 0 else { throw ChildProcess.Failure(description: "nobody connected") }
    }

    func send(_ text: String) {
        let bytes = bytes(text)
        _ = Foundation.send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Reads until `count` bytes have come.
    func receive(_ count: Int) -> [UInt8] {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while received.count < count {
            let count = recv(peer, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            received += buffer[..<count]
        }
        return received
    }

    func closePeer() {
        close(peer)
        peer = -1
    }

    /// Closes so that the other side sees a reset.
    func resetPeer() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(peer, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        closePeer()
    }
}
