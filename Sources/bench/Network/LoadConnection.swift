import CLinux
import Glibc

/// A TCP connection of a load: bytes out and in, without waiting.
final class LoadConnection {
    let descriptor: Int32
    private var unsent: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    private var unread: [UInt8] = []

    /// Connects to a server on this machine.
    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw BenchFailure(description: "cannot connect") }
        var yes: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Shakes hands for a WebSocket (RFC 6455 §4.1) and goes on without waiting.
    func upgrade(_ path: String, token: String) throws {
        write(
            """
            GET \(path) HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer \(token)\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r

            """)
        let end = Array("\r\n\r\n".utf8)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw BenchFailure(description: "no handshake") }
            unread += buffer[..<count]
            guard let head = unread.indices.first(where: { unread[$0...].starts(with: end) })
            else { continue }
            guard unread.starts(with: Array("HTTP/1.1 101".utf8)) else {
                throw BenchFailure(
                    description: String(decoding: unread[..<head], as: UTF8.self))
            }
            unread.removeFirst(head + end.count)
            break
        }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL, 0) | O_NONBLOCK)
    }

    func write(_ text: String) {
        write(Array(text.utf8))
    }

    func write(_ bytes: [UInt8]) {
        unsent += bytes
        flush()
    }

    /// Pings are empty here; a client's frames are masked.
    func answerPing() { write([0x8A, 0x80, 0, 0, 0, 0]) }

    /// Sends what the kernel takes.
    func flush() {
        while !unsent.isEmpty {
            let count = send(descriptor, unsent, unsent.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { return }
            unsent.removeFirst(count)
        }
    }

    /// Reads once and hands over what is there; the consumer says how much of it is done with.
    ///
    /// - Returns: false when the other side has gone.
    func read(_ consume: (UnsafeBufferPointer<UInt8>) -> Int) -> Bool {
        let kept = unread.count
        if kept > 0 { buffer.replaceSubrange(0..<kept, with: unread) }
        let room = buffer.count - kept
        let count = buffer.withUnsafeMutableBytes { bytes in
            recv(
                descriptor, bytes.baseAddress.map { $0 + kept }, room, Int32(MSG_DONTWAIT))
        }
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        let filled = kept + count
        let used = buffer.withUnsafeBufferPointer {
            consume(UnsafeBufferPointer(rebasing: $0[..<filled]))
        }
        unread = Array(buffer[used..<filled])
        return true
    }
}
