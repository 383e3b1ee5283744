/// Stands in for real programs where none may run: whoever asks is refused.
package struct RefusingProcessEdge: ProcessEdge {
    private let onEvent: @Sendable (UInt64, ProcessEvent) -> Bool

    package init(onEvent: @escaping @Sendable (UInt64, ProcessEvent) -> Bool) {
        self.onEvent = onEvent
    }

    package func perform(_ action: ProcessAction, on run: UInt64) {
        if case .start = action { _ = onEvent(run, .failed(.refused)) }
    }

    package func stop() {}
}
