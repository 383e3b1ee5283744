import CCurl
import CLinux
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

    /// Connects and shakes hands.
    ///
    /// - Parameters:
    ///   - url: `ws:`, `wss:`, `http:` or `https:`.
    ///   - caFile: a PEM file of the authority to trust instead of the system's.
    package init(
        _ url: String, headers: HTTPHeaders = HTTPHeaders(), caFile: String? = nil,
        timeout: Duration = .seconds(10), limits: ClientLimits = ClientLimits()
    ) throws(ClientError) {
        let address = try Address(url)
        handle = try CurlHandle()
        guard
            let receiver = FrameReceiver(
                .client, messageBytes: limits.messageBytes,
                random: { UInt32.random(in: 0...UInt32.max) })
        else { throw .broken(reason: "wslay cannot start") }
        self.receiver = receiver
        try handle.prepare(url: address.httpURL, timeout: timeout, trust: caFile)
        try handle.check(ccurl_set_long(handle.pointer, CURLOPT_CONNECT_ONLY, 1))
        try handle.check(curl_easy_perform(handle.pointer))
        var yes: Int32 = 1
        setsockopt(
            ccurl_socket(handle.pointer), Int32(IPPROTO_TCP), TCP_NODELAY, &yes,
            socklen_t(MemoryLayout<Int32>.size))
        try shakeHands(address, headers, timeout: timeout, limits: limits)
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
        _ address: Address, _ headers: HTTPHeaders, timeout: Duration, limits: ClientLimits
    ) throws(ClientError) {
        let key = Base64.encode((0..<16).map { _ in UInt8.random(in: 0...255) })
        var head = "GET \(address.target) HTTP/1.1\r\nHost: \(address.authority)\r\n"
        head += "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        head += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \(key)\r\n"
        for field in headers.fields { head += "\(field.name): \(field.value)\r\n" }
        try write(Array((head + "\r\n").utf8))
        let deadline = MonotonicClock.now() + timeout
        var bytes: [UInt8] = []
        var end: Int?
        while end == nil {
            let rest = deadline - MonotonicClock.now()
            guard rest > .zero else { throw .timedOut }
            guard bytes.count <= limits.headBytes else { throw .answerTooLarge }
            guard let more = try read(within: rest) else {
                throw .broken(reason: "closed during the handshake")
            }
            bytes += more
            end = Self.headEnd(bytes)
        }
        guard let end else { return }
        let answer = Self.parse(bytes[..<end])
        guard answer.status == 101 else {
            throw .refused(
                status: answer.status, body: try restOfBody(bytes[end...], answer.headers, deadline)
            )
        }
        guard answer.headers["Sec-WebSocket-Accept"] == WebSocketHandshake.accept(key: key) else {
            throw .broken(reason: "the handshake's proof is wrong")
        }
        accept(Array(bytes[end...]))
    }

    private func restOfBody(
        _ start: ArraySlice<UInt8>, _ headers: HTTPHeaders, _ deadline: Duration
    ) throws(ClientError) -> [UInt8] {
        var body = Array(start)
        let length = min(headers["Content-Length"].flatMap { Int($0) } ?? 0, 64 * 1024)
        while body.count < length {
            let rest = deadline - MonotonicClock.now()
            guard rest > .zero, let more = try read(within: rest) else { break }
            body += more
        }
        return body
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        let mark: [UInt8] = [13, 10, 13, 10]
        guard bytes.count >= 4 else { return nil }
        return (0...bytes.count - 4).first { Array(bytes[$0..<$0 + 4]) == mark }.map { $0 + 4 }
    }

    private static func parse(_ head: ArraySlice<UInt8>) -> (status: Int, headers: HTTPHeaders) {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        let status = lines.first.flatMap { line -> Int? in
            let words = line.split(separator: " ")
            return words.count > 1 ? Int(words[1]) : nil
        }
        var headers = HTTPHeaders()
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers.add(
                String(line[..<colon]),
                String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        return (status ?? 0, headers)
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
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        var count = 0
        var code = curl_easy_recv(handle.pointer, &buffer, buffer.count, &count)
        if code == CURLE_AGAIN {
            guard wait(for: Int16(POLLIN), within: rest) else { return [] }
            code = curl_easy_recv(handle.pointer, &buffer, buffer.count, &count)
            if code == CURLE_AGAIN { return [] }
        }
        guard code == CURLE_OK, count > 0 else { return nil }
        lastHeard = MonotonicClock.now()
        return Array(buffer[..<count])
    }

    private func write(_ bytes: [UInt8]) throws(ClientError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            var count = 0
            let code = rest.withUnsafeBytes {
                curl_easy_send(handle.pointer, $0.baseAddress, $0.count, &count)
            }
            if code == CURLE_AGAIN {
                guard wait(for: Int16(POLLOUT), within: .seconds(10)) else { throw .timedOut }
                continue
            }
            try handle.check(code)
            rest = rest.dropFirst(count)
        }
    }

    private func wait(for events: Int16, within rest: Duration) -> Bool {
        var entry = pollfd(fd: ccurl_socket(handle.pointer), events: events, revents: 0)
        let (seconds, attoseconds) = rest.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
        return poll(&entry, 1, Int32(clamping: milliseconds)) > 0
    }
}

/// The parts of a socket's address.
private struct Address {
    let httpURL: String
    let authority: String
    let target: String

    init(_ url: String) throws(ClientError) {
        let schemes = ["ws": "http", "wss": "https", "http": "http", "https": "https"]
        guard let mark = url.firstRange(of: "://"),
            let scheme = schemes[String(url[..<mark.lowerBound])]
        else { throw .invalidURL(url) }
        let rest = url[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty else { throw .invalidURL(url) }
        self.authority = String(authority)
        let path = rest.dropFirst(authority.count)
        target = path.isEmpty ? "/" : path.first == "?" ? "/" + path : String(path)
        httpURL = "\(scheme)://\(authority)/"
    }
}
