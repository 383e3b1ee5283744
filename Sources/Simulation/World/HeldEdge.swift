import Drivers
import Synchronization

/// The place of the sockets in virtual time: what drivers ask waits here for a world, or a log,
/// that answers.
final class HeldEdge: LinkEdge {
    private let handler: @Sendable (LinkID, LinkEvent) -> Void
    private let asked = Mutex<[(LinkID, LinkAction)]>([])

    init(_ handler: @escaping @Sendable (LinkID, LinkEvent) -> Void) {
        self.handler = handler
    }

    func perform(_ action: LinkAction, on link: LinkID) {
        asked.withLock { $0.append((link, action)) }
    }

    func stop() {}

    func take() -> [(LinkID, LinkAction)] {
        asked.withLock { asked in
            guard !asked.isEmpty else { return [] }
            defer { asked = [] }
            return asked
        }
    }

    func say(_ event: LinkEvent, on link: LinkID) {
        handler(link, event)
    }
}
