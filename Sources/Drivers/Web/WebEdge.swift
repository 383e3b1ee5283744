/// What performs calls and WebSockets: a real client, or a stand-in for it.
///
/// It answers through the handler that it was made with, from any thread.
package protocol WebEdge: Sendable {
    /// Queues an action and returns at once; callable from any thread. Actions of one line keep
    /// their order.
    func perform(_ action: WebAction, on line: UInt64)

    /// Breaks off everything and ends the edge; nothing is answered after it has returned.
    func stop()
}

/// Stands in for a real client where there is no network: whoever calls is refused.
package struct RefusingWebEdge: WebEdge {
    private let onEvent: @Sendable (UInt64, WebEvent) -> Bool

    package init(onEvent: @escaping @Sendable (UInt64, WebEvent) -> Bool) {
        self.onEvent = onEvent
    }

    package func perform(_ action: WebAction, on line: UInt64) {
        switch action {
        case .call, .open: _ = onEvent(line, .failed(.unreachable("there is no network")))
        case .send, .close: break
        }
    }

    package func stop() {}
}
