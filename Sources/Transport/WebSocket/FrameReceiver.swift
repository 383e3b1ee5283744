private import CWslay

/// Turns received bytes into messages, on wslay: unmasking, fragments, control frames, UTF-8.
///
/// It answers pings and closing handshakes by itself; what it wants to send is taken with
/// `takeReplies`. Not thread-safe: one owner.
final class FrameReceiver {
    enum Role {
        case server
        case client
    }

    enum Event {
        case message(WebSocketMessage)
        case pong
        /// The peer's closing frame; 1005 when it gave no code (RFC 6455 §7.1.5).
        case close(code: UInt16, reason: String)
        /// The peer broke the protocol in a way that wslay lets pass.
        case breach
    }

    private var context: wslay_event_context_ptr?
    private let role: Role
    private let random: () -> UInt32
    private var events: [Event] = []
    private var replies: [UInt8] = []
    /// The bytes at hand while wslay reads; nil outside `receive`.
    private var input: UnsafeRawBufferPointer?

    /// - Parameter random: makes mask keys for a client (RFC 6455 §5.3).
    init?(_ role: Role, messageBytes: Int, random: @escaping () -> UInt32 = { 0 }) {
        self.role = role
        self.random = random
        var callbacks = wslay_event_callbacks(
            recv_callback: wslayReads, send_callback: wslaySends, genmask_callback: wslayMasks,
            on_frame_recv_start_callback: nil, on_frame_recv_chunk_callback: nil,
            on_frame_recv_end_callback: nil, on_msg_recv_callback: wslayReceived)
        let me = Unmanaged.passUnretained(self).toOpaque()
        let code =
            role == .server
            ? wslay_event_context_server_init(&context, &callbacks, me)
            : wslay_event_context_client_init(&context, &callbacks, me)
        guard code == 0 else { return nil }
        wslay_event_config_set_max_recv_msg_length(context, UInt64(messageBytes))
    }

    deinit {
        wslay_event_context_free(context)
    }

    /// False when the conversation is broken beyond a closing handshake.
    func receive(_ bytes: UnsafeRawBufferPointer) -> (events: [Event], isAlive: Bool) {
        input = bytes
        let code = wslay_event_recv(context)
        input = nil
        if wslay_event_want_write(context) != 0 { wslay_event_send(context) }
        defer { events = [] }
        return (events, code == 0)
    }

    /// True once no more can come: a closing frame came, or the peer broke the protocol.
    var hasFinished: Bool { wslay_event_get_read_enabled(context) == 0 }

    /// The code of the closing frame that was sent in answer to a breach; nil when there was none.
    var sentCloseCode: UInt16? {
        guard wslay_event_get_close_sent(context) != 0 else { return nil }
        return wslay_event_get_status_code_sent(context)
    }

    /// Whether the peer has sent its closing frame.
    var receivedClose: Bool { wslay_event_get_close_received(context) != 0 }

    /// Frames that must go to the peer.
    func takeReplies() -> [UInt8] {
        defer { replies = [] }
        return replies
    }

    /// Encodes a message as this role sends it; for a client, masked.
    func encode(_ message: WebSocketMessage) -> [UInt8] {
        let (opcode, bytes) =
            switch message {
            case .text(let bytes): (WSLAY_TEXT_FRAME, bytes)
            case .binary(let bytes): (WSLAY_BINARY_FRAME, bytes)
            }
        return encode(opcode, bytes)
    }

    func encodePing() -> [UInt8] { encode(WSLAY_PING, []) }

    private func encode(_ opcode: wslay_opcode, _ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { buffer in
            var message = wslay_event_msg(
                opcode: UInt8(opcode.rawValue), msg: buffer.baseAddress,
                msg_length: buffer.count)
            if wslay_event_queue_msg(context, &message) == 0 { wslay_event_send(context) }
        }
        return takeReplies()
    }

    /// Encodes this role's closing frame.
    func encodeClose(_ code: UInt16, _ reason: String) -> [UInt8] {
        let text = Array(reason.utf8.prefix(123))
        if wslay_event_queue_close(context, code, text, text.count) == 0 {
            wslay_event_send(context)
        }
        return takeReplies()
    }

    // MARK: Called by wslay

    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        guard let input, !input.isEmpty else { return nil }
        let count = min(buffer.count, input.count)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[..<count]))
        self.input = UnsafeRawBufferPointer(rebasing: input[count...])
        return count
    }

    fileprivate func send(_ bytes: UnsafeRawBufferPointer) {
        replies.append(contentsOf: bytes)
    }

    fileprivate func mask(_ buffer: UnsafeMutableRawBufferPointer) {
        for index in buffer.indices { buffer[index] = UInt8(truncatingIfNeeded: random() >> 8) }
    }

    fileprivate func received(_ argument: wslay_event_on_msg_recv_arg) {
        let bytes = Array(UnsafeBufferPointer(start: argument.msg, count: argument.msg_length))
        switch UInt32(argument.opcode) {
        case WSLAY_TEXT_FRAME.rawValue: events.append(.message(.text(bytes)))
        case WSLAY_BINARY_FRAME.rawValue: events.append(.message(.binary(bytes)))
        case WSLAY_PONG.rawValue: events.append(.pong)
        case WSLAY_CONNECTION_CLOSE.rawValue where bytes.count == 1:
            // A code has two bytes (RFC 6455 §5.5.1).
            events.append(.breach)
        case WSLAY_CONNECTION_CLOSE.rawValue:
            let code = argument.status_code == 0 ? 1005 : argument.status_code
            events.append(
                .close(code: code, reason: String(decoding: bytes.dropFirst(2), as: UTF8.self)))
        default: break
        }
    }
}

private func receiver(_ context: UnsafeMutableRawPointer?) -> FrameReceiver? {
    context.map { Unmanaged<FrameReceiver>.fromOpaque($0).takeUnretainedValue() }
}

private func wslayReads(
    _ context: wslay_event_context_ptr?, _ buffer: UnsafeMutablePointer<UInt8>?, _ length: Int,
    _ flags: Int32, _ user: UnsafeMutableRawPointer?
) -> Int {
    let space = UnsafeMutableRawBufferPointer(start: buffer, count: length)
    guard let count = receiver(user)?.read(into: space) else {
        wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK.rawValue)
        return -1
    }
    return count
}

private func wslaySends(
    _ context: wslay_event_context_ptr?, _ bytes: UnsafePointer<UInt8>?, _ length: Int,
    _ flags: Int32, _ user: UnsafeMutableRawPointer?
) -> Int {
    receiver(user)?.send(UnsafeRawBufferPointer(start: bytes, count: length))
    return length
}

private func wslayMasks(
    _ context: wslay_event_context_ptr?, _ buffer: UnsafeMutablePointer<UInt8>?, _ length: Int,
    _ user: UnsafeMutableRawPointer?
) -> Int32 {
    receiver(user)?.mask(UnsafeMutableRawBufferPointer(start: buffer, count: length))
    return 0
}

private func wslayReceived(
    _ context: wslay_event_context_ptr?,
    _ argument: UnsafePointer<wslay_event_on_msg_recv_arg>?, _ user: UnsafeMutableRawPointer?
) {
    if let argument { receiver(user)?.received(argument.pointee) }
}
