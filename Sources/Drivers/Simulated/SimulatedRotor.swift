package import Engine

/// A rotor that exists in the core only: `RotctldSession` in front of a simulated rotctld.
///
/// Time-outs, reconnections and the order of commands are therefore those of the real driver.
package actor SimulatedRotor: RotorDriver {
    /// How long a healthy answer takes, as over a loopback connection; never zero, so that no
    /// answer comes within the call that asked.
    package static let answerDelay = Duration.milliseconds(1)

    package nonisolated let core: Core
    private var session: RotctldSession
    private var device: SimulatedRotctld
    private var faults = SimulatedRotorFaults()
    private var line = EventLine<RotctldSession.Event>()
    private var random: SeededRandom
    private var report: @Sendable (RotorEvent) -> Void = { _ in }
    private var wire = SimulatedWire()
    private var isConnected = false
    private lazy var deadlineTimer = Timer(on: self) { $0.handle(.deadline) }
    private lazy var wireTimer = Timer(on: self) { $0.deliver() }

    /// - Parameter name: seeds the driver's random pauses; unique among the core's rotors.
    package init(
        core: Core, name: String, mechanics: SimulatedRotorMechanics = SimulatedRotorMechanics(),
        settings: RotctldSettings = RotctldSettings(host: "simulated", port: 0)
    ) {
        self.core = core
        session = RotctldSession(settings: settings)
        device = SimulatedRotctld(mechanics: mechanics)
        random = core.random("simulated-rotor/" + name)
    }

    package func start(_ report: @escaping @Sendable (RotorEvent) -> Void) {
        self.report = report
        handle(.start)
    }

    package func submit(_ command: RotorCommand) {
        handle(.submit(command))
    }

    package func close() {
        handle(.close)
    }

    /// Where the antenna really points, whatever the rotor reports.
    package var position: (azimuthDegrees: Double, elevationDegrees: Double) {
        device.mechanics.truePosition(at: core.now)
    }

    /// Changes what is wrong with the rotor from now on.
    package func setFaults(_ faults: SimulatedRotorFaults) {
        self.faults = faults
        device.setFaults(faults, at: core.now)
        guard faults.disconnected, isConnected else { return }
        isConnected = false
        wire.cut()
        say(.closed(.reset), after: Self.answerDelay)
    }

    private func handle(_ event: RotctldSession.Event) {
        guard line.add(event) else { return }
        while let event = line.next() {
            for action in session.handle(event, at: core.now, jitter: random.unit()) {
                perform(action)
            }
        }
    }

    private func perform(_ action: RotctldSession.Action) {
        switch action {
        case .link(let action): performLink(action)
        case .report(let event): report(event)
        case .arm(let deadline): deadlineTimer.arm(at: deadline)
        case .disarm: deadlineTimer.cancel()
        }
    }

    private func performLink(_ action: LinkAction) {
        switch action {
        case .connect(_, _, let timeout): connect(timeout: timeout)
        case .send(let bytes):
            guard isConnected else { return }
            let reply = device.receive(bytes, at: core.now)
            guard !reply.isEmpty else { return }
            say(.received(reply), after: Self.answerDelay + faults.replyDelay)
        case .close:
            isConnected = false
            wire.cut()
            wireTimer.cancel()
        }
    }

    private func connect(timeout: Duration) {
        device.reset()
        isConnected = !faults.disconnected && !faults.halfOpen
        if isConnected {
            say(.connected, after: Self.answerDelay)
        } else if faults.disconnected {
            say(.closed(.refused), after: Self.answerDelay)
        } else {
            say(.closed(.timedOut), after: timeout)
        }
    }

    private func say(_ event: LinkEvent, after delay: Duration) {
        wire.send(event, arrivingAt: core.now.advanced(by: delay))
        if let deadline = wire.deadline { wireTimer.arm(at: deadline) }
    }

    private func deliver() {
        while let event = wire.take(at: core.now) {
            // What was on its way when the line went dead is lost too.
            if case .received = event, faults.halfOpen { continue }
            handle(.link(event))
        }
        if let deadline = wire.deadline { wireTimer.arm(at: deadline) }
    }
}
