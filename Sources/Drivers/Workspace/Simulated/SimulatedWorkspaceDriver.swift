package import Engine

/// A session that exists in the core only and has nothing to look at.
package actor SimulatedWorkspaceDriver: WorkspaceDriver {
    private enum Phase {
        case idle
        case starting
        case running
        case stopping
        case ended
    }

    package nonisolated let core: Core
    private let settings: SimulatedWorkspaceSettings
    private var phase = Phase.idle
    private var report: (@Sendable (WorkspaceEvent) -> Void)?
    private lazy var timer = Timer(on: self) { $0.goOn() }

    package init(
        core: Core, settings: SimulatedWorkspaceSettings = SimulatedWorkspaceSettings()
    ) {
        self.core = core
        self.settings = settings
    }

    package func start(
        _ wish: WorkspaceWish, _ report: @escaping @Sendable (WorkspaceEvent) -> Void
    ) {
        self.report = report
        phase = .starting
        timer.arm(after: settings.startsIn)
    }

    package func stop() {
        switch phase {
        case .starting, .running:
            phase = .stopping
            timer.arm(after: settings.stopsIn)
        case .idle, .stopping, .ended: break
        }
    }

    private func goOn() {
        switch phase {
        case .starting:
            if let reason = settings.startFailure { return end(.startFailed(reason)) }
            phase = .running
            // Armed first: whoever hears of it may stop it at once.
            if let life = settings.crashesAfter { timer.arm(after: life) }
            report?(.started(viewer: nil))
        case .running: end(.crashed(settings.crash))
        case .stopping: end(.stopped)
        case .idle, .ended: break
        }
    }

    private func end(_ end: WorkspaceEnd) {
        phase = .ended
        let report = report
        self.report = nil
        report?(.ended(end))
    }
}
