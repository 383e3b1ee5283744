package import Engine

/// A receiver that exists in the core only: one fix a second from a `SimulatedReceiverPath`.
package actor SimulatedReceiver: ReceiverDriver {
    package nonisolated let core: Core
    private let path: SimulatedReceiverPath
    private let interval: Duration
    /// Supplies `staleAfter` and `silentAfter`, so that a silence is reported as the real driver
    /// would.
    private let settings: GpsdSettings
    private var faults = SimulatedReceiverFaults()
    private var random: SeededRandom
    private var report: @Sendable (ReceiverEvent) -> Void = { _ in }
    private var condition = DriverState.Condition.absent
    private var isStarted = false
    private var isClosed = false
    private var lastFix = Instant.start
    private lazy var timer = Timer(on: self) { $0.tick() }

    /// - Parameter name: seeds the noise; unique among the core's receivers.
    package init(
        core: Core, name: String = "station", path: SimulatedReceiverPath,
        interval: Duration = .seconds(1), settings: GpsdSettings = GpsdSettings()
    ) {
        precondition(interval > .zero)
        self.core = core
        self.path = path
        self.interval = interval
        self.settings = settings
        random = core.random("simulated-receiver/" + name)
    }

    package func start(_ report: @escaping @Sendable (ReceiverEvent) -> Void) {
        self.report = report
        guard !isStarted, !isClosed else { return }
        isStarted = true
        lastFix = core.now
        say(.connecting)
        timer.arm(after: interval)
    }

    package func close() {
        isStarted = false
        isClosed = true
        timer.cancel()
        say(.absent)
    }

    /// Changes what is wrong with the receiver from now on.
    package func setFaults(_ faults: SimulatedReceiverFaults) {
        self.faults = faults
        if isStarted, faults.disconnected { say(.failed(.link(.reset))) }
    }

    private func tick() {
        timer.arm(after: interval)
        guard !faults.disconnected else { return say(.failed(.link(.refused))) }
        guard !faults.silent else { return reportSilence() }
        lastFix = core.now
        say(.ready)
        let fix = path.fix(at: core.now, noise: (normal(), normal()))
        report(.fix(faults.withoutFix ? path.noFix(at: core.now) : fix))
    }

    private func reportSilence() {
        let silence = lastFix.duration(to: core.now)
        if silence >= settings.silentAfter {
            say(.failed(.silent))
        } else if silence >= settings.staleAfter, condition == .ready {
            say(.degraded(.stale))
        }
    }

    private func say(_ new: DriverState.Condition) {
        guard new != condition else { return }
        condition = new
        report(.state(DriverState(new, since: core.now)))
    }

    /// A number of mean 0 and spread 1. The sum of twelve uniform ones: it needs no logarithm or
    /// cosine, whose last bits differ between machines.
    private func normal() -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + random.unit() }
    }
}
