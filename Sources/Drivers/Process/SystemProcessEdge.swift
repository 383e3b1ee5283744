import Engine

/// Runs programs of this machine, all of them watched by one thread of its own.
///
/// It performs `ProcessAction`s and answers with `ProcessEvent`s. The thread begins with the first
/// action, as most stations run no programs.
package final class SystemProcessEdge: ProcessEdge {
    private let onEvent: @Sendable (UInt64, ProcessEvent) -> Bool
    private let thread: EdgeThread<ProcessLetter>

    /// - Parameters:
    ///   - station: the data directory, by which the processes are known after a crash.
    ///   - onEvent: called on the thread, in the order of events; it must not block. When it
    ///     answers false, the same event is offered again a little later.
    package init(
        station: String, limits: ProcessLimits = ProcessLimits(),
        onEvent: @escaping @Sendable (UInt64, ProcessEvent) -> Bool
    ) {
        self.onEvent = onEvent
        let station = ProcessCookie.station(station)
        thread = EdgeThread(name: "programs") { mailbox in
            ProcessLoop(station: station, mailbox: mailbox, limits: limits, onEvent: onEvent).run()
        }
    }

    deinit {
        stop()
    }

    /// Queues an action; callable from any thread. Actions of one run keep their order.
    ///
    /// Everything after `stop` is dropped, and a number is used for one run only. When the system
    /// has no descriptor or thread left to begin with, the run ends with that.
    package func perform(_ action: ProcessAction, on run: UInt64) {
        do throws(EdgeThread<ProcessLetter>.Failure) {
            try thread.post(.action(run, action))
        } catch {
            // Without a thread nobody could offer it again; a core that is full as well has lost
            // more than this run.
            _ = onEvent(run, .failed(ProcessError(error)))
        }
    }

    /// Ends all programs and waits for that: `ProcessLimits.lastGrace` until they are killed, and
    /// `patience` for those that do not even die then.
    ///
    /// Callable once or more from any thread but the edge's own.
    package func stop() {
        thread.stop(.stop)
    }
}

extension ProcessError {
    fileprivate init(_ failure: EdgeThread<ProcessLetter>.Failure) {
        switch failure {
        case .noDescriptor(.other(let code)): self = .other(code)
        case .noDescriptor, .noThread: self = .noThread
        }
    }
}
