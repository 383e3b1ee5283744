/// Stands in for real sessions where there are no devices: whoever asks is refused.
package struct RefusingSSHEdge: SSHEdge {
    private let onEvent: @Sendable (UInt64, SSHEvent) -> Bool

    package init(onEvent: @escaping @Sendable (UInt64, SSHEvent) -> Bool) {
        self.onEvent = onEvent
    }

    package func perform(_ action: SSHAction, on run: UInt64) {
        if case .run = action { _ = onEvent(run, .failed(.refused)) }
    }

    package func stop() {}
}
