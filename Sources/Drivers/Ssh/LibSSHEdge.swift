import Engine
import Synchronization

/// Runs commands on devices over SSH, with all sessions on one thread of its own.
///
/// It performs `SSHAction`s and answers with `SSHEvent`s, and decides nothing but whether a device
/// is the one that was meant.
package final class LibSSHEdge: SSHEdge {
    private let mailbox: LinkMailbox<SSHLetter>
    private let thread: Mutex<SystemThread?>

    /// Starts the thread.
    ///
    /// - Parameter onEvent: called on the thread, in the order of events; it must not block. When
    ///   it answers false, the same event is offered again a little later.
    /// - Throws: the system's error when there is no descriptor or thread left.
    package init(
        limits: SSHLimits = SSHLimits(),
        onEvent: @escaping @Sendable (UInt64, SSHEvent) -> Bool
    ) throws(SSHError) {
        let mailbox: LinkMailbox<SSHLetter>
        do throws(LinkError) {
            mailbox = try LinkMailbox()
        } catch {
            throw SSHError(error)
        }
        self.mailbox = mailbox
        do throws(SystemThreadError) {
            thread = Mutex(
                try SystemThread(name: "ssh") {
                    SSHLoop(mailbox: mailbox, limits: limits, onEvent: onEvent).run()
                })
        } catch {
            throw .noThread
        }
    }

    deinit {
        stop()
    }

    /// Queues an action; callable from any thread. Actions of one run keep their order.
    ///
    /// Everything after `stop` is dropped, and a number is used for one run only.
    package func perform(_ action: SSHAction, on run: UInt64) {
        mailbox.post(.action(run, action))
    }

    /// Ends all runs (each with `failed(.cancelled)`) and waits for the thread's end.
    ///
    /// Callable once or more from any thread but the edge's own.
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
