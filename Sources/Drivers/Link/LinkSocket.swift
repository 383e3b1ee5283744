private import CLinux
private import Glibc

/// One non-blocking TCP socket; owns the descriptor.
struct LinkSocket: ~Copyable {
    /// What a read or write came to.
    enum Outcome {
        case bytes(Int)
        /// Nothing more for now.
        case wait
        case failed(LinkError)
    }

    let descriptor: Int32

    /// Makes a socket for an address of that family.
    init(family: Int32) throws(LinkError) {
        let made = socket(
            family,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
                | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard made >= 0 else { throw LinkError(errno: errno) }
        descriptor = made
        var on: Int32 = 1
        setsockopt(made, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        close(descriptor)
    }

    /// Hands the descriptor over to the caller, open.
    consuming func release() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }

    /// Begins to connect; the socket becomes writable when that has ended either way.
    borrowing func connect(to address: LinkAddress) throws(LinkError) {
        let code = address.connect(descriptor)
        guard code == 0 || code == EINPROGRESS else { throw LinkError(errno: code) }
    }

    /// How the connecting ended, once the socket is writable.
    borrowing func connectResult() -> LinkError? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else {
            return LinkError(errno: errno)
        }
        return code == 0 ? nil : LinkError(errno: code)
    }

    borrowing func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .failed(.ended) }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .wait : .failed(LinkError(errno: errno))
        }
    }

    borrowing func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        while true {
            let count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count >= 0 { return .bytes(count) }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .wait : .failed(LinkError(errno: errno))
        }
    }
}

extension LinkError {
    /// The error of a socket call.
    init(errno code: Int32) {
        switch code {
        case ECONNREFUSED: self = .refused
        case ETIMEDOUT: self = .timedOut
        case ECONNRESET, EPIPE, ECONNABORTED: self = .reset
        default: self = .other(code)
        }
    }
}
