import Drivers
import Engine

/// Performs one command: what `CommandProgress` decides, with a driver for each attempt.
actor CommandRun: CoreActor {
    /// What there is to show or to store.
    struct News: Sendable {
        let output: String
        let status: Command.Status
        let isShown: Bool
        let isSaved: Bool
    }

    nonisolated let core: Core
    private let order: DeviceOrder
    private let makeDriver: @Sendable () -> (any CommandDriver)?
    private let report: @Sendable (News) -> Void
    private var progress: CommandProgress
    private var driver: (any CommandDriver)?
    private var random: SeededRandom
    private lazy var timer = Timer(on: self) { $0.handle(.deadline) }

    /// - Parameters:
    ///   - id: the command's; seeds the pauses between attempts.
    ///   - makeDriver: another driver for every attempt; nil when there is no way any more.
    init(
        core: Core, id: String, order: DeviceOrder, progress: CommandProgress,
        makeDriver: @escaping @Sendable () -> (any CommandDriver)?,
        report: @escaping @Sendable (News) -> Void
    ) {
        self.core = core
        self.order = order
        self.progress = progress
        self.makeDriver = makeDriver
        self.report = report
        random = core.random("command/" + id)
    }

    /// The device knows nothing of it yet.
    var isWaiting: Bool { progress.isWaiting }

    func handle(_ event: CommandProgress.Event) {
        var isShown = false
        var isSaved = false
        var hasNoWay = false
        for action in progress.handle(event, at: core.now, jitter: random.unit()) {
            switch action {
            case .attempt: hasNoWay = !attempt()
            case .cancel: cancel()
            case .show: isShown = true
            case .save: isSaved = true
            case .arm(let deadline): timer.arm(at: deadline)
            case .disarm: timer.cancel()
            }
        }
        if hasNoWay { return handle(.abort("its connection is gone")) }
        if progress.isEnded { driver = nil }
        guard isShown || isSaved else { return }
        report(
            News(
                output: progress.output.text, status: progress.status, isShown: isShown,
                isSaved: isSaved))
    }

    /// False when there is no way to the device any more.
    private func attempt() -> Bool {
        guard let driver = makeDriver() else { return false }
        self.driver = driver
        let order = order
        driver.enter { driver in
            driver.run(order) { [weak self] event in self?.enter { $0.handle(.driver(event)) } }
        }
        return true
    }

    private func cancel() {
        driver?.enter { $0.cancel() }
        driver = nil
    }
}
