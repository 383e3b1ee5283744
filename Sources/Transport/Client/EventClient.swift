import Engine
import Synchronization

/// Calls HTTP servers and keeps WebSockets to them, all on one thread of its own: for the daemon.
///
/// It performs `ClientAction`s and answers with `ClientEvent`s, and decides nothing. libcurl calls,
/// connects and encrypts, wslay speaks RFC 6455; no redirect is followed. The thread begins with
/// the first action, as most stations call nobody.
package final class EventClient: Sendable {
    private enum State {
        case idle
        case running(Outbox<ClientOrder>, SystemThread)
        case stopped
    }

    private let caFile: String?
    private let userAgent: String
    private let limits: EventClientLimits
    private let onEvent: @Sendable (UInt64, ClientEvent) -> Bool
    private let state = Mutex(State.idle)

    /// - Parameters:
    ///   - caFile: a PEM file of the authorities to trust instead of the system's.
    ///   - userAgent: what a request calls itself that says nothing else.
    ///   - onEvent: called on the thread, in the order of events; it must not block. When it
    ///     answers false, the same event is offered again a little later, and until it is taken
    ///     no socket is read.
    package init(
        caFile: String? = nil, userAgent: String, limits: EventClientLimits = EventClientLimits(),
        onEvent: @escaping @Sendable (UInt64, ClientEvent) -> Bool
    ) {
        self.caFile = caFile
        self.userAgent = userAgent
        self.limits = limits
        self.onEvent = onEvent
    }

    deinit {
        stop()
    }

    /// Queues an action; callable from any thread. Actions of one line keep their order.
    ///
    /// Everything after `stop` is dropped, and a number is used for one line only. When the system
    /// has no descriptor or thread left to begin with, the line ends with that.
    package func perform(_ action: ClientAction, on line: UInt64) {
        do throws(ClientError) {
            try outbox()?.post(.perform(line, named(action)))
        } catch {
            // Without a thread nobody could offer it again; a core that is full as well has lost
            // more than this line.
            _ = onEvent(line, .failed(error))
        }
    }

    /// Breaks off everything and waits for the thread's end; nothing is said after that.
    ///
    /// Open WebSockets are told 1001 if they take it at once. Callable once or more from any
    /// thread.
    package func stop() {
        let last = state.withLock { state in
            defer { state = .stopped }
            return state
        }
        guard case .running(let outbox, let thread) = last else { return }
        outbox.post(.stop)
        // The last reference may go on the client's own thread, which cannot wait for itself.
        if thread.isCurrent { thread.detach() } else { thread.join() }
    }

    private func named(_ action: ClientAction) -> ClientAction {
        switch action {
        case .call(let request): .call(named(request))
        case .open(let request, let subprotocol): .open(named(request), subprotocol: subprotocol)
        case .send, .close: action
        }
    }

    private func named(_ request: ClientRequest) -> ClientRequest {
        guard request.headers["User-Agent"] == nil else { return request }
        var request = request
        request.headers.add("User-Agent", userAgent)
        return request
    }

    /// The thread's orders; nil after the end.
    private func outbox() throws(ClientError) -> Outbox<ClientOrder>? {
        let result = state.withLock { state -> Result<Outbox<ClientOrder>?, ClientError> in
            switch state {
            case .stopped: return .success(nil)
            case .running(let outbox, _): return .success(outbox)
            case .idle:
                do throws(ClientError) {
                    let (outbox, thread) = try start()
                    state = .running(outbox, thread)
                    return .success(outbox)
                } catch {
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }

    private func start() throws(ClientError) -> (Outbox<ClientOrder>, SystemThread) {
        do {
            let outbox = try Outbox<ClientOrder>()
            let loop = try ClientLoop(
                outbox: outbox, caFile: caFile, limits: limits, onEvent: onEvent)
            // The loop is made here and used on its thread only: `start` hands it over.
            nonisolated(unsafe) let handed = loop
            return (outbox, try SystemThread(name: "web client") { handed.run() })
        } catch {
            throw .broken(reason: "the client cannot start: \(error)")
        }
    }
}
