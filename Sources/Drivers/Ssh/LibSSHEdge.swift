import Engine

/// Runs commands on devices over SSH, with all sessions on one thread of its own.
///
/// It performs `SSHAction`s and answers with `SSHEvent`s, and decides nothing but whether a device
/// is the one that was meant. The thread begins with the first action, as most stations have none.
package final class LibSSHEdge: SSHEdge {
    private let onEvent: @Sendable (UInt64, SSHEvent) -> Bool
    private let thread: EdgeThread<SSHLetter>

    /// - Parameter onEvent: called on the thread, in the order of events; it must not block. When
    ///   it answers false, the same event is offered again a little later.
    package init(
        limits: SSHLimits = SSHLimits(),
        onEvent: @escaping @Sendable (UInt64, SSHEvent) -> Bool
    ) {
        self.onEvent = onEvent
        thread = EdgeThread(name: "ssh") { mailbox in
            SSHLoop(mailbox: mailbox, limits: limits, onEvent: onEvent).run()
        }
    }

    deinit {
        stop()
    }

    /// Queues an action; callable from any thread. Actions of one run keep their order.
    ///
    /// Everything after `stop` is dropped, and a number is used for one run only. When the system
    /// has no descriptor or thread left to begin with, the run ends with that.
    package func perform(_ action: SSHAction, on run: UInt64) {
        do throws(EdgeThread<SSHLetter>.Failure) {
            try thread.post(.action(run, action))
        } catch {
            // Without a thread nobody could offer it again; a core that is full as well has lost
            // more than this run.
            _ = onEvent(run, .failed(SSHError(error)))
        }
    }

    /// Ends all runs (each with `failed(.cancelled)`) and waits for the thread's end, and for that
    /// of a key's reading: `SSHLimits.keyRounds` at most.
    ///
    /// Callable once or more from any thread but the edge's own.
    package func stop() {
        thread.stop(.stop)
    }
}

extension SSHError {
    fileprivate init(_ failure: EdgeThread<SSHLetter>.Failure) {
        switch failure {
        case .noDescriptor(let error): self = SSHError(error)
        case .noThread: self = .noThread
        }
    }
}
