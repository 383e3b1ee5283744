private import CLinux
private import Glibc

/// What other threads have for the links' thread.
enum LinkLetter: Sendable {
    case action(LinkID, LinkAction)
    case resolved(LinkID, [LinkAddress])
    case stop
}

/// The links' thread: waits for sockets, letters and time-outs, and serves each in turn.
final class LinkLoop {
    private static let mailboxToken: UInt64 = 0

    private let mailbox: LinkMailbox<LinkLetter>
    private let limits: LinkLimits
    private let onEvent: @Sendable (LinkID, LinkEvent) -> Void
    private let poll: Int32
    private var connections: [LinkID: LinkConnection] = [:]
    private var byToken: [UInt64: LinkConnection] = [:]
    private var lastToken = LinkLoop.mailboxToken
    private var resolver: HelperThreads<LinkID, [LinkAddress]>
    private var isStopping = false
    private var buffer: [UInt8]

    init(
        mailbox: LinkMailbox<LinkLetter>, limits: LinkLimits,
        onEvent: @escaping @Sendable (LinkID, LinkEvent) -> Void
    ) throws(LinkError) {
        self.mailbox = mailbox
        self.limits = limits
        self.onEvent = onEvent
        resolver = HelperThreads(name: "lookup", limit: limits.lookups) {
            mailbox.post(.resolved($0, $1 ?? []))
        }
        buffer = [UInt8](repeating: 0, count: limits.receiveBytes)
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard poll >= 0 else { throw .other(errno) }
        control(EPOLL_CTL_ADD, mailbox.descriptor, EPOLLIN.rawValue, Self.mailboxToken)
    }

    deinit {
        close(poll)
    }

    func run() {
        var ready = [epoll_event](repeating: epoll_event(), count: 64)
        while !isStopping {
            let count = epoll_wait(poll, &ready, Int32(ready.count), millisecondsToWait())
            for event in ready.prefix(max(0, Int(count))) {
                if event.data.u64 == Self.mailboxToken {
                    readMail()
                } else if let connection = byToken[event.data.u64] {
                    serve(connection, events: event.events)
                }
            }
            expire()
        }
        for connection in connections.values.sorted(by: { $0.id.order < $1.id.order }) {
            end(connection, .cancelled)
        }
    }

    // MARK: Letters

    private func readMail() {
        for letter in mailbox.takeAll() {
            switch letter {
            case .stop: isStopping = true
            case .resolved(let id, let addresses):
                resolver.finishedOne()
                if let connection = connections[id], connection.phase == .resolving {
                    connection.addresses = addresses[...]
                    connection.lastError = .unresolvable
                    tryNextAddress(connection)
                }
            case .action(let id, let action): perform(action, on: id)
            }
        }
    }

    private func perform(_ action: LinkAction, on id: LinkID) {
        switch action {
        case .connect(let host, let port, let timeout):
            guard connections[id] == nil else { return }
            open(id, host: host, port: port, timeout: timeout)
        case .send(let bytes):
            guard let connection = connections[id] else { return }
            guard connection.outgoing.count + bytes.count <= limits.sendQueueBytes else {
                return end(connection, .notReading)
            }
            connection.outgoing += bytes
            if connection.phase == .open { flush(connection) }
        case .close:
            guard let connection = connections[id] else { return }
            end(connection, .cancelled)
        }
    }

    // MARK: Connecting

    private func open(_ id: LinkID, host: String, port: UInt16, timeout: Duration) {
        let connection = LinkConnection(id: id, deadline: later(timeout))
        connections[id] = connection
        let limit = limits.addresses
        let numeric = LinkAddress.resolve(host: host, port: port, isNumeric: true, limit: limit)
        guard numeric.isEmpty else {
            connection.addresses = numeric[...]
            return tryNextAddress(connection)
        }
        resolver.ask(id) {
            LinkAddress.resolve(host: host, port: port, isNumeric: false, limit: limit)
        }
    }

