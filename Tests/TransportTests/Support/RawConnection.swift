import Glibc
import TestSupport

/// A plain TCP connection, for saying what no client library would.
final class RawConnection: Sendable {
    private let descriptor: Int32

    init(_ port: UInt16) throws {
        descriptor = try Loopback.connection(to: port)
        Loopback.limitWaiting(descriptor, seconds: 10)
    }

    /// Takes over a descriptor.
    init(accepted descriptor: Int32) {
        self.descriptor = descriptor
        Loopback.limitWaiting(descriptor, seconds: 10)
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func shrinkReceiveBuffer() {
        var size: Int32 = 128 * 1024
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }

    /// False once the other side has closed; waits 10 ms for it.
    var isOpen: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 10) > 0 else { return true }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) > 0
    }

    /// Bytes that came, at least one; nil at the end of the stream or after 10 s.
    func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    /// So many bytes; nil at the end of the stream or after 10 s.
    func receive(exactly count: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: count)
        guard count > 0 else { return buffer }
        return recv(descriptor, &buffer, count, Int32(MSG_WAITALL)) == count
            ? buffer : nil
    }

    /// Reads until the text appears; what was read.
    func receive(until text: String) -> String {
        var all: [UInt8] = []
        while let bytes = receive() {
            // Only what is new can complete the text.
            let tail = all.suffix(text.utf8.count) + bytes
            all += bytes
            if tail.contains(Array(text.utf8)) { break }
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// Reads to the end of the stream.
    func receiveAll() -> [UInt8] {
        var all: [UInt8] = []
        while let bytes = receive() { all += bytes }
        return all
    }

    /// Shakes hands by hand.
    ///
    /// - Parameter fields: more header lines, each with its end.
    func upgrade(extra: [UInt8] = [], fields: String = "") -> String {
        let head = """
            GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
            Sec-WebSocket-Version: 13\r\n\
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\(fields)\r\n
            """
        send(Array(head.utf8) + extra)
        return receiveHead()
    }

    /// Reads the head of an answer and nothing behind it.
    func receiveHead() -> String {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8), let byte = receive(exactly: 1) {
            head += byte
        }
        return String(decoding: head, as: UTF8.self)
    }

    /// Reads one frame of a server.
    func receiveServerFrame() -> (first: UInt8, payload: [UInt8])? {
        guard let head = receive(exactly: 2), head[1] & 0x80 == 0 else { return nil }
        var count = Int(head[1])
        if count >= 126 {
            guard let long = receive(exactly: count == 126 ? 2 : 8) else { return nil }
            count = long.reduce(0) { $0 << 8 | Int($1) }
        }
        return receive(exactly: count).map { (head[0], $0) }
    }
}

/// A client's frame by hand (RFC 6455 §5.2), masked with a fixed key unless told otherwise.
func clientFrame(_ first: UInt8, _ payload: [UInt8], masked: Bool = true) -> [UInt8] {
    precondition(payload.count < 65_536)
    let flag: UInt8 = masked ? 0x80 : 0
    var frame: [UInt8] = [first]
    if payload.count < 126 {
        frame.append(flag | UInt8(payload.count))
    } else {
        frame += [flag | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    }
    guard masked else { return frame + payload }
    let key: [UInt8] = [1, 2, 3, 4]
    return frame + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
}
