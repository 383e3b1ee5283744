private import CCurl
private import Engine
private import Glibc

/// What other threads want from the event client's thread.
enum ClientOrder: Sendable {
    case perform(UInt64, ClientAction)
    case stop
}

/// The event client's thread: waits for transfers, sockets, orders and time-outs, and serves each
/// in turn.
final class ClientLoop {
    private enum Line {
        case call(CurlHandle, CurlAnswer)
        case socket(ClientSocket)

        var handle: CurlHandle {
            switch self {
            case .call(let handle, _): handle
            case .socket(let socket): socket.handle
            }
        }

        var socket: ClientSocket? {
            if case .socket(let socket) = self { socket } else { nil }
        }
    }

    private let outbox: Outbox<ClientOrder>
    private let caFile: String?
    private let limits: EventClientLimits
    private let onEvent: @Sendable (UInt64, ClientEvent) -> Bool
    private let multi: CurlMulti
    private var lines: [UInt64: Line] = [:]
    /// Those of the lines that are sockets.
    private var sockets: [UInt64: ClientSocket] = [:]
    /// Lines by the address of their handle, which is how libcurl speaks of them.
    private var numbers: [UnsafeMutableRawPointer: UInt64] = [:]
    /// What the core had no room for, oldest first. While there is any, no socket is read, so there
    /// is not more than one buffer's messages and one event for each line.
    private var refused: [(line: UInt64, event: ClientEvent)] = []
    private var isStopping = false
    /// Whether libcurl has anything to do besides the open sockets, which it would look through.
    private var hasTransfers = false
    /// When the first of the sockets waits for no longer.
    private var nextDeadline = Duration.zero
    private let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 64 * 1024, alignment: 16)

    init(
        outbox: Outbox<ClientOrder>, caFile: String?, limits: EventClientLimits,
        onEvent: @escaping @Sendable (UInt64, ClientEvent) -> Bool
    ) throws(ClientError) {
        self.outbox = outbox
        self.caFile = caFile
        self.limits = limits
        self.onEvent = onEvent
        multi = try CurlMulti(keptConnections: limits.keptConnections)
    }

    deinit {
        buffer.deallocate()
    }

    func run() {
        while !isStopping {
            let ready = waitForReady()
            deliverRefused()
            for order in outbox.take() { obey(order) }
            if isStopping { break }
            // With nothing ready it was a transfer's time, or nobody's.
            if hasTransfers || ready.isEmpty { perform() }
            for number in ready { serve(number) }
            if MonotonicClock.now() >= nextDeadline { expire() }
        }
        for number in lines.keys.sorted() {
            // A server that reads hears why; nobody waits for its answer.
            _ = sockets[number]?.close(1001, at: MonotonicClock.now())
            remove(number)
        }
    }

    // MARK: Waiting

    /// Waits until something is to be done; the sockets that are ready, in their order.
    private func waitForReady() -> [UInt64] {
        let now = MonotonicClock.now()
        let isPaused = !refused.isEmpty
        var watched: [UInt64] = []
        var hasMore: [UInt64] = []
        var entries = [
            curl_waitfd(fd: outbox.descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        ]
        nextDeadline = now + Self.idleWait
        for (number, socket) in sockets {
            if waits(socket) { nextDeadline = min(nextDeadline, socket.deadline) }
            // libcurl itself watches those that it connects.
            guard socket.phase != .connecting else { continue }
            if socket.mayHaveMore, !isPaused { hasMore.append(number) }
            let events =
                (isPaused ? 0 : CURL_WAIT_POLLIN) | (socket.isBlocked ? CURL_WAIT_POLLOUT : 0)
            // A descriptor without interest would still tell of its end, again and again.
            guard events != 0 else { continue }
            watched.append(number)
            entries.append(
                curl_waitfd(fd: socket.handle.descriptor, events: Int16(events), revents: 0))
        }
        let end = isPaused ? min(nextDeadline, now + limits.redelivery) : nextDeadline
        let wait = hasMore.isEmpty ? max(0, (end - now).nanoseconds) / 1_000_000 + 1 : 0
        guard multi.wait(for: &entries, milliseconds: Int32(clamping: wait)) else {
            SystemThread.sleep(limits.redelivery)
            return []
        }
        let ready = zip(watched, entries.dropFirst()).filter { $0.1.revents != 0 }.map(\.0)
        return hasMore.isEmpty ? ready.sorted() : Set(ready + hasMore).sorted()
    }

    /// What libcurl has to do in time, it knows itself.
    private static let idleWait = Duration.seconds(60)

    // MARK: Orders

    private func obey(_ order: ClientOrder) {
        switch order {
        case .stop: isStopping = true
        case .perform(let number, let action):
            do throws(ClientError) {
                try perform(action, on: number)
            } catch {
                remove(number)
                say(number, .failed(error))
            }
        }
    }

    private func perform(_ action: ClientAction, on number: UInt64) throws(ClientError) {
        switch action {
        case .call(let request):
            let handle = try prepare(request, url: request.url)
            let answer = CurlAnswer(limit: limits.answerBytes)
            try handle.prepareCall(
                request.method, headers: request.headers, body: request.sentBody, into: answer)
            try start(.call(handle, answer), number)
        case .open(let request, let subprotocol):
            guard subprotocol.map(ClientRequest.isToken) ?? true else {
                throw .invalidRequest(reason: "the subprotocol is not a word")
            }
            let address = try WebSocketAddress(request.url)
            let handle = try prepare(request, url: address.httpURL)
            try handle.prepareSocket()
            let handshake = ClientHandshake(
                address, request.headers, subprotocol: subprotocol, headBytes: limits.headBytes)
            let deadline =
                MonotonicClock.now() + min(request.timeout, CurlHandle.longestTimeout)
            try start(.socket(ClientSocket(handle, handshake, deadline: deadline, limits)), number)
        case .send(let message):
            if let socket = sockets[number] { settle(number, socket.send(message)) }
        case .close(let code):
            close(number, code)
        }
    }

    private func prepare(
        _ request: ClientRequest, url: String
    ) throws(ClientError) -> CurlHandle {
        guard lines.count < limits.lines else { throw .busy }
        try request.check()
        let handle = try CurlHandle()
        try handle.prepare(url: url, timeout: request.timeout, trust: caFile)
        try handle.abandonsLookups()
        return handle
    }

    private func start(_ line: Line, _ number: UInt64) throws(ClientError) {
        precondition(lines[number] == nil, "a line's number is used once")
        try multi.add(line.handle)
        lines[number] = line
        sockets[number] = line.socket
        numbers[line.handle.pointer] = number
        hasTransfers = true
    }

    private func close(_ number: UInt64, _ code: UInt16) {
        // What waits for the core is of no use to it any more, but for the end.
        refused.removeAll { $0.line == number && !$0.event.isFinal }
        guard let line = lines[number] else { return }
        guard let socket = line.socket, socket.phase == .open else {
            // The closing handshake goes on.
            if line.socket?.phase != .closing { remove(number) }
            return
        }
        settle(number, socket.close(code, at: MonotonicClock.now()))
    }

    // MARK: Serving

    private func perform() {
        let (isRunning, ended) = multi.perform()
        hasTransfers = isRunning
        for (handle, code) in ended { finish(handle, code) }
    }

    /// A transfer has ended: a call with its answer, a socket's with its connection.
    private func finish(_ handle: UnsafeMutableRawPointer, _ code: CURLcode) {
        guard let number = numbers[handle], let line = lines[number] else { return }
        guard code == CURLE_OK else { return settle(number, .failed(ClientError(code))) }
        switch line {
        case .call(let handle, let answer):
            settle(
                number,
                .answered(
                    HTTPResponse(
                        status: handle.status, headers: answer.headers, body: answer.body)))
        case .socket(let socket): settle(number, socket.connected())
        }
    }

    private func serve(_ number: UInt64) {
        guard let socket = sockets[number] else { return }
        if socket.isBlocked { settle(number, socket.flush()) }
        for _ in 0..<limits.readsPerTurn {
            // Whoever is full is not filled further; the connection then holds the server back.
            guard refused.isEmpty, lines[number] != nil else { return }
            for event in socket.read(into: buffer, at: MonotonicClock.now()) {
                settle(number, event)
            }
            guard socket.mayHaveMore else { return }
        }
    }

    /// Tells of an event and, after a final one, forgets the line.
    private func settle(_ number: UInt64, _ event: ClientEvent?) {
        guard let event, lines[number] != nil else { return }
        if event.isFinal { remove(number) }
        say(number, event)
    }

    private func remove(_ number: UInt64) {
        guard let line = lines.removeValue(forKey: number) else { return }
        sockets[number] = nil
        numbers[line.handle.pointer] = nil
        multi.remove(line.handle)
    }

    // MARK: Events

    private func say(_ line: UInt64, _ event: ClientEvent) {
        if !refused.isEmpty || !onEvent(line, event) { refused.append((line, event)) }
    }

    private func deliverRefused() {
        guard !refused.isEmpty else { return }
        let taken = refused.prefix { onEvent($0.line, $0.event) }.count
        refused.removeFirst(taken)
        guard refused.isEmpty else { return }
        // TLS may have kept what poll does not tell of.
        for (_, socket) in sockets where socket.phase != .connecting { socket.mayHaveMore = true }
    }

    // MARK: Time

    /// Whether a socket's deadline counts; while nobody reads, no silence does.
    private func waits(_ socket: ClientSocket) -> Bool {
        socket.phase != .connecting && (refused.isEmpty || socket.phase != .open)
    }

    private func expire() {
        let now = MonotonicClock.now()
        let late = sockets.filter { waits($0.value) && $0.value.deadline <= now }
        for number in late.keys.sorted() { settle(number, late[number]?.expire(at: now)) }
    }
}

extension ClientRequest {
    /// Nil for a request that has none at all, which is another thing than an empty one.
    fileprivate var sentBody: [UInt8]? {
        body.isEmpty && ["GET", "HEAD", "DELETE", "OPTIONS"].contains(method) ? nil : body
    }
}
