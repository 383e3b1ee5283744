package import Engine

/// A room that exists in the core only: it replays a fixture, and what reads its frames is what
/// reads the real service's.
package actor SimulatedRoomService: RoomService {
    package nonisolated let core: Core
    private let service: EcastRoomService

    package init(
        core: Core, settings: EcastSettings, fixture: RoomFixture = .demonstration
    ) {
        self.core = core
        service = EcastRoomService(
            core: core, settings: settings,
            carriedBy: SimulatedRoomLines(core: core, fixture: fixture))
    }

    package func watch(_ report: @escaping @Sendable (RoomEvent) -> Void) {
        service.enter { $0.watch(report) }
    }

    package func stop() {
        service.enter { $0.stop() }
    }
}
