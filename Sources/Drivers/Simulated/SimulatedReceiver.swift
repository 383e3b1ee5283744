package import Engine

/// A receiver that exists in the core only: `GpsdSession` in front of a simulated gpsd.
///
/// Time-outs, staleness and what is made of a report are therefore those of the real driver.
package actor SimulatedReceiver: ReceiverDriver {
    /// How long bytes are on their way, as over a loopback connection; never zero, so that no
    /// answer comes within the call that asked.
    package static let answerDelay = Duration.milliseconds(1)

    package nonisolated let core: Core
    private let interval: Duration
    private var session: GpsdSession
    private var device: SimulatedGpsd
    private var line = EventLine<GpsdSession.Event>()
    private var random: SeededRandom
    private var noise: SeededRandom
    private var report: @Sendable (ReceiverEvent) -> Void = { _ in }
    private var wire = SimulatedWire()
    private var isConnected = false
    private var isClosed = false
    private lazy var deadlineTimer = Timer(on: self) { $0.handle(.deadline) }
    private lazy var wireTimer = Timer(on: self) { $0.deliver() }
    private lazy var epochTimer = Timer(on: self) { $0.speak() }

    /// - Parameters:
    ///   - name: seeds the noise and the driver's random pauses; unique among the core's receivers.
    ///   - interval: between the receiver's epochs.
    package init(
        core: Core, name: String = "station", path: SimulatedReceiverPath,
        interval: Duration = .seconds(1), settings: GpsdSettings = GpsdSettings()
    ) {
        precondition(interval > .zero)
        self.core = core
        self.interval = interval
        session = GpsdSession(settings: settings)
        device = SimulatedGpsd(path: path)
        random = core.random("simulated-receiver/" + name)
        noise = core.random("simulated-receiver-noise/" + name)
    }

    package func start(_ report: @escaping @Sendable (ReceiverEvent) -> Void) {
        self.report = report
        guard !isClosed else { return }
        if !epochTimer.isArmed { epochTimer.arm(after: interval) }
        handle(.start)
    }

    package func close() {
        isClosed = true
        handle(.close)
        epochTimer.cancel()
    }

    /// Changes what is wrong with the receiver from now on.
    package func setFaults(_ faults: SimulatedReceiverFaults) {
        device.faults = faults
        guard faults.disconnected, isConnected else { return }
        isConnected = false
        device.disconnect()
        wire.cut()
        say(.closed(.reset))
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
        case .link(let action): performLink(action)
        case .report(let event): report(event)
        case .arm(let deadline): deadlineTimer.arm(at: deadline)
        case .disarm: deadlineTimer.cancel()
        }
    }

    // MARK: The device's side

    private func performLink(_ action: LinkAction) {
        switch action {
        case .connect:
            guard !device.faults.disconnected else { return say(.closed(.refused)) }
            isConnected = true
            say(.connected)
            say(.received(device.connect()))
        case .send(let bytes):
            guard isConnected else { return }
            say(bytes: device.receive(bytes))
        case .close:
            isConnected = false
            device.disconnect()
            wire.cut()
            wireTimer.cancel()
        }
    }

    /// One epoch of the receiver, whether or not somebody listens.
    private func speak() {
        epochTimer.arm(after: interval)
        let offset = (north: noise.normal(), east: noise.normal())
        say(bytes: device.epoch(at: core.now, utc: core.utc, noise: offset))
    }

    private func say(bytes: [UInt8]) {
        if !bytes.isEmpty { say(.received(bytes)) }
    }

    private func say(_ event: LinkEvent) {
        wire.send(event, arrivingAt: core.now.advanced(by: Self.answerDelay))
        if let deadline = wire.deadline { wireTimer.arm(at: deadline) }
    }

    private func deliver() {
        while let event = wire.take(at: core.now) { handle(.link(event)) }
        if let deadline = wire.deadline { wireTimer.arm(at: deadline) }
    }
}