    private func tryNextAddress(_ connection: LinkConnection) {
        drop(connection)
        while let address = connection.addresses.popFirst() {
            let left = connection.deadline - clinux_monotonic_nanoseconds()
            connection.attemptDeadline =
                connection.deadline - left + left / Int64(connection.addresses.count + 1)
            do throws(LinkError) {
                let socket = try LinkSocket(family: address.family)
                try socket.connect(to: address)
                lastToken += 1
                connection.token = lastToken
                connection.phase = .connecting
                byToken[lastToken] = connection
                let descriptor = socket.descriptor
                connection.socket = consume socket
                control(EPOLL_CTL_ADD, descriptor, EPOLLOUT.rawValue, lastToken)
                return
            } catch {
                connection.lastError = error
            }
        }
        end(connection, connection.lastError)
    }

    private func finishConnecting(_ connection: LinkConnection) {
        if let error = connection.socket?.connectResult() {
            connection.lastError = error
            return tryNextAddress(connection)
        }
        connection.phase = .open
        connection.addresses = []
        onEvent(connection.id, .connected)
        watch(connection)
        if !connection.outgoing.isEmpty { flush(connection) }
    }

    // MARK: Traffic

    private func serve(_ connection: LinkConnection, events: UInt32) {
        switch connection.phase {
        case .resolving: break
        case .connecting: finishConnecting(connection)
        case .open:
            if events & EPOLLOUT.rawValue != 0 { flush(connection) }
            // A hang-up or an error shows itself in the read.
            if events & ~EPOLLOUT.rawValue != 0, byToken[connection.token] != nil {
                receive(connection)
            }
        }
    }

    /// One read a wake-up, so that a busy connection does not starve the others.
    private func receive(_ connection: LinkConnection) {
        let outcome = buffer.withUnsafeMutableBytes { connection.socket?.read(into: $0) }
        switch outcome {
        case .bytes(let count): onEvent(connection.id, .received(Array(buffer[..<count])))
        case .failed(let error): end(connection, error)
        case .wait, nil: break
        }
    }

    private func flush(_ connection: LinkConnection) {
        while !connection.outgoing.isEmpty {
            let outcome = connection.outgoing.withUnsafeBytes { connection.socket?.write($0) }
            switch outcome {
            case .bytes(let count): connection.outgoing.removeFirst(count)
            case .failed(let error): return end(connection, error)
            case .wait, nil: return watch(connection)
            }
        }
        watch(connection)
    }

    private func end(_ connection: LinkConnection, _ error: LinkError) {
        drop(connection)
        resolver.cancel(connection.id)
        connections[connection.id] = nil
        onEvent(connection.id, .closed(error))
    }

    /// Closes the socket, which also takes it out of epoll.
    private func drop(_ connection: LinkConnection) {
        byToken[connection.token] = nil
        connection.socket = nil
    }

    // MARK: Waiting

    private func watch(_ connection: LinkConnection) {
        guard let descriptor = connection.socket?.descriptor else { return }
        let writing = connection.outgoing.isEmpty ? 0 : EPOLLOUT.rawValue
        control(EPOLL_CTL_MOD, descriptor, EPOLLIN.rawValue | writing, connection.token)
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ events: UInt32, _ token: UInt64)
    {
        var event = epoll_event(events: events, data: epoll_data_t(u64: token))
        let result = epoll_ctl(poll, operation, descriptor, &event)
        precondition(result == 0, "epoll_ctl failed")
    }

    private func expire() {
        let now = clinux_monotonic_nanoseconds()
        let late = connections.values.filter { $0.nextDeadline.map { $0 <= now } ?? false }
        for connection in late.sorted(by: { $0.id.order < $1.id.order }) {
            connection.lastError = .timedOut
            if connection.deadline <= now {
                end(connection, .timedOut)
            } else {
                tryNextAddress(connection)
            }
        }
    }

    private func millisecondsToWait() -> Int32 {
        guard let next = connections.values.compactMap(\.nextDeadline).min() else { return -1 }
        let nanoseconds = max(0, next - clinux_monotonic_nanoseconds())
        return Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
    }

    private func later(_ timeout: Duration) -> Int64 {
        let (seconds, attoseconds) = timeout.components
        // A day is as good as for ever, and cannot overflow.
        let bounded = min(max(seconds, 0), 86_400)
        return clinux_monotonic_nanoseconds() + bounded * 1_000_000_000 + attoseconds
            / 1_000_000_000
    }
}

extension LinkID {
    fileprivate var order: (Int, Int) { (driver, connection) }
}
