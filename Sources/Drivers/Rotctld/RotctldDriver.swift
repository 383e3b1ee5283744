package import Engine

/// A rotor behind Hamlib's rotctld: performs what `RotctldSession` decides.
package actor RotctldDriver: RotorDriver {
    package nonisolated let core: Core
    private let stream: StreamName
    private let links: DeviceLinks
    private var session: RotctldSession
    private var line = EventLine<RotctldSession.Event>()
    private var link: DeviceLink?
    private var random: SeededRandom
    private var report: @Sendable (RotorEvent) -> Void = { _ in }
    /// Itself, from `close` until the link has ended.
    private var leaving: RotctldDriver?
    private lazy var timer = Timer(on: self) { $0.handle(.deadline) }

    /// - Parameter name: names the conversation in recordings and seeds the driver's random pauses;
    ///   unique among the core's rotors.
    package init(
        core: Core, name: String, settings: RotctldSettings, links: DeviceLinks
    ) {
        self.core = core
        self.links = links
        stream = StreamName("rotctld/" + name)
        session = RotctldSession(settings: settings)
        random = core.random(stream.description)
    }

    package func start(_ report: @escaping @Sendable (RotorEvent) -> Void) {
        self.report = report
        if link == nil {
            link = links.open(stream: stream) { [weak self] report in
                self?.enter { $0.receive(report) } != nil
            }
        }
        handle(.start)
    }

    package func submit(_ command: RotorCommand) {
        handle(.submit(command))
    }

    package func close() {
        // Its owner may let go now; the sign-off takes a little longer.
        leaving = self
        handle(.close)
    }

    private func receive(_ report: LinkReport) {
        guard let link, link.isCurrent(report) else { return }
        handle(.link(report.event))
    }

    private func handle(_ event: RotctldSession.Event) {
        guard line.add(event) else { return }
        while let event = line.next() {
            for action in session.handle(event, at: core.now, jitter: random.unit()) {
                perform(action)
            }
        }
        if session.isClosed { letGo() }
    }

    private func letGo() {
        if let link { links.end(link) }
        link = nil
        timer.cancel()
        leaving = nil
    }

    private func perform(_ action: RotctldSession.Action) {
        switch action {
        case .link(let action): link?.perform(action)
        case .report(let event): report(event)
        case .arm(let deadline): timer.arm(at: deadline)
        case .disarm: timer.cancel()
        }
    }
}
