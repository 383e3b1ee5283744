import CCurl
import Glibc

/// A WebSocket to a server, for the command line and for tests.
///
/// libcurl connects and encrypts, wslay speaks RFC 6455. Blocking, and confined to one thread.
package final class WebSocketClient {
    /// What `receive` came back with.
    package enum Event: Sendable, Equatable {
        case message(WebSocketMessage)
        /// 1006 when the connection was lost.
        case closed(code: UInt16, reason: String)
        case timedOut
    }

    private let handle: CurlHandle
    private let receiver: FrameReceiver
    private var events: [Event] = []
    private var ending: Event?
    private var hasSentClose = false
    private var lastHeard = MonotonicClock.now()
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

    /// Connects and shakes hands.
    ///
    /// - Parameters:
    ///   - url: `ws:`, `wss:`, `http:` or `https:`.
    ///   - caFile: a PEM file of the authority to trust instead of the system's.
    package init(
        _ url: String, headers: HTTPHeaders = HTTPHeaders(), caFile: String? = nil,
        timeout: Duration = .seconds(10), limits: ClientLimits = ClientLimits()
    ) throws(ClientError) {
        let address = try WebSocketAddress(url)
        handle = try CurlHandle()
        guard
            let receiver = FrameReceiver(
                .client, messageBytes: limits.messageBytes,
                random: { UInt32.random(in: 0...UInt32.max) })
        else { throw .broken(reason: "wslay cannot start") }
        self.receiver = receiver
        try handle.prepare(url: address.httpURL, timeout: timeout, trust: caFile)
        try handle.prepareSocket()
        try handle.check(curl_easy_perform(handle.pointer))
        handle.sendAtOnce()
        let handshake = ClientHandshake(address, headers, headBytes: limits.headBytes)
        try shakeHands(handshake, timeout: timeout)
    }

    package func send(_ message: WebSocketMessage) throws(ClientError) {
        try write(receiver.encode(message))
    }

    package func send(_ text: String) throws(ClientError) {
        try send(.text(Array(text.utf8)))
    }

    /// Waits for the next message or the end; pings are answered on the way.
    package func receive(timeout: Duration) throws(ClientError) -> Event {
        let deadline = MonotonicClock.now() + timeout
        while true {
            if !events.isEmpty { return events.removeFirst() }
            if let ending { return ending }
            let rest = deadline - MonotonicClock.now()
            guard rest > .zero else { return .timedOut }
            try readSome(within: rest)
        }
    }

    /// How long the server has said nothing at all, pings included.
    package var silence: Duration { MonotonicClock.now() - lastHeard }

    /// Sends the closing frame; `receive` then gives the server's.
    package func close(_ code: UInt16 = 1000, _ reason: String = "") throws(ClientError) {
        guard !hasSentClose, ending == nil else { return }
        hasSentClose = true
        try write(receiver.encodeClose(code, reason))
    }

    // MARK: Handshake

    private func shakeHands(
        _ handshake: ClientHandshake, timeout: Duration
    ) throws(ClientError) {
        var handshake = handshake
        try write(handshake.request)
        let deadline = MonotonicClock.now() + timeout
        while true {
            let rest = deadline - MonotonicClock.now()
            guard rest > .zero else { throw handshake.failure(.timedOut) }
            guard let more = try read(within: rest) else {
                throw handshake.failure(.broken(reason: "closed during the handshake"))
            }
            if let frames = try handshake.receive(more) { return accept(frames) }
        }
    }

    // MARK: Bytes

    private func readSome(within rest: Duration) throws(ClientError) {
        guard let bytes = try read(within: rest) else {
            ending = .closed(code: 1006, reason: "connection lost")
            return
        }
        accept(bytes)
    }

    private func accept(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let (received, isAlive) = bytes.withUnsafeBytes { receiver.receive($0) }
        for event in received {
            switch event {
            case .message(let message): events.append(.message(message))
            case .pong: break
            case .close(let code, let reason): ending = .closed(code: code, reason: reason)
            case .breach: ending = .closed(code: 1002, reason: "broken frames")
            }
        }
        // A peer that is gone already does not need its pong.
        try? write(receiver.takeReplies())
        if !isAlive, ending == nil { ending = .closed(code: 1006, reason: "broken frames") }
    }

    /// Some bytes; empty when none came in time; nil at the end of the stream.
    private func read(within rest: Duration) throws(ClientError) -> [UInt8]? {
        var reading = receive()
        if case .nothing = reading {
            guard wait(for: Int16(POLLIN), within: rest) else { return [] }
            reading = receive()
        }
        switch reading {
        case .nothing: return []
        case .end: return nil
        case .bytes(let count):
            lastHeard = MonotonicClock.now()
            return Array(buffer[..<count])
        }
    }

    private func receive() -> CurlHandle.Reading {
        buffer.withUnsafeMutableBytes { handle.receive(into: $0) }
    }

    private func write(_ bytes: [UInt8]) throws(ClientError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { bytes in
                Result { () throws(ClientError) in try handle.send(bytes) }
            }
            let count = try sent.get()
            if count == 0 {
                guard wait(for: Int16(POLLOUT), within: .seconds(10)) else { throw .timedOut }
            }
            rest = rest.dropFirst(count)
        }
    }

    private func wait(for events: Int16, within rest: Duration) -> Bool {
        var entry = pollfd(fd: handle.descriptor, events: events, revents: 0)
        let (seconds, attoseconds) = rest.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
        return poll(&entry, 1, Int32(clamping: milliseconds)) > 0
    }
}
