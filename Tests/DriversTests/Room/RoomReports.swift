import Drivers
import Synchronization

/// Keeps what a watch reported.
final class RoomReports: Sendable {
    private let events = Mutex<[RoomEvent]>([])

    func add(_ event: RoomEvent) { events.withLock { $0.append(event) } }

    var all: [RoomEvent] { events.withLock { $0 } }
}
