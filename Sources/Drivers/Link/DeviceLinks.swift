package import Engine
import Synchronization

/// The connections of one core's drivers: its doors to the edge, and who is behind which number.
///
/// One for each core, made before its drivers and stopped after it.
package final class DeviceLinks: Sendable {
    private let router: LinkRouter
    private let edge: any LinkEdge
    private let output: OutputPort<LinkRequest>

    /// Opens the doors. Core only.
    ///
    /// - Parameter makeEdge: makes what performs the actions, from the handler for its events.
    package init(
        core: Core,
        makeEdge: (@escaping @Sendable (LinkID, LinkEvent) -> Void) throws(LinkError)
            -> any LinkEdge = { handler throws(LinkError) in try SocketLinks(onEvent: handler) }
    ) throws(LinkError) {
        let router = LinkRouter(core: core)
        let streams = StreamNames()
        let input = core.inputPort(to: router) { router, report in router.route(report) }
        let edge = try makeEdge { link, event in
            // When the core's inbox is full the event is lost, and with it the order of bytes: the
            // driver's own time-outs then end the connection.
            input.send(LinkReport(stream: streams[link.driver], link: link, event: event))
        }
        // A command that moves or stops a rotor does not wait for a disk.
        output = core.outputPort(release: .immediate) { requests in
            for request in requests {
                streams[request.link.driver] = request.stream
                edge.perform(request.action, on: request.link)
            }
        }
        self.router = router
        self.edge = edge
    }

    /// A link for one driver; `handler` hears its events on the core, and is false when the driver
    /// is gone. Core only.
    func open(
        stream: StreamName, handler: @escaping @Sendable (LinkReport) -> Bool
    ) -> DeviceLink {
        let number = router.enter { $0.add(handler) }
        return DeviceLink(number: number, stream: stream, output: output)
    }

    /// Forgets a driver's link. Core only.
    func end(_ link: DeviceLink) {
        router.enter { $0.remove(link.number) }
    }

    /// Closes every connection and ends the edge; callable from any thread but the edge's.
    package func stop() {
        edge.stop()
    }
}

/// Finds the driver behind a number.
private actor LinkRouter: CoreActor {
    nonisolated let core: Core
    private var handlers: [Int: @Sendable (LinkReport) -> Bool] = [:]
    private var lastNumber = 0

    init(core: Core) {
        self.core = core
    }

    func add(_ handler: @escaping @Sendable (LinkReport) -> Bool) -> Int {
        lastNumber += 1
        handlers[lastNumber] = handler
        return lastNumber
    }

    func remove(_ number: Int) {
        handlers[number] = nil
    }

    func route(_ report: LinkReport) {
        guard let handler = handlers[report.link.driver] else { return }
        if !handler(report) { remove(report.link.driver) }
    }
}

/// The stream name behind each driver number, for the edge's thread.
private final class StreamNames: Sendable {
    private let names = Mutex<[Int: StreamName]>([:])

    subscript(number: Int) -> StreamName {
        get { names.withLock { $0[number] ?? "" } }
        set { names.withLock { $0[number] = newValue } }
    }
}
