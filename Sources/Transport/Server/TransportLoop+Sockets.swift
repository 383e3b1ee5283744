import CLinux
import CMicroHTTPD
import Glibc

// WebSockets: what is received, what is sent, and how they end.
extension TransportLoop {
    func upgraded(
        _ request: PendingRequest, socket: Int32, handle: OpaquePointer,
        early: UnsafeRawBufferPointer
    ) {
        guard let receiver = FrameReceiver(.server, messageBytes: limits.messageBytes) else {
            cmhd_close_upgraded(handle)
            return
        }
        var yes: Int32 = 1
        // Over TLS `socket` is the library's, and the client's is behind it.
        setsockopt(
            cmhd_socket(request.connection), Int32(IPPROTO_TCP), TCP_NODELAY, &yes,
            socklen_t(MemoryLayout<Int32>.size))
        _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL, 0) | O_NONBLOCK)
        let connection = WebSocketConnection(
            id: request.id, socket: socket, listener: request.listener, handle: handle,
            receiver: receiver, limits: limits, nextPing: now + limits.pingInterval)
        sockets[connection.id] = connection
        watchSocket(connection)
        inputs.append(.opened(webSocket: connection.id))
        join(connection, cmhd_socket(request.connection))
        // Frames may have come right behind the handshake.
        if !early.isEmpty { receive(early, on: connection) }
    }

    // MARK: Receiving

    func handle(_ events: UInt32, of id: UInt64) {
        guard let socket = sockets[id] else { return }
        if events & EPOLLOUT.rawValue != 0 {
            socket.isBlocked = false
            // Who takes what the kernel had no room for lives.
            if socket.bridge != nil { socket.unansweredPings = 0 }
            rewatch(socket)
            markDirty(socket)
        }
        if events & (EPOLLIN.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 {
            readSome(from: socket)
        }
    }

    /// Reads one buffer; epoll tells again when there is more, so no socket starves the others.
    private func readSome(from socket: WebSocketConnection) {
        let count = recv(socket.socket, readBuffer.baseAddress, readBuffer.count, 0)
        if count > 0 {
            receive(UnsafeRawBufferPointer(rebasing: readBuffer[..<count]), on: socket)
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            drop(socket, code: 1006)
        }
    }

    private func receive(_ bytes: UnsafeRawBufferPointer, on socket: WebSocketConnection) {
        socket.unansweredPings = 0
        let (events, isAlive) = socket.receiver.receive(bytes)
        let isOpen = socket.toldCode == nil && socket.closeBy == nil
        for event in events {
            switch event {
            case .message(let message):
                if isOpen { hear(message, on: socket) }
            case .pong: break
            case .close(let code, _):
                tell(socket, code)
            case .breach:
                _ = socket.receiver.takeReplies()
                close(socket, code: 1002, reason: "protocol error")
            }
        }
        if let bridge = socket.bridge { settle(bridge) }
        let replies = socket.receiver.takeReplies()
        // Behind our own closing frame nothing may follow (RFC 6455 §5.5.1).
        if !replies.isEmpty, isAlive, socket.closeBy == nil {
            socket.queue.appendAlways(WebSocketFrame(encoded: replies))
            markDirty(socket)
        }
        guard isAlive else { return close(socket, code: 1002, reason: "protocol error") }
        guard socket.receiver.hasFinished else { return }
        if socket.receiver.receivedClose, socket.closeBy != nil || replies.isEmpty {
            // Both closing frames have gone, or ours goes with the flush: the conversation is over.
            if socket.queue.isEmpty { drop(socket, code: 1006) }
            return
        }
        tell(socket, socket.receiver.sentCloseCode ?? 1006)
        socket.closeBy = min(socket.closeBy ?? .seconds(Int64.max / 4), now + limits.closeGrace)
    }

    private func hear(_ message: WebSocketMessage, on socket: WebSocketConnection) {
        if let bridge = socket.bridge {
            bridge.carry(message, at: now)
        } else {
            inputs.append(.message(webSocket: socket.id, message))
        }
    }

    // MARK: Sending

    func send(_ frame: WebSocketFrame, to socket: WebSocketConnection) {
        guard socket.closeBy == nil else { return }
        guard socket.queue.append(frame) else {
            // Whoever cannot keep up leaves at once, and is told so if it still reads.
            socket.queue.dropUnsent()
            return close(socket, code: 1013, reason: "too slow")
        }
        markDirty(socket)
    }

    func close(_ socket: WebSocketConnection, code: UInt16, reason: String) {
        guard socket.closeBy == nil else { return }
        socket.closeBy = now + limits.closeGrace
        socket.queue.appendAlways(.close(code, reason))
        tell(socket, code)
        markDirty(socket)
    }

    func markDirty(_ socket: WebSocketConnection) {
        guard !socket.isDirty, !socket.isBlocked else { return }
        socket.isDirty = true
        dirty.append(socket)
    }

    /// One system call for each socket that got something in this turn.
    func flushDirty() {
        // What leaves makes room, and with it may come the end of a bridge.
        while !dirty.isEmpty {
            var batch: [WebSocketConnection] = []
            swap(&batch, &dirty)
            for socket in batch {
                socket.isDirty = false
                if sockets[socket.id] === socket { flush(socket) }
            }
        }
    }

    private func flush(_ socket: WebSocketConnection) {
        switch socket.queue.flush(to: socket.socket) {
        case .empty:
            if socket.closeBy != nil, socket.receiver.receivedClose { drop(socket, code: 1006) }
        case .blocked:
            socket.isBlocked = true
            rewatch(socket)
        case .broken: drop(socket, code: 1006)
        }
        if let bridge = socket.bridge { settle(bridge) }
    }

    // MARK: Ending

    func keepAlive(_ socket: WebSocketConnection) {
        if let closeBy = socket.closeBy {
            if closeBy <= now { drop(socket, code: 1006) }
            return
        }
        guard socket.nextPing <= now else { return }
        socket.nextPing = now + limits.pingInterval
        // Who is not read cannot be heard answering.
        if !socket.isPaused {
            guard socket.unansweredPings < limits.missedPongs else {
                return drop(socket, code: 1006)
            }
            socket.unansweredPings += 1
        }
        // Behind what waits a second ping would tell nothing.
        if socket.bridge != nil, socket.isBlocked { return }
        socket.queue.appendAlways(.ping)
        markDirty(socket)
    }

    /// Tells the core once that a socket has ended.
    private func tell(_ socket: WebSocketConnection, _ code: UInt16) {
        guard socket.toldCode == nil else { return }
        socket.toldCode = code
        if let bridge = socket.bridge { part(socket, bridge) }
        inputs.append(.closed(webSocket: socket.id, code: code))
    }

    func drop(_ socket: WebSocketConnection, code: UInt16) {
        guard sockets.removeValue(forKey: socket.id) != nil else { return }
        tell(socket, code)
        unwatch(socket)
        socket.release()
    }
}
