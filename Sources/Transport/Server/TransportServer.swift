import CLinux
import Engine
import Glibc
import Synchronization

/// An HTTP/1.1 and WebSocket server on one thread of its own.
///
/// It knows bytes and connections, not routes: what it hears goes to `onInputs`, and what shall be
/// answered comes back through `perform`, from any thread.
package final class TransportServer: Sendable {
    private struct Running {
        var thread: SystemThread?
    }

    private let listeners: [ListenerConfiguration]
    private let limits: TransportLimits
    private let bodyLimit: @Sendable (String) -> Int
    private let content: (any ContentSource)?
    private let onInputs: @Sendable ([TransportInput]) -> Void
    private let outbox: Outbox<TransportOrder>
    private let running = Mutex(Running())

    /// - Parameters:
    ///   - bodyLimit: the bytes that the body of a request to this path may have.
    ///   - content: makes what the core never sees.
    ///   - onInputs: called on the transport's thread, once a turn of its loop; must not block.
    package init(
        listeners: [ListenerConfiguration], limits: TransportLimits = TransportLimits(),
        bodyLimit: @escaping @Sendable (String) -> Int = { _ in 1024 * 1024 },
        content: (any ContentSource)? = nil,
        onInputs: @escaping @Sendable ([TransportInput]) -> Void
    ) throws(TransportError) {
        self.listeners = listeners
        self.limits = limits
        self.bodyLimit = bodyLimit
        self.content = content
        self.onInputs = onInputs
        outbox = try Outbox()
    }

    deinit {
        shutDown(grace: .zero)
    }

    /// Opens the listeners and starts the thread.
    ///
    /// - Returns: where each listener listens, in their order.
    package func start() throws(TransportError) -> [BoundAddress] {
        signal(SIGPIPE, SIG_IGN)
        raiseDescriptorLimit()
        let loop = try TransportLoop(
            outbox: outbox, limits: limits, bodyLimit: bodyLimit, content: content,
            onInputs: onInputs)
        var addresses: [BoundAddress] = []
        do throws(TransportError) {
            for configuration in listeners { addresses.append(try loop.listen(configuration)) }
        } catch {
            loop.abandon()
            throw error
        }
        // The loop is made here and used on its thread only: `start` hands it over.
        nonisolated(unsafe) let handed = loop
        do throws(SystemThreadError) {
            let thread = try SystemThread(name: "transport") { handed.run() }
            running.withLock { $0.thread = thread }
        } catch {
            loop.abandon()
            throw .noResources(reason: error.reason)
        }
        return addresses
    }

    /// Callable from any thread; outputs of one call are performed in order.
    package func perform(_ outputs: [TransportOutput]) {
        outbox.post(.perform(outputs))
    }

    /// Accepts no new connections; those that are open go on.
    package func stopAccepting() {
        outbox.post(.stopAccepting)
    }

    /// Closes every WebSocket with 1001, lets answers that are under way go out for at most
    /// `grace`, then ends the thread. Later calls return at once.
    package func shutDown(grace: Duration) {
        let thread = running.withLock { running in
            defer { running.thread = nil }
            return running.thread
        }
        guard let thread else { return }
        outbox.post(.shutDown(grace: grace))
        // The last reference may go on the transport's own thread, which cannot wait for itself.
        if thread.isCurrent { thread.detach() } else { thread.join() }
    }

    /// One connection is one descriptor, or three with TLS; the usual soft limit is 1,024.
    private func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 65_536))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
