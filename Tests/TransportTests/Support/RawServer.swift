import Glibc
import TestSupport
import Testing

@testable import Transport

/// A listening socket whose side of the conversation a test says byte by byte.
final class RawServer: Sendable {
    let port: UInt16
    private let descriptor: Int32

    init(backlog: Int32 = 16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, backlog) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard result else { throw ChildProcess.Failure(description: "cannot listen") }
        port = UInt16(bigEndian: address.sin_port)
        Loopback.limitWaiting(descriptor, seconds: 10)
    }

    deinit {
        close(descriptor)
    }

    /// The next connection; waits for it.
    func accept() throws -> RawConnection {
        let accepted = Glibc.accept(descriptor, nil, nil)
        guard accepted >= 0 else { throw ChildProcess.Failure(description: "nobody came") }
        return RawConnection(accepted: accepted)
    }

    /// Accepts a connection and its handshake, with other header fields than usual when given.
    func acceptSocket(
        accept: String? = nil, extra: String = "Sec-WebSocket-Protocol: game\r\n",
        frames: [UInt8] = []
    ) throws -> RawConnection {
        let connection = try self.accept()
        let request = connection.receive(until: "\r\n\r\n")
        let key = try #require(request.firstMatch(of: /Sec-WebSocket-Key: (\S+)/)).output.1
        let proof = accept ?? WebSocketHandshake.accept(key: String(key))
        let head = """
            HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
            Sec-WebSocket-Accept: \(proof)\r\n\(extra)\r\n
            """
        connection.send(Array(head.utf8) + frames)
        return connection
    }
}

extension RawConnection {
    /// Reads one short frame of a client and takes its mask off.
    func receiveFrame() -> (first: UInt8, payload: [UInt8])? {
        guard let head = receive(exactly: 2), head[1] & 0x80 != 0 else { return nil }
        var count = Int(head[1] & 0x7F)
        if count == 126 {
            guard let long = receive(exactly: 2) else { return nil }
            count = Int(long[0]) << 8 | Int(long[1])
        }
        guard let key = receive(exactly: 4), let masked = receive(exactly: count) else {
            return nil
        }
        return (head[0], masked.enumerated().map { $1 ^ key[$0 & 3] })
    }
}
