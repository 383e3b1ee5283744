import Drivers
import Engine

/// Watches the room of one game, from outside and without a player's place in it.
actor ShardMonitor: CoreActor {
    nonisolated let core: Core
    private let service: any RoomService
    private let report: @Sendable (ShardProgress.Report) -> Void
    private var progress: ShardProgress
    private lazy var timer = Timer(on: self) { $0.handle(.deadline) }

    /// - Parameter report: is told what is to be published and kept.
    init(
        service: any RoomService, room: WatchedRoom, heartbeat: Duration,
        report: @escaping @Sendable (ShardProgress.Report) -> Void
    ) {
        core = service.core
        self.service = service
        self.report = report
        progress = ShardProgress(room: room, heartbeat: heartbeat)
    }

    var room: WatchedRoom { progress.room }

    var health: DriverHealth {
        progress.health(now: core.now, isSimulated: service is SimulatedRoomService)
    }

    func begin() {
        handle(.begin)
        service.enter { service in
            service.watch { [weak self] event in self?.enter { $0.handle(.room(event)) } }
        }
    }

    func stop() {
        handle(.stop)
    }

    private func handle(_ event: ShardProgress.Event) {
        for action in progress.handle(event, at: core.now) {
            switch action {
            case .arm(let time): timer.arm(at: time)
            case .disarm: timer.cancel()
            case .leave: service.enter { $0.stop() }
            case .report(let report): self.report(report)
            }
        }
    }
}
