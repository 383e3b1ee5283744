/// The program behind a kind of workspace, one run of it for each session.
package struct ProcessWorkspaceSettings: Sendable, Equatable {
    /// Where the program's stream is.
    package enum Port: Sendable, Equatable {
        /// It has none.
        case none
        /// A free one for each session, which the command names as `{port}`.
        case picked
        /// Always the same; there can be one session at a time.
        case fixed(UInt16)
    }

    /// What workspaces call it.
    package var name: String
    package var executable: String
    package var arguments: [WorkspaceText] = []
    package var environment: [String: WorkspaceText] = [:]
    /// Nil for the root directory.
    package var workingDirectory: String?
    package var port = Port.none
    /// How long it may take until its port accepts connections.
    package var startTimeout = Duration.seconds(10)
    /// How long it may take to end once it is asked to.
    package var stopGrace = Duration.seconds(5)
    /// How much of its output is kept.
    package var logBytes = 1_000_000

    package init(name: String, executable: String) {
        self.name = name
        self.executable = executable
    }

    /// What is to be run for a session.
    ///
    /// - Parameter log: the file for its output.
    package func call(for wish: WorkspaceWish, log: String) -> ProgramCall {
        ProgramCall(
            name: wish.session, executable: executable,
            arguments: arguments.map { $0.filled(for: wish) },
            environment: environment.mapValues { $0.filled(for: wish) },
            workingDirectory: workingDirectory, output: .log(path: log, bytes: logBytes),
            readiness: readiness, startTimeout: startTimeout, stopGrace: stopGrace)
    }

    private var readiness: ProgramReadiness {
        switch port {
        case .none: .atOnce
        case .picked: .pickedPort
        case .fixed(let port): .port(port)
        }
    }
}
