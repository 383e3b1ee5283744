package import Engine

/// The calls and WebSockets of one core: its doors to the edge, and who asked for which.
///
/// One for each core, made before the actors that ask and stopped after it.
package final class WebLines: Sendable {
    private let router: Switchboard<WebEvent>
    private let edge: any WebEdge
    private let output: OutputPort<WebOrder>

    /// Opens the doors. Core only.
    ///
    /// - Parameter makeEdge: makes what performs the actions, from the handler for its events,
    ///   which is false when the core has no room for one; the edge then offers it again.
    package init(
        core: Core, makeEdge: (@escaping @Sendable (UInt64, WebEvent) -> Bool) -> any WebEdge
    ) {
        let router = Switchboard<WebEvent>(core: core)
        let input = core.inputPort(to: router) { (router, report: WebReport) in
            router.answer(report.line, report.event, isLast: report.event.isFinal)
        }
        let edge = makeEdge { line, event in input.send(WebReport(line: line, event: event)) }
        // What a webhook tells must be true after a crash.
        output = core.outputPort(release: .durable) { orders in
            for order in orders { edge.perform(order.action, on: order.line) }
        }
        self.router = router
        self.edge = edge
    }

    /// Begins a call or a WebSocket and gives its number; `handler` hears its events on the core,
    /// the final one last. Core only.
    ///
    /// Bounds of its own are not needed: the edge refuses what is too much.
    package func start(
        _ action: WebAction, handler: @escaping @Sendable (WebEvent) -> Void
    ) -> UInt64 {
        let line = router.enter { $0.add(handler) }
        output.emit(WebOrder(line: line, action: action))
        return line
    }

    /// Sends a text on a WebSocket; one that has ended is left alone. Core only.
    package func send(_ text: String, on line: UInt64) {
        guard router.enter({ $0.isUnderWay(line) }) else { return }
        output.emit(WebOrder(line: line, action: .send(text)))
    }

    /// Ends a WebSocket or breaks off a call. Its handler hears nothing any more. Core only.
    package func end(_ line: UInt64) {
        guard router.enter({ $0.remove(line) }) else { return }
        output.emit(WebOrder(line: line, action: .close(1000)))
    }

    /// Ends the edge; callable from any thread but the edge's.
    package func stop() {
        edge.stop()
    }
}
