import Drivers

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

/// The place of the client that calls servers, likewise.
final class ReplayWebEdge: WebEdge {
    private let handler: @Sendable (UInt64, WebEvent) -> Bool

    init(_ handler: @escaping @Sendable (UInt64, WebEvent) -> Bool) {
        self.handler = handler
    }

    func perform(_ action: WebAction, on line: UInt64) {}

    func stop() {}

    /// Says what a server said.
    func say(_ report: WebReport) {
        _ = handler(report.line, report.event)
    }
}

/// The place of the programs in a replay, likewise.
final class ReplayProcessEdge: ProcessEdge {
    private let handler: @Sendable (UInt64, ProcessEvent) -> Bool

    init(_ handler: @escaping @Sendable (UInt64, ProcessEvent) -> Bool) {
        self.handler = handler
    }

    func perform(_ action: ProcessAction, on run: UInt64) {}

    func stop() {}

    /// Says what a program did.
    func say(_ report: ProcessReport) {
        _ = handler(report.run, report.event)
    }
}

/// The place of the sessions in a replay, likewise.
final class ReplaySSHEdge: SSHEdge {
    private let handler: @Sendable (UInt64, SSHEvent) -> Bool

    init(_ handler: @escaping @Sendable (UInt64, SSHEvent) -> Bool) {
        self.handler = handler
    }

    func perform(_ action: SSHAction, on run: UInt64) {}

    func stop() {}

    /// Says what a device said.
    func say(_ report: SSHReport) {
        _ = handler(report.run, report.event)
    }
}
