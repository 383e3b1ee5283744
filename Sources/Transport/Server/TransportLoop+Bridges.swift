import CLinux
import Glibc

// Bridges: from the port's answer to the last byte for it.
extension TransportLoop {
    // MARK: Making

    func bridge(_ id: UInt64, to plan: BridgePlan) {
        guard waiting[id] != nil, bridges[id] == nil else { return }
        do throws(PortSocket.Failure) {
            let bridge = try Bridge(
                id: id, to: plan, capture: try capture(id, plan), limits: limits, now: now)
            bridges[id] = bridge
            rewatch(bridge)
        } catch {
            inputs.append(.bridgeFailed(request: id, reason: error.reason))
        }
    }

    private func capture(_ id: UInt64, _ plan: BridgePlan) throws(PortSocket.Failure) -> Capture? {
        guard let wanted = plan.capture else { return nil }
        captures = captures ?? CaptureWriter()
        guard let captures else { throw PortSocket.Failure(reason: "no thread for its capture") }
        return Capture(id: id, wanted, writer: captures, bytesMax: limits.captureQueuedBytes)
    }

    private func fail(_ bridge: Bridge, _ reason: String) {
        forget(bridge)
        guard waiting[bridge.id] != nil else { return }
        inputs.append(.bridgeFailed(request: bridge.id, reason: reason))
    }

    /// The port is there: accepts the handshake, unless the core has answered it otherwise.
    private func accept(_ bridge: Bridge) {
        guard let offered = waiting[bridge.id]?.headers else { return forget(bridge) }
        bridge.stage = .joining
        rewatch(bridge)
        var headers = HTTPHeaders()
        // The subprotocol of noVNC and websockify.
        if offered.contains(token: "binary", in: "Sec-WebSocket-Protocol") {
            headers.add("Sec-WebSocket-Protocol", "binary")
        }
        resume(bridge.id, .upgrading(headers))
    }

    /// Gives a new socket its bridge, if it is to have one.
    ///
    /// - Parameter client: the TCP connection, which over TLS is not the socket's own.
    func join(_ socket: WebSocketConnection, _ client: Int32) {
        guard let bridge = bridges[socket.id] else { return }
        var unsent = UInt32(clamping: limits.bridgeUnsentBytes)
        setsockopt(
            client, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &unsent,
            socklen_t(MemoryLayout<UInt32>.size))
        socket.bridge = bridge
        bridge.open(at: now)
        rewatch(bridge)
    }

    /// Lets go the port of a client that left before its handshake's answer; whether it had one.
    func forgetUnjoined(_ id: UInt64) -> Bool {
        guard let bridge = bridges[id], case .joining = bridge.stage else { return false }
        forget(bridge)
        return true
    }

    // MARK: Carrying

    func handlePort(_ events: UInt32, of id: UInt64) {
        guard let bridge = bridges[id] else { return }
        switch bridge.stage {
        case .connecting:
            if let failure = bridge.port.problem {
                fail(bridge, failure.reason)
            } else {
                accept(bridge)
            }
        case .joining: break
        case .open, .ending:
            // Without EPOLLIN among what is wanted an error shows in sending.
            if bridge.wanted & EPOLLIN.rawValue != 0, events != EPOLLOUT.rawValue {
                readSome(from: bridge)
            }
            settle(bridge)
        }
    }

    /// Reads what makes one frame; epoll tells again when there is more.
    private func readSome(from bridge: Bridge) {
        let count = min(limits.bridgeFrameBytes, readBuffer.count)
        switch bridge.port.read(into: UnsafeMutableRawBufferPointer(rebasing: readBuffer[..<count]))
        {
        case .bytes(let bytes):
            // Nobody wants what still comes when the socket is over.
            guard case .open = bridge.stage, let socket = sockets[bridge.id] else { return }
            socket.queue.appendAlways(bridge.carry(bytes, at: now))
            markDirty(socket)
        case .nothing: break
        case .end: bridge.portHasEnded = true
        }
    }

    /// Does what has become possible or due after bytes came, went or ended.
    func settle(_ bridge: Bridge) {
        bridge.port.flush()
        switch bridge.stage {
        case .open:
            guard let socket = sockets[bridge.id] else { break }
            bridge.flow.update(
                waitingForClient: socket.queue.waitingBytes,
                waitingForPort: bridge.port.waitingBytes)
            pause(socket, !bridge.flow.readsClient)
            if bridge.portHasEnded, socket.queue.isEmpty {
                return close(socket, code: 1000, reason: "the other end has closed")
            }
        case .ending where bridge.port.waitingBytes == 0:
            if bridge.portHasEnded { return forget(bridge) }
            bridge.port.endWriting()
        case .connecting, .joining, .ending: break
        }
        rewatch(bridge)
    }

    private func pause(_ socket: WebSocketConnection, _ isPaused: Bool) {
        guard socket.isPaused != isPaused else { return }
        socket.isPaused = isPaused
        rewatch(socket)
    }

    // MARK: Ending

    /// The socket is over: its port still gets what waits for it.
    func part(_ socket: WebSocketConnection, _ bridge: Bridge) {
        socket.bridge = nil
        pause(socket, false)
        report(bridge)
        bridge.end(until: now + limits.closeGrace, at: now)
        settle(bridge)
    }

    private func report(_ bridge: Bridge) {
        inputs.append(
            .bridged(
                webSocket: bridge.id, fromClient: bridge.totals.fromClient,
                toClient: bridge.totals.toClient))
    }

    private func forget(_ bridge: Bridge) {
        // The port's descriptor leaves epoll with its last reference.
        bridges[bridge.id] = nil
    }

    /// What time brings to a bridge.
    func check(_ bridge: Bridge) {
        switch bridge.stage {
        case .connecting(let deadline) where deadline <= now:
            fail(bridge, "no answer within \(limits.bridgeConnectTimeout)")
        case .ending(let deadline) where deadline <= now: forget(bridge)
        case .open: if bridge.totals.isDue(now) { report(bridge) }
        case .connecting, .joining, .ending: break
        }
    }
}
