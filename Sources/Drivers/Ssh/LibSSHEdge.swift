import Engine
import Synchronization

/// Runs commands on devices over SSH, with all sessions on one thread of its own.
///
/// It performs `SSHAction`s and answers with `SSHEvent`s, and decides nothing but whether a device
/// is the one that was meant. The thread begins with the first action, as most stations have none.
package final class LibSSHEdge: SSHEdge {
    private enum State {
        case idle
        case running(LinkMailbox<SSHLetter>, SystemThread)
        case stopped
    }

    private let limits: SSHLimits
    private let onEvent: @Sendable (UInt64, SSHEvent) -> Bool
    private let state = Mutex(State.idle)

    /// - Parameter onEvent: called on the thread, in the order of events; it must not block. When
    ///   it answers false, the same event is offered again a little later.
    package init(
        limits: SSHLimits = SSHLimits(),
        onEvent: @escaping @Sendable (UInt64, SSHEvent) -> Bool
    ) {
        self.limits = limits
        self.onEvent = onEvent
    }

    deinit {
        stop()
    }

    /// Queues an action; callable from any thread. Actions of one run keep their order.
    ///
    /// Everything after `stop` is dropped, and a number is used for one run only. When the system
    /// has no descriptor or thread left to begin with, the run ends with that.
    package func perform(_ action: SSHAction, on run: UInt64) {
        do throws(SSHError) {
            try mailbox()?.post(.action(run, action))
        } catch {
            // Without a thread nobody could offer it again; a core that is full as well has lost
            // more than this run.
            _ = onEvent(run, .failed(error))
        }
    }

    /// Ends all runs (each with `failed(.cancelled)`) and waits for the thread's end, and for that
    /// of a key's reading: `SSHLimits.keyRounds` at most.
    ///
    /// Callable once or more from any thread but the edge's own.
    package func stop() {
        let last = state.withLock { state in
            defer { state = .stopped }
            return state
        }
        guard case .running(let mailbox, let thread) = last else { return }
        mailbox.post(.stop)
        thread.join()
    }

    /// The thread's letters; nil after the end.
    private func mailbox() throws(SSHError) -> LinkMailbox<SSHLetter>? {
        let result = state.withLock { state -> Result<LinkMailbox<SSHLetter>?, SSHError> in
            switch state {
            case .stopped: return .success(nil)
            case .running(let mailbox, _): return .success(mailbox)
            case .idle:
                do throws(SSHError) {
                    let (mailbox, thread) = try start()
                    state = .running(mailbox, thread)
                    return .success(mailbox)
                } catch {
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }

    private func start() throws(SSHError) -> (LinkMailbox<SSHLetter>, SystemThread) {
        let mailbox: LinkMailbox<SSHLetter>
        do throws(LinkError) {
            mailbox = try LinkMailbox()
        } catch {
            throw SSHError(error)
        }
        do throws(SystemThreadError) {
            let thread = try SystemThread(name: "ssh") { [limits, onEvent] in
                SSHLoop(mailbox: mailbox, limits: limits, onEvent: onEvent).run()
            }
            return (mailbox, thread)
        } catch {
            throw .noThread
        }
    }
}
