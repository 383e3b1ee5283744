/// One WebSocket of the event client: its handshake, its frames and its bytes, without waiting.
///
/// Confined to the client's thread. Whoever reads or writes it gets the events of that, and ends it
/// after a final one.
final class ClientSocket {
    enum Phase {
        /// libcurl connects and encrypts.
        case connecting
        case shaking
        case open
        /// Our closing frame is on its way.
        case closing
    }

    let handle: CurlHandle
    private(set) var phase = Phase.connecting
    private var handshake: ClientHandshake
    private let receiver: FrameReceiver
    private let limits: EventClientLimits
    /// When the handshake must be over, then the next ping, then the end of the closing.
    private(set) var deadline: Duration
    private var greeting: OutQueue
    private var queue: OutQueue
    private var unansweredPings = 0
    /// The connection takes no more bytes now.
    private(set) var isBlocked = false
    /// Bytes may be at hand that no poll tells of, such as in the buffers of TLS.
    var mayHaveMore = false

    init(
        _ handle: CurlHandle, _ handshake: ClientHandshake, deadline: Duration,
        _ limits: EventClientLimits
    ) throws(ClientError) {
        guard
            let receiver = FrameReceiver(
                .client, messageBytes: limits.messageBytes,
                random: { UInt32.random(in: 0...UInt32.max) })
        else { throw .broken(reason: "wslay cannot start") }
        self.handle = handle
        self.handshake = handshake
        self.receiver = receiver
        self.deadline = deadline
        self.limits = limits
        greeting = OutQueue(bytesMax: handshake.request.count, framesMax: 1)
        queue = OutQueue(bytesMax: limits.queuedBytes, framesMax: limits.queuedFrames)
    }

    /// The connection stands: says hello.
    func connected() -> ClientEvent? {
        phase = .shaking
        handle.sendAtOnce()
        greeting.appendAlways(WebSocketFrame(encoded: handshake.request))
        return flush()
    }

    // MARK: Receiving

    /// Reads one buffer.
    func read(into buffer: UnsafeMutableRawBufferPointer, at now: Duration) -> [ClientEvent] {
        mayHaveMore = false
        switch handle.receive(into: buffer) {
        case .nothing: return []
        case .end: return [lost("connection lost")]
        case .bytes(let count):
            mayHaveMore = true
            unansweredPings = 0
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            return phase == .shaking ? shake(bytes, at: now) : receive(bytes)
        }
    }

    private func shake(_ bytes: UnsafeRawBufferPointer, at now: Duration) -> [ClientEvent] {
        do throws(ClientError) {
            guard let frames = try handshake.receive(bytes) else { return [] }
            phase = .open
            deadline = now + limits.pingInterval
            return [.opened] + (frames.withUnsafeBytes { receive($0) })
                + (flush().map { [$0] } ?? [])
        } catch {
            return [.failed(error)]
        }
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) -> [ClientEvent] {
        guard !bytes.isEmpty else { return [] }
        let (received, isAlive) = receiver.receive(bytes)
        var events: [ClientEvent] = []
        for event in received {
            switch event {
            // After our closing frame nobody wants to know.
            case .message(let message): if phase == .open { events.append(.received(message)) }
            case .pong: break
            case .close(let code, let reason): events.append(.closed(code: code, reason: reason))
            case .breach: events.append(.closed(code: 1002, reason: "broken frames"))
            }
            if events.last?.isFinal == true { break }
        }
        // Pongs, or the answer to a closing frame; behind our own nothing may follow.
        let replies = receiver.takeReplies()
        if !replies.isEmpty, phase == .open, let failure = enqueue(replies) {
            return events.last?.isFinal == true ? events : events + [failure]
        }
        if events.last?.isFinal != true, !isAlive || receiver.hasFinished {
            let code = receiver.sentCloseCode ?? 1002
            events.append(.closed(code: code, reason: Self.breach(code)))
        }
        return events
    }

    private static func breach(_ code: UInt16) -> String {
        switch code {
        case 1007: "a text is not UTF-8"
        case 1009: "a message is too large"
        default: "broken frames"
        }
    }

    // MARK: Sending

    func send(_ message: WebSocketMessage) -> ClientEvent? {
        guard phase != .closing else { return nil }
        return enqueue(receiver.encode(message))
    }

    /// Begins the closing handshake of an open socket.
    func close(_ code: UInt16, at now: Duration) -> ClientEvent? {
        guard phase == .open else { return nil }
        phase = .closing
        deadline = now + limits.closeGrace
        // One that does not go on the wire (RFC 6455 §7.4.1) has a neighbour that does.
        var frame = receiver.encodeClose(code, "")
        if frame.isEmpty { frame = receiver.encodeClose(1000, "") }
        queue.appendAlways(WebSocketFrame(encoded: frame))
        return flush()
    }

    private func enqueue(_ bytes: [UInt8]) -> ClientEvent? {
        guard queue.append(WebSocketFrame(encoded: bytes)) else {
            return lost("the server does not read")
        }
        return flush()
    }

    /// Writes what the connection takes; frames wait until it is open.
    func flush() -> ClientEvent? {
        isBlocked = false
        guard phase != .connecting else { return nil }
        for outcome in [write(&greeting), phase == .shaking ? .empty : write(&queue)] {
            switch outcome {
            case .empty: break
            case .blocked: isBlocked = true
            case .broken: return lost("connection lost")
            }
        }
        return nil
    }

    private func write(_ queue: inout OutQueue) -> OutQueue.Outcome {
        queue.flush { bytes in
            do throws(ClientError) { return try handle.send(bytes) } catch { return nil }
        }
    }

    // MARK: Time

    /// What it does when its deadline has come.
    func expire(at now: Duration) -> ClientEvent? {
        switch phase {
        case .connecting, .shaking: return .failed(handshake.failure(.timedOut))
        case .closing: return lost("no answer to the closing frame")
        case .open:
            guard unansweredPings < limits.missedPongs else { return lost("the server is silent") }
            unansweredPings += 1
            deadline = now + limits.pingInterval
            return enqueue(receiver.encodePing())
        }
    }

    private func lost(_ reason: String) -> ClientEvent {
        switch phase {
        case .connecting, .shaking: .failed(handshake.failure(.broken(reason: reason)))
        case .open, .closing: .closed(code: 1006, reason: reason)
        }
    }
}
