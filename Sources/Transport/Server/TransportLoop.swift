import CLinux
import CMicroHTTPD
import Glibc

/// What other threads want from the server's thread.
enum TransportOrder: Sendable {
    case perform([TransportOutput])
    case stopAccepting
    case shutDown(grace: Duration)
}

/// The transport's loop: one epoll descriptor over the wake-up, the listeners' daemons and the
/// upgraded sockets. Confined to its thread once it runs.
final class TransportLoop {
    let limits: TransportLimits
    let bodyLimit: @Sendable (String) -> Int
    let outbox: Outbox<TransportOrder>
    /// Nil where all that is answered comes from the core.
    let content: (any ContentSource)?
    private let onInputs: @Sendable ([TransportInput]) -> Void
    private let poll: Int32
    private var listeners: [Listener] = []
    private var lastNumber: UInt64 = 0
    private var isEnding = false
    private var endBy: Duration?
    private var nextSweep = Duration.zero
    /// What the turn in hand has heard.
    var inputs: [TransportInput] = []
    /// Requests that were handed over and not answered.
    var waiting: [UInt64: PendingRequest] = [:]
    /// When each plain connection must have got on, by its address in the library.
    var deadlines: [OpaquePointer: Duration] = [:]
    var sockets: [UInt64: WebSocketConnection] = [:]
    var dirty: [WebSocketConnection] = []
    /// By the number of their request and socket; each outlives its socket by what waits for the
    /// port.
    var bridges: [UInt64: Bridge] = [:]
    /// From the first capture on.
    var captures: CaptureWriter?
    var lanes: [ContentPlan.Pace: ContentLane] = [:]
    var now = Duration.zero
    var readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)

    /// What an epoll event belongs to: the kind in the low bits, a number above them.
    private enum Tag: UInt64 {
        case wake = 0
        case listener = 1
        case socket = 2
        case port = 3
    }

    init(
        outbox: Outbox<TransportOrder>, limits: TransportLimits,
        bodyLimit: @escaping @Sendable (String) -> Int, content: (any ContentSource)?,
        onInputs: @escaping @Sendable ([TransportInput]) -> Void
    ) throws(TransportError) {
        self.outbox = outbox
        self.limits = limits
        self.bodyLimit = bodyLimit
        self.content = content
        self.onInputs = onInputs
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard poll >= 0 else { throw .noResources(reason: String(cString: strerror(errno))) }
        watch(outbox.descriptor, EPOLLIN.rawValue, .wake, 0)
    }

    deinit {
        Glibc.close(poll)
        readBuffer.deallocate()
    }

    func listen(_ configuration: ListenerConfiguration) throws(TransportError) -> BoundAddress {
        let (socket, address) = try ListeningSocket.open(configuration)
        let listener = Listener(
            index: listeners.count, isSecure: configuration.tls != nil, loop: self)
        guard listener.start(socket: socket, tls: configuration.tls, limits: limits) else {
            Glibc.close(socket)
            throw .cannotServe(
                host: configuration.host, port: address.port, isSecure: listener.isSecure)
        }
        watch(listener.descriptor, EPOLLIN.rawValue, .listener, UInt64(listeners.count))
        listeners.append(listener)
        return address
    }

    /// Closes the listeners of a loop that never ran.
    func abandon() {
        for listener in listeners { listener.stop() }
        listeners = []
    }

    func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    // MARK: The loop

    func run() {
        now = MonotonicClock.now()
        nextSweep = now
        while turn() {}
        for socket in Array(sockets.values) { drop(socket, code: 1001) }
        for id in Array(waiting.keys) {
            perform(.respond(request: id, HTTPResponse(status: 503)))
        }
        for listener in listeners { while listener.run() {} }
        deliver()
        for listener in listeners { listener.stop() }
        bridges = [:]
        lanes = [:]
        captures?.finish(within: limits.closeGrace)
    }

    private func turn() -> Bool {
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        let count = epoll_wait(poll, &events, Int32(events.count), waitMilliseconds())
        now = MonotonicClock.now()
        var woken = false
        for event in events.prefix(Int(max(0, count))) {
            switch Tag(rawValue: event.data.u64 & 3) {
            case .wake: woken = true
            case .listener: listeners[Int(event.data.u64 >> 2)].needsRun = true
            case .socket: handle(event.events, of: event.data.u64 >> 2)
            case .port: handlePort(event.events, of: event.data.u64 >> 2)
            case nil: break
            }
        }
        if woken { for order in outbox.take() { obey(order) } }
        for listener in listeners where listener.needsRun || listener.wait == .zero {
            while listener.run() {}
        }
        if now >= nextSweep { sweep() }
        flushDirty()
        deliver()
        guard let endBy else { return true }
        return now < endBy && !(sockets.isEmpty && waiting.isEmpty && bridges.isEmpty)
    }

    private func waitMilliseconds() -> Int32 {
        var wait = nextSweep - now
        for listener in listeners {
            if listener.needsRun { return 0 }
            if let own = listener.wait { wait = min(wait, own) }
        }
        if let endBy { wait = min(wait, endBy - now) }
        let (seconds, attoseconds) = wait.components
        let milliseconds =
            seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: max(0, milliseconds))
    }

    private func deliver() {
        guard !inputs.isEmpty else { return }
        var batch: [TransportInput] = []
        swap(&batch, &inputs)
        onInputs(batch)
    }

    private func obey(_ order: TransportOrder) {
        switch order {
        case .perform(let outputs):
            for output in outputs { perform(output) }
        case .stopAccepting:
            stopAccepting()
        case .shutDown(let grace):
            stopAccepting()
            endBy = now + grace
            for socket in sockets.values { close(socket, code: 1001, reason: "going away") }
        }
    }

    private func stopAccepting() {
        guard !isEnding else { return }
        isEnding = true
        for listener in listeners {
            let socket = listener.quiesce()
            if socket >= 0 { Glibc.close(socket) }
        }
    }

    // MARK: epoll

    private func watch(_ descriptor: Int32, _ mask: UInt32, _ tag: Tag, _ number: UInt64) {
        var event = epoll_event()
        event.events = mask
        event.data.u64 = number << 2 | tag.rawValue
        epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
    }

    func watchSocket(_ socket: WebSocketConnection) {
        watch(socket.socket, EPOLLIN.rawValue, .socket, socket.id)
    }

    func rewatch(_ socket: WebSocketConnection) {
        var event = epoll_event()
        event.events =
            (socket.isPaused ? 0 : EPOLLIN.rawValue) | (socket.isBlocked ? EPOLLOUT.rawValue : 0)
        event.data.u64 = socket.id << 2 | Tag.socket.rawValue
        epoll_ctl(poll, EPOLL_CTL_MOD, socket.socket, &event)
    }

    func unwatch(_ socket: WebSocketConnection) {
        epoll_ctl(poll, EPOLL_CTL_DEL, socket.socket, nil)
    }

    func rewatch(_ bridge: Bridge) {
        let wanted = bridge.wanted
        guard wanted != bridge.watched else { return }
        var event = epoll_event()
        event.events = wanted
        event.data.u64 = bridge.id << 2 | Tag.port.rawValue
        let change =
            bridge.watched == 0 ? EPOLL_CTL_ADD : wanted == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD
        epoll_ctl(poll, change, bridge.port.descriptor, &event)
        bridge.watched = wanted
    }

    // MARK: Deadlines

    /// A fifth of the shortest deadline that matters, at most a second.
    private var sweepInterval: Duration {
        max(
            .milliseconds(10),
            min(
                .seconds(1), limits.pingInterval / 5, limits.headerDeadline / 5,
                limits.closeGrace / 5, limits.bridgeConnectTimeout / 5,
                limits.bridgeReportInterval / 5))
    }

    private func sweep() {
        nextSweep = now + sweepInterval
        for (connection, deadline) in deadlines where deadline <= now {
            deadlines[connection] = nil
            // The library sees the end of the stream and cleans up.
            Glibc.shutdown(cmhd_socket(connection), Int32(SHUT_RDWR))
        }
        for socket in Array(sockets.values) { keepAlive(socket) }
        for bridge in Array(bridges.values) { check(bridge) }
    }
}
