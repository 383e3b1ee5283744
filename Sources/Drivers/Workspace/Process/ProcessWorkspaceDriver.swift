package import Engine

/// A session that is a program of this machine.
package actor ProcessWorkspaceDriver: WorkspaceDriver {
    package nonisolated let core: Core
    private let settings: ProcessWorkspaceSettings
    private let runs: ProcessRuns
    private let logFolder: String
    private var run: UInt64?
    private var isStarted = false
    private var isStopping = false
    private var report: (@Sendable (WorkspaceEvent) -> Void)?

    /// - Parameter logFolder: where the output of sessions goes, a file `SESSION.log` each.
    package init(
        core: Core, settings: ProcessWorkspaceSettings, runs: ProcessRuns, logFolder: String
    ) {
        self.core = core
        self.settings = settings
        self.runs = runs
        self.logFolder = logFolder
    }

    package func start(
        _ wish: WorkspaceWish, _ report: @escaping @Sendable (WorkspaceEvent) -> Void
    ) {
        self.report = report
        let call = settings.call(for: wish, log: Self.log(of: wish.session, in: logFolder))
        run = runs.start(call) { [weak self] event in self?.enter { $0.hear(event) } }
    }

    package func stop() {
        guard let run else { return }
        isStopping = true
        runs.stop(run)
    }

    /// Where a session's output is kept.
    package static func log(of session: String, in folder: String) -> String {
        let name = session.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return folder + "/" + String(name) + ".log"
    }

    private func hear(_ event: ProcessEvent) {
        switch event {
        case .started(let port):
            isStarted = true
            report?(.started(viewer: port.map { ViewerPlace(port: $0) }))
        case .output: break
        case .ended(let code): end("the program ended with exit code \(code)")
        case .signalled(let name): end("the signal \(name) ended the program")
        case .failed(let error): end(error.description)
        }
    }

    private func end(_ how: String) {
        let report = report
        self.report = nil
        run = nil
        let end: WorkspaceEnd =
            isStopping ? .stopped : isStarted ? .crashed(how) : .startFailed(how)
        report?(.ended(end))
    }
}
