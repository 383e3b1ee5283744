import Drivers
import Engine

/// Performs one session: what `SessionProgress` decides, with a driver of its own.
actor SessionRun: CoreActor {
    enum News: Sendable {
        case started
        /// It will end so after that time, if nothing happens.
        case warning(WorkspaceSession.End, after: Duration)
        case ended(WorkspaceSession.End, detail: String)
        /// Nothing of it is left.
        case gone
    }

    nonisolated let core: Core
    private let wish: WorkspaceWish
    private let driver: any WorkspaceDriver
    private let report: @Sendable (News) -> Void
    private var progress: SessionProgress
    /// Where its stream is; nil before it has started, and for one that has none.
    private(set) var viewer: ViewerPlace?
    private(set) var hasStarted = false
    private lazy var timer = Timer(on: self) { $0.handle(.deadline) }

    init(
        core: Core, wish: WorkspaceWish, driver: any WorkspaceDriver, progress: SessionProgress,
        report: @escaping @Sendable (News) -> Void
    ) {
        self.core = core
        self.wish = wish
        self.driver = driver
        self.progress = progress
        self.report = report
    }

    func handle(_ event: SessionProgress.Event) {
        for action in progress.handle(event, at: core.now) {
            switch action {
            case .start: start()
            case .stop: driver.enter { $0.stop() }
            case .tellStarted(let viewer):
                self.viewer = viewer
                hasStarted = true
                report(.started)
            case .warn(let end, let time):
                report(.warning(end, after: core.now.duration(to: time)))
            case .tellEnded(let end, let detail): report(.ended(end, detail: detail))
            case .tellGone: report(.gone)
            case .arm(let deadline): timer.arm(at: deadline)
            case .disarm: timer.cancel()
            }
        }
    }

    private func start() {
        let wish = wish
        driver.enter { driver in
            driver.start(wish) { [weak self] event in self?.enter { $0.handle(.driver(event)) } }
        }
    }
}
