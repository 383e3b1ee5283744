import Drivers
import Engine

/// A room in which nothing happens.
actor SilentRoom: RoomService {
    nonisolated let core: Core

    init(core: Core) {
        self.core = core
    }

    func watch(_ report: @escaping @Sendable (RoomEvent) -> Void) {}

    func stop() {}
}
