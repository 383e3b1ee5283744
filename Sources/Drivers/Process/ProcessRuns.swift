package import Engine

/// The programs of one core: its doors to the edge, and who asked for which run.
///
/// One for each core, made before the actors that ask and stopped after it.
package final class ProcessRuns: Sendable {
    private let router: Switchboard<ProcessEvent>
    private let edge: any ProcessEdge
    private let output: OutputPort<ProcessRequest>

    /// Opens the doors. Core only.
    ///
    /// - Parameter makeEdge: makes what runs the programs, from the handler for its events, which
    ///   is false when the core has no room for one; the edge then offers it again.
    package init(
        core: Core,
        makeEdge: (@escaping @Sendable (UInt64, ProcessEvent) -> Bool) -> any ProcessEdge
    ) {
        let router = Switchboard<ProcessEvent>(core: core)
        let input = core.inputPort(to: router) { (router, report: ProcessReport) in
            router.answer(report.run, report.event, isLast: report.event.isFinal)
        }
        let edge = makeEdge { run, event in input.send(ProcessReport(run: run, event: event)) }
        // What a program does is not undone by a restart: that it runs is durable before it does.
        output = core.outputPort(release: .durable) { requests in
            for request in requests { edge.perform(request.action, on: request.run) }
        }
        self.router = router
        self.edge = edge
    }

    /// Asks for a run and gives its number; `handler` hears its events on the core, in later
    /// turns, exactly one of them final, and that one last. Core only.
    package func start(
        _ call: ProgramCall, handler: @escaping @Sendable (ProcessEvent) -> Void
    ) -> UInt64 {
        let run = router.enter { $0.add(handler) }
        output.emit(ProcessRequest(run: run, action: .start(call)))
        return run
    }

    /// Asks for a run's end, which its handler hears of as usual. Core only.
    package func stop(_ run: UInt64) {
        guard router.enter({ $0.isUnderWay(run) }) else { return }
        output.emit(ProcessRequest(run: run, action: .stop))
    }

    /// Ends every run and the edge; callable from any thread but the edge's.
    package func stop() {
        edge.stop()
    }
}
