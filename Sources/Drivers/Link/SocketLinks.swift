import Engine
private import Glibc
import Synchronization

/// Keeps the TCP connections of all drivers, on one thread of its own.
///
/// The edge of the drivers: it performs `LinkAction`s and answers with `LinkEvent`s, and decides
/// nothing. A slow name server or a peer that does not read holds up no other connection.
package final class SocketLinks: Sendable {
    private let mailbox: LinkMailbox<LinkLetter>
    private let thread: Mutex<SystemThread?>

    /// Starts the thread.
    ///
    /// - Parameter onEvent: called on the thread, in the order of events; it must not block.
    /// - Throws: the system's error when there is no descriptor or thread left.
    package init(
        limits: LinkLimits = LinkLimits(),
        onEvent: @escaping @Sendable (LinkID, LinkEvent) -> Void
    ) throws(LinkError) {
        let mailbox = try LinkMailbox<LinkLetter>()
        let loop = try LinkLoop(mailbox: mailbox, limits: limits, onEvent: onEvent)
        self.mailbox = mailbox
        // The loop is made here and used on its thread only.
        nonisolated(unsafe) let handed = loop
        do throws(SystemThreadError) {
            thread = Mutex(try SystemThread(name: "links") { handed.run() })
        } catch {
            throw .other(EAGAIN)
        }
    }

    deinit {
        stop()
    }

    /// Queues an action; callable from any thread. Actions of one connection keep their order.
    ///
    /// Actions for a connection that has closed are dropped; so is everything after `stop`.
    package func perform(_ action: LinkAction, on link: LinkID) {
        mailbox.post(.action(link, action))
    }

    /// Closes all connections (each ends with `closed(.cancelled)`) and waits for the thread's end.
    ///
    /// Callable once or more from any thread but the links' own.
    package func stop() {
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let running else { return }
        mailbox.post(.stop)
        running.join()
    }
}
