package import Engine

/// An order to a device with an SSH server: one run of a command.
package actor SSHCommandDriver: CommandDriver {
    package nonisolated let core: Core
    private let settings: SSHDeviceSettings
    private let runs: SSHRuns
    private var run: UInt64?
    private var isReboot = false
    private var isReached = false
    private var report: (@Sendable (CommandEvent) -> Void)?
    /// For what is refused before there is a run.
    private lazy var timer = Timer(on: self) { driver in
        driver.end(.failed(CommandFailure("a shell has no such command")))
    }

    package init(core: Core, settings: SSHDeviceSettings, runs: SSHRuns) {
        self.core = core
        self.settings = settings
        self.runs = runs
    }

    package func run(
        _ order: DeviceOrder, _ report: @escaping @Sendable (CommandEvent) -> Void
    ) {
        self.report = report
        isReboot = order == .reboot
        guard let command = settings.command(for: order) else { return timer.arm(after: .zero) }
        run = runs.start(command) { [weak self] event in self?.enter { $0.hear(event) } }
    }

    package func cancel() {
        report = nil
        if let run { runs.cancel(run) }
    }

    private func hear(_ event: SSHEvent) {
        switch event {
        case .connected:
            isReached = true
            report?(.reached)
        case .output(let bytes, isError: _): report?(.output(bytes))
        case .ended(let exitCode): end(.ended(exitCode: Int(exitCode)))
        case .signalled(let name): end(.signalled(name))
        case .failed(.disconnected) where isReboot && isReached:
            // What was asked for.
            report?(.output(Array("the device has closed the connection\n".utf8)))
            end(.ended(exitCode: 0))
        case .failed(let error):
            end(
                .failed(
                    CommandFailure(
                        error.description, isUnreachable: !isReached && error.isOfTheWay)))
        }
    }

    private func end(_ event: CommandEvent) {
        let report = report
        self.report = nil
        run = nil
        report?(event)
    }
}

extension SSHError {
    /// Whether it lies with the way to the device, which another time may be free.
    fileprivate var isOfTheWay: Bool {
        switch self {
        case .refused, .unresolvable, .connectTimedOut, .commandTimedOut, .disconnected, .busy,
            .cancelled, .noThread, .other:
            true
        case .hostKeyMismatch, .hostKeyUnknown, .authenticationRefused, .keyUnreadable,
            .keyTooSlow, .invalidCommand, .commandRefused, .protocolFailed, .outputTooLong:
            false
        }
    }
}
