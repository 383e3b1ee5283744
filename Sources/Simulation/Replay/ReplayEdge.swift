import Drivers
import Synchronization

/// The place of the sockets in a replay: nothing is sent, and what was received then comes from the
/// recording.
final class ReplayEdge: LinkEdge {
    private let handler: @Sendable (LinkID, LinkEvent) -> Void

    init(_ handler: @escaping @Sendable (LinkID, LinkEvent) -> Void) {
        self.handler = handler
    }

    func perform(_ action: LinkAction, on link: LinkID) {}

    func stop() {}

    /// Says what a device said.
    func say(_ report: LinkReport) {
        handler(report.link, report.event)
    }
}
