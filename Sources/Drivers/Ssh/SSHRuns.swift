package import Engine

/// The runs of one core: its doors to the edge, and who asked for which run.
///
/// One for each core, made before the actors that ask and stopped after it.
package final class SSHRuns: Sendable {
    private let router: Switchboard<SSHEvent>
    private let edge: any SSHEdge
    private let output: OutputPort<SSHRequest>

    /// Opens the doors. Core only.
    ///
    /// - Parameter makeEdge: makes what performs the runs, from the handler for its events, which
    ///   is false when the core has no room for one; the edge then offers it again.
    package init(
        core: Core,
        makeEdge: (@escaping @Sendable (UInt64, SSHEvent) -> Bool) -> any SSHEdge = {
            LibSSHEdge(onEvent: $0)
        }
    ) {
        let router = Switchboard<SSHEvent>(core: core)
        let input = core.inputPort(to: router) { (router, report: SSHReport) in
            router.answer(report.run, report.event, isLast: report.event.isFinal)
        }
        let edge = makeEdge { run, event in input.send(SSHReport(run: run, event: event)) }
        // A command is not undone by a restart: what is known of it is durable before it leaves.
        output = core.outputPort(release: .durable) { requests in
            for request in requests { edge.perform(request.action, on: request.run) }
        }
        self.router = router
        self.edge = edge
    }

    /// Asks for a run and gives its number; `handler` hears its events on the core, exactly one of
    /// them final, and that one last. Core only.
    ///
    /// Bounds of its own are not needed: the edge ends every run in its command's total time-out.
    package func start(
        _ command: SSHCommand, handler: @escaping @Sendable (SSHEvent) -> Void
    ) -> UInt64 {
        let run = router.enter { $0.add(handler) }
        output.emit(SSHRequest(run: run, action: .run(command)))
        return run
    }

    /// Asks for a run's end, which its handler hears of as usual. Core only.
    package func cancel(_ run: UInt64) {
        guard router.enter({ $0.isUnderWay(run) }) else { return }
        output.emit(SSHRequest(run: run, action: .cancel))
    }

    /// Ends every run and the edge; callable from any thread but the edge's.
    package func stop() {
        edge.stop()
    }
}
