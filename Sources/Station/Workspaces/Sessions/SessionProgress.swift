import Drivers
import Engine

/// One session from its launch to when nothing of it is left: events in, actions out, no clock and
/// no driver.
///
/// It is over at once for its user; what worked for it may take a while to go.
struct SessionProgress: Sendable {
    enum Event: Sendable, Equatable {
        case launched
        case driver(WorkspaceEvent)
        /// Its user's program says that it is there.
        case heard
        /// Its user does something.
        case used
        /// So many look at its stream now.
        case viewers(Int)
        case end(WorkspaceSession.End)
        /// The armed deadline has come.
        case deadline
    }

    enum Action: Sendable, Equatable {
        case start
        case stop
        /// It can be worked with.
        case tellStarted(ViewerPlace?)
        /// It will end so, at that time, if nothing happens.
        case warn(WorkspaceSession.End, at: Instant)
        /// It is over; the detail says what no reason does.
        case tellEnded(WorkspaceSession.End, detail: String)
        /// Nothing of it is left.
        case tellGone
        /// Replaces the deadline that was armed before.
        case arm(Instant)
        case disarm
    }

    private enum Phase: Sendable, Equatable {
        /// Exits: `starting` when it is launched.
        case new
        /// Exits: `working` when the driver has started; `stopping` when it is ended; `gone` when
        /// the driver has failed.
        case starting
        /// Exits: `stopping` when it is ended, by its bounds too; `gone` when the driver ends.
        case working
        /// Over, while the driver still clears up. Exits: `gone` when the driver has ended.
        case stopping
        /// No exits.
        case gone
    }

    private let rules: Workspace.Rules
    private let warning: Duration
    private var phase = Phase.new
    private var launchedAt = Instant.start
    private var lastUsed = Instant.start
    private var lastHeard = Instant.start
    private var viewers = 0
    private var warned: Deadline?
    private var armed: Instant?
    private var actions: [Action] = []

    private struct Deadline: Sendable, Equatable {
        let end: WorkspaceSession.End
        let at: Instant
        let warnAt: Instant
    }

    /// - Parameter warning: how long before an end its user is told, where the rules do not say.
    init(_ rules: Workspace.Rules, warning: Duration) {
        self.rules = rules
        self.warning = rules.warning ?? warning
    }

    var isOver: Bool { phase == .stopping || phase == .gone }

    mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        switch event {
        case .launched:
            guard phase == .new else { break }
            phase = .starting
            (launchedAt, lastUsed, lastHeard) = (now, now, now)
            actions.append(.start)
        case .driver(.started(let viewer)):
            guard phase == .starting else { break }
            phase = .working
            actions.append(.tellStarted(viewer))
        case .driver(.ended(let end)): driverEnded(end)
        case .heard: lastHeard = now
        case .used: (lastUsed, lastHeard) = (now, now)
        case .viewers(let count):
            // From when nobody looks any more, somebody has to be heard.
            if count == 0 || viewers == 0 { lastHeard = now }
            viewers = count
        case .end(let end): self.end(end)
        case .deadline:
            armed = nil
            deadlineCame(at: now)
        }
        updateDeadline()
        defer { actions = [] }
        return actions
    }

    // MARK: Ends

    private mutating func driverEnded(_ end: WorkspaceEnd) {
        guard phase != .gone, phase != .new else { return }
        if !isOver {
            switch end {
            case .startFailed(let reason): over(.startFailed, reason)
            case .crashed(let reason):
                over(phase == .starting ? .startFailed : .crashed, reason)
            case .stopped: over(.crashed, "it was stopped by somebody else")
            }
        }
        phase = .gone
        actions.append(.tellGone)
    }

    private mutating func end(_ end: WorkspaceSession.End) {
        guard phase == .starting || phase == .working else { return }
        over(end, "")
        phase = .stopping
        actions.append(.stop)
    }

    private mutating func over(_ end: WorkspaceSession.End, _ detail: String) {
        actions.append(.tellEnded(end, detail: detail))
    }

    private mutating func deadlineCame(at now: Instant) {
        guard let next = next else { return }
        if next.at <= now {
            end(next.end)
        } else if next.warnAt <= now, warned != next {
            warned = next
            actions.append(.warn(next.end, at: next.at))
        }
    }

    // MARK: Bounds

    /// What ends it first, if nothing happens; nil when nothing does.
    private var next: Deadline? {
        guard phase == .starting || phase == .working else { return nil }
        var all: [Deadline] = []
        if let bound = rules.maximumDuration {
            all.append(deadline(.expired, bound, since: launchedAt))
        }
        if let bound = rules.idleTimeout { all.append(deadline(.idle, bound, since: lastUsed)) }
        if let bound = rules.heartbeat, viewers == 0 {
            all.append(deadline(.heartbeatLost, bound, since: lastHeard))
        }
        return all.min { $0.at < $1.at }
    }

    private func deadline(
        _ end: WorkspaceSession.End, _ bound: Duration, since start: Instant
    ) -> Deadline {
        let at = start.advanced(by: bound)
        // A bound that is shorter than the warning would warn of every session at its begin.
        return Deadline(end: end, at: at, warnAt: at.advanced(by: .zero - min(warning, bound / 2)))
    }

    private mutating func updateDeadline() {
        let wanted = next.map { warned == $0 ? $0.at : $0.warnAt }
        guard wanted != armed else { return }
        armed = wanted
        actions.append(wanted.map(Action.arm) ?? .disarm)
    }
}
