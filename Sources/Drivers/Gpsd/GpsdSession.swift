package import Engine

/// The conversation with one gpsd: events in, actions out, no clock and no socket.
///
/// gpsd never says that a receiver is gone, so that the arrival of position reports is what counts:
/// `degraded` when they stop, `failed` when they stay away, `ready` with the next one.
package struct GpsdSession: Sendable {
    package enum Event: Sendable, Equatable {
        /// Begin to connect, and keep connected.
        case start
        /// Let go for good.
        case close
        case link(LinkEvent)
        /// The armed deadline has come.
        case deadline
    }

    package enum Action: Sendable, Equatable {
        case link(LinkAction)
        case report(ReceiverEvent)
        /// Replaces the deadline that was armed before.
        case arm(Instant)
        case disarm
    }

    private static let watchCommand = Array("?WATCH={\"enable\":true,\"json\":true};\n".utf8)
    private static let probeCommand = Array("?DEVICES;\n".utf8)

    private let settings: GpsdSettings
    private let limits: GpsdLimits
    private var phase = Phase.stopped
    private var backoff: ReconnectBackoff
    private var condition = DriverState.Condition.absent
    private var actions: [Action] = []
    private var armed: Instant?

    private enum Phase {
        /// Exits: `connecting` on `start`.
        case stopped
        /// Exits: `greeting` when connected; `waiting` when that fails, or when nothing is heard of
        /// it by the moment given: the news may be lost when the core's inbox is full.
        case connecting(until: Instant)
        /// Exits: `watching` on gpsd's VERSION; `waiting` when it stays away or the link ends.
        case greeting(until: Instant, GpsdLineSplitter)
        /// Exits: `waiting` when the link ends or gpsd does not answer a probe.
        case watching(Watch)
        /// Exits: `connecting` at the moment given.
        case waiting(until: Instant)
        /// No exits.
        case closed
    }

    private struct Watch {
        var splitter: GpsdLineSplitter
        var epochs: GpsdEpochs
        /// When the last position report came, or else when watching began.
        var lastReport: Instant
        var hasReported = false
        /// When the next probe is sent, or when the answer to the last one must have come.
        var probeDue: Instant?
        var isProbing = false
    }

    package init(
        settings: GpsdSettings, limits: GpsdLimits = GpsdLimits(),
        backoff: ReconnectBackoff = ReconnectBackoff()
    ) {
        self.settings = settings
        self.limits = limits
        self.backoff = backoff
    }

    /// Takes one event; `jitter` is a random number in 0..<1 for a pause that may become due.
    package mutating func handle(_ event: Event, at now: Instant, jitter: Double) -> [Action] {
        switch event {
        case .start: start(at: now)
        case .close: close(at: now)
        case .link(.connected): greet(at: now)
        case .link(.received(let bytes)): receive(bytes, at: now, jitter: jitter)
        case .link(.closed(let error)): linkClosed(error, at: now, jitter: jitter)
        case .deadline: deadlineCame(at: now, jitter: jitter)
        }
        updateDeadline()
        defer { actions = [] }
        return actions
    }

    // MARK: Connection

    private mutating func start(at now: Instant) {
        guard case .stopped = phase else { return }
        report(.connecting, at: now)
        connect(at: now)
    }

    private mutating func close(at now: Instant) {
        switch phase {
        case .closed: return
        case .stopped, .waiting: break
        case .connecting, .greeting, .watching: actions.append(.link(.close))
        }
        phase = .closed
        report(.absent, at: now)
    }

    private mutating func connect(at now: Instant) {
        let patience = settings.connectTimeout + LinkLimits.reportMargin
        phase = .connecting(until: now.advanced(by: patience))
        actions.append(
            .link(
                .connect(
                    host: settings.host, port: settings.port, timeout: settings.connectTimeout)))
    }

    private mutating func greet(at now: Instant) {
        guard case .connecting = phase else { return }
        phase = .greeting(
            until: now.advanced(by: settings.greetingTimeout), GpsdLineSplitter(limits: limits))
    }

    private mutating func linkClosed(_ error: LinkError, at now: Instant, jitter: Double) {
        switch phase {
        case .stopped, .waiting, .closed: break
        case .connecting, .greeting, .watching: wait(after: .link(error), at: now, jitter: jitter)
        }
    }

    /// Ends a connection that can no longer be trusted.
    private mutating func giveUp(_ fault: DriverFault, at now: Instant, jitter: Double) {
        actions.append(.link(.close))
        wait(after: fault, at: now, jitter: jitter)
    }

    private mutating func wait(after fault: DriverFault, at now: Instant, jitter: Double) {
        if case .watching(var watch) = phase, let fix = watch.epochs.fixDue(at: .distantFuture) {
            actions.append(.report(.fix(fix)))
        }
        report(.failed(fault), at: now)
        phase = .waiting(until: now.advanced(by: backoff.next(jitter: jitter)))
    }

    private mutating func report(_ new: DriverState.Condition, at now: Instant) {
        guard new != condition else { return }
        condition = new
        actions.append(.report(.state(DriverState(new, since: now))))
    }

    // MARK: Reports

    private mutating func receive(_ bytes: [UInt8], at now: Instant, jitter: Double) {
        let lines: [[UInt8]]
        do throws(GpsdLineSplitter.LineTooLong) {
            switch phase {
            case .stopped, .connecting, .waiting, .closed: return
            case .greeting(let until, var splitter):
                lines = try splitter.receive(bytes)
                phase = .greeting(until: until, splitter)
            case .watching(var watch):
                lines = try watch.splitter.receive(bytes)
                phase = .watching(watch)
            }
        } catch {
            return giveUp(.unexpectedReply, at: now, jitter: jitter)
        }
        for line in lines {
            guard let report = GpsdReport(line: line) else { continue }
            handle(report, at: now)
        }
    }

    private mutating func handle(_ report: GpsdReport, at now: Instant) {
        switch phase {
        case .stopped, .connecting, .waiting, .closed: break
        case .greeting(_, let splitter):
            guard case .version = report else { return }
            actions.append(.link(.send(Self.watchCommand)))
            phase = .watching(
                Watch(
                    splitter: splitter, epochs: GpsdEpochs(settings: settings), lastReport: now))
        case .watching(var watch):
            handle(report, in: &watch, at: now)
            phase = .watching(watch)
        }
    }

    private mutating func handle(_ report: GpsdReport, in watch: inout Watch, at now: Instant) {
        if watch.isProbing {
            backoff.reset()
            watch.isProbing = false
            watch.probeDue = now.advanced(by: settings.probeInterval)
        }
        switch report {
        case .position(let position):
            backoff.reset()
            watch.lastReport = now
            watch.hasReported = true
            watch.probeDue = nil
            self.report(.ready, at: now)
            if let fix = watch.epochs.add(position, at: now) { actions.append(.report(.fix(fix))) }
        case .satellites(let used, let visible):
            watch.epochs.noteSatellites(used: used, visible: visible)
        case .devices(let count):
            if count == 0 { self.report(.failed(.noReceiver), at: now) }
        case .device(let path, let isActive):
            if !isActive, path == watch.epochs.device {
                self.report(.failed(.noReceiver), at: now)
            }
        case .version, .error, .other: break
        }
    }

    // MARK: Deadlines

    private mutating func updateDeadline() {
        let wanted = nextDeadline
        guard wanted != armed else { return }
        armed = wanted
        actions.append(wanted.map { .arm($0) } ?? .disarm)
    }

    private var nextDeadline: Instant? {
        switch phase {
        case .stopped, .closed: nil
        case .connecting(let until), .greeting(let until, _), .waiting(let until): until
        case .watching(let watch):
            [watchdogDeadline(of: watch), watch.epochs.deadline].compactMap { $0 }.min()
        }
    }

    private func watchdogDeadline(of watch: Watch) -> Instant {
        if let probeDue = watch.probeDue { return probeDue }
        if watch.hasReported, condition == .ready {
            return watch.lastReport.advanced(by: settings.staleAfter)
        }
        return watch.lastReport.advanced(by: settings.silentAfter)
    }

    private mutating func deadlineCame(at now: Instant, jitter: Double) {
        armed = nil
        switch phase {
        case .stopped, .closed: break
        case .connecting(let until):
            if until <= now { giveUp(.link(.timedOut), at: now, jitter: jitter) }
        case .waiting(let until):
            if until <= now { connect(at: now) }
        case .greeting(let until, _):
            if until <= now { giveUp(.noGreeting, at: now, jitter: jitter) }
        case .watching(var watch):
            if let fix = watch.epochs.fixDue(at: now) { actions.append(.report(.fix(fix))) }
            let isAlive = watchdog(&watch, at: now)
            phase = .watching(watch)
            if !isAlive { giveUp(.replyTimedOut, at: now, jitter: jitter) }
        }
    }

    /// False when gpsd itself does not answer any more.
    private mutating func watchdog(_ watch: inout Watch, at now: Instant) -> Bool {
        guard watchdogDeadline(of: watch) <= now else { return true }
        guard watch.probeDue == nil else {
            if watch.isProbing { return false }
            probe(&watch, at: now)
            return true
        }
        if watch.lastReport.advanced(by: settings.silentAfter) <= now {
            if condition != .failed(.noReceiver) { report(.failed(.silent), at: now) }
            probe(&watch, at: now)
        } else {
            report(.degraded(.stale), at: now)
        }
        return true
    }

    private mutating func probe(_ watch: inout Watch, at now: Instant) {
        actions.append(.link(.send(Self.probeCommand)))
        watch.isProbing = true
        watch.probeDue = now.advanced(by: settings.probeTimeout)
    }
}
