import CLinux
import Glibc

/// A TCP connection to a port of this machine, which never blocks.
///
/// Owns its descriptor. What the port does not take at once waits here, as much as is written.
struct PortSocket: ~Copyable {
    /// Why there is no connection.
    struct Failure: Error {
        let reason: String

        init(_ code: Int32) {
            reason = String(cString: strerror(code))
        }

        init(reason: String) {
            self.reason = reason
        }
    }

    enum Reading {
        case bytes(UnsafeRawBufferPointer)
        case nothing
        /// The port has closed its side, or the connection is broken.
        case end
    }

    let descriptor: Int32
    private var outbound = OutQueue(bytesMax: 0, framesMax: 0)
    /// The port takes nothing any more; what is written from now on is lost.
    private var isDeaf = false

    /// Begins to connect; once writable, the socket has a `problem` or is connected.
    init(connectingTo host: String, _ port: UInt16) throws(Failure) {
        descriptor = try Self.connect(host, port)
    }

    deinit {
        Glibc.close(descriptor)
    }

    private static func connect(_ host: String, _ port: UInt16) throws(Failure) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let first = list else {
            throw Failure(reason: "\(host) is not a numeric address")
        }
        defer { freeaddrinfo(first) }
        let descriptor = socket(
            first.pointee.ai_family,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
                | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(errno) }
        // Keys and pointer moves are small and must not wait for each other.
        var yes: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes,
            socklen_t(MemoryLayout<Int32>.size))
        let code = Glibc.connect(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen)
        guard code == 0 || errno == EINPROGRESS else {
            let failure = Failure(errno)
            Glibc.close(descriptor)
            throw failure
        }
        return descriptor
    }

    /// Why the connection could not be made; asked once.
    var problem: Failure? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return code == 0 ? nil : Failure(code)
    }

    var waitingBytes: Int { outbound.waitingBytes }

    /// Adds bytes behind those that wait; `flush` sends them.
    mutating func write(_ bytes: [UInt8]) {
        guard !isDeaf, !bytes.isEmpty else { return }
        outbound.appendAlways(WebSocketFrame(encoded: bytes))
    }

    mutating func flush() {
        guard !outbound.isEmpty, case .broken = outbound.flush(to: descriptor) else { return }
        isDeaf = true
        outbound.dropAll()
    }

    /// - Parameter buffer: keeps the bytes.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return .bytes(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
        return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .end
    }

    /// Tells the port that nothing more comes.
    mutating func endWriting() {
        guard !isDeaf else { return }
        isDeaf = true
        Glibc.shutdown(descriptor, Int32(SHUT_WR))
    }
}
