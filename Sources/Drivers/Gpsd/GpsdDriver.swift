package import Engine

/// A receiver behind gpsd: performs what `GpsdSession` decides.
package actor GpsdDriver: ReceiverDriver {
    private static let stream: StreamName = "gpsd"

    package nonisolated let core: Core
    private let links: DeviceLinks
    private var session: GpsdSession
    private var line = EventLine<GpsdSession.Event>()
    private var link: DeviceLink?
    private var random: SeededRandom
    private var report: @Sendable (ReceiverEvent) -> Void = { _ in }
    private lazy var timer = Timer(on: self) { $0.handle(.deadline) }

    package init(core: Core, settings: GpsdSettings, links: DeviceLinks) {
        self.core = core
        self.links = links
        session = GpsdSession(settings: settings)
        random = core.random(Self.stream.description)
    }

    package func start(_ report: @escaping @Sendable (ReceiverEvent) -> Void) {
        self.report = report
        if link == nil {
            link = links.open(stream: Self.stream) { [weak self] report in
                self?.enter { $0.receive(report) } != nil
            }
        }
        handle(.start)
    }

    package func close() {
        handle(.close)
        if let link { links.end(link) }
        link = nil
    }

    private func receive(_ report: LinkReport) {
        guard let link, link.isCurrent(report) else { return }
        handle(.link(report.event))
    }

    private func handle(_ event: GpsdSession.Event) {
        guard line.add(event) else { return }
        while let event = line.next() {
            for action in session.handle(event, at: core.now, jitter: random.unit()) {
                perform(action)
            }
        }
    }

    private func perform(_ action: GpsdSession.Action) {
        switch action {
        case .link(let action): link?.perform(action)
        case .report(let event): report(event)
        case .arm(let deadline): timer.arm(at: deadline)
        case .disarm: timer.cancel()
        }
    }
}
