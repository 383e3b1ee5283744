import Drivers
import Synchronization

/// The place of the sockets in virtual time: what drivers ask waits here for a world, or a log,
/// that answers.
final class HeldEdge<Line: Sendable, Action: Sendable, Event: Sendable>: Sendable {
    private let handler: @Sendable (Line, Event) -> Void
    private let asked = Mutex<[(Line, Action)]>([])

    init(_ handler: @escaping @Sendable (Line, Event) -> Void) {
        self.handler = handler
    }

    func perform(_ action: Action, on line: Line) {
        asked.withLock { $0.append((line, action)) }
    }

    func stop() {}

    func take() -> [(Line, Action)] {
        asked.withLock { asked in
            guard !asked.isEmpty else { return [] }
            defer { asked = [] }
            return asked
        }
    }

    func say(_ event: Event, on line: Line) {
        handler(line, event)
    }
}

/// Holds what is asked of connections to devices.
typealias HeldLinks = HeldEdge<LinkID, LinkAction, LinkEvent>
/// Holds what is asked of servers.
typealias HeldCalls = HeldEdge<UInt64, WebAction, WebEvent>

extension HeldEdge: LinkEdge where Line == LinkID, Action == LinkAction, Event == LinkEvent {}
extension HeldEdge: WebEdge where Line == UInt64, Action == WebAction, Event == WebEvent {}
