package import Engine

/// A device that exists in the core only and follows a script.
package actor SimulatedCommandDriver: CommandDriver {
    /// How long it takes to reach the device, or to find that it cannot be reached; never zero, so
    /// that nothing is reported within the call that asked.
    package static let answerDelay = Duration.milliseconds(1)

    package nonisolated let core: Core
    private let script: SimulatedScript
    private let isAway: Bool
    private var steps: ArraySlice<SimulatedScript.Step> = []
    private var isReached = false
    private var report: (@Sendable (CommandEvent) -> Void)?
    private lazy var timer = Timer(on: self) { $0.goOn() }

    /// - Parameter isAway: the device cannot be reached.
    package init(core: Core, script: SimulatedScript = SimulatedScript(), isAway: Bool = false) {
        self.core = core
        self.script = script
        self.isAway = isAway
    }

    package func run(
        _ order: DeviceOrder, _ report: @escaping @Sendable (CommandEvent) -> Void
    ) {
        self.report = report
        steps = script.steps(for: order)[...]
        timer.arm(after: Self.answerDelay)
    }

    package func cancel() {
        report = nil
        timer.cancel()
    }

    private func goOn() {
        guard isReached else { return reach() }
        guard let step = steps.popFirst() else { return end(.ended(exitCode: 0)) }
        switch step.action {
        case .output(let text):
            report?(.output(Array(text.utf8)))
            waitForNext()
        case .end(let exitCode): end(.ended(exitCode: exitCode))
        case .signal(let name): end(.signalled(name))
        case .fail(let reason): end(.failed(CommandFailure(reason)))
        }
    }

    private func reach() {
        guard !isAway else {
            return end(.failed(CommandFailure("the device is away", isUnreachable: true)))
        }
        isReached = true
        report?(.reached)
        waitForNext()
    }

    /// Nothing is armed once the owner has cancelled, which it may do while it hears a report.
    private func waitForNext() {
        guard report != nil else { return }
        timer.arm(after: steps.first?.after ?? .zero)
    }

    private func end(_ event: CommandEvent) {
        let report = report
        cancel()
        report?(event)
    }
}
