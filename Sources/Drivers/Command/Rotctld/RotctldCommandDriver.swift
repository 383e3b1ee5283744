package import Engine

/// An order to a rotor behind Hamlib's rotctld: performs what `RotctldOrderSession` decides, on a
/// connection of its own.
package actor RotctldCommandDriver: CommandDriver {
    package nonisolated let core: Core
    private let stream: StreamName
    private let settings: RotctldSettings
    private let links: DeviceLinks
    private var session: RotctldOrderSession?
    private var refusal: CommandFailure?
    private var link: DeviceLink?
    private var report: (@Sendable (CommandEvent) -> Void)?
    private lazy var timer = Timer(on: self) { $0.deadlineCame() }

    /// - Parameter number: names the conversation in recordings; unique among the core's runs.
    package init(core: Core, number: UInt64, settings: RotctldSettings, links: DeviceLinks) {
        self.core = core
        self.settings = settings
        self.links = links
        stream = StreamName("rotctld/command", number)
    }

    package func run(
        _ order: DeviceOrder, _ report: @escaping @Sendable (CommandEvent) -> Void
    ) {
        self.report = report
        do throws(CommandFailure) {
            session = try RotctldOrderSession(order, settings: settings)
        } catch {
            // Told by the timer, not within this call.
            refusal = error
            return timer.arm(after: .zero)
        }
        link = links.open(stream: stream) { [weak self] report in
            self?.enter { $0.receive(report) } != nil
        }
        handle(.start)
    }

    package func cancel() {
        guard report != nil else { return }
        link?.perform(.close)
        letGo()
    }

    private func receive(_ report: LinkReport) {
        guard let link, link.isCurrent(report) else { return }
        handle(.link(report.event))
    }

    private func deadlineCame() {
        guard let refusal else { return handle(.deadline) }
        let report = report
        letGo()
        report?(.failed(refusal))
    }

    private func handle(_ event: RotctldOrderSession.Event) {
        for action in session?.handle(event, at: core.now) ?? [] {
            // The owner may have cancelled while it heard the report before.
            guard report != nil else { return }
            switch action {
            case .link(let action): link?.perform(action)
            case .arm(let deadline): timer.arm(at: deadline)
            case .report(let event):
                let report = report
                if event.isFinal { letGo() }
                report?(event)
            }
        }
    }

    private func letGo() {
        if let link { links.end(link) }
        link = nil
        session = nil
        report = nil
        timer.cancel()
    }
}
