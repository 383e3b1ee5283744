package import Drivers
package import Engine
package import Pointing

/// Where the antenna stands, as well as it is known.
package struct StationFix: Sendable, Equatable {
    package enum Source: String, Sendable {
        case gpsd
        case fixed
        case none
    }

    package let position: GeodeticPosition?
    package let source: Source
    package let mode: GPSFix.Mode
    package let satellitesUsed: Int?
    /// When the position was measured, or given.
    package let time: UTCTime?
    package let measuredAt: Instant?
    /// What is wrong with the receiver, if anything is.
    package let problem: String?
}

/// Follows the receiver and keeps the best knowledge of where the antenna stands.
///
/// A position that was fixed by the operator wins. Without a fix the last good position stays in
/// use, and its age is shown.
package actor StationPosition: CoreActor {
    package nonisolated let core: Core
    /// Published whenever the position or what is wrong with it changes.
    package nonisolated let changes = Topic<StationFix>("station.position")
    private var knowledge: PositionKnowledge
    private let receiver: (any ReceiverDriver)?

    package init(core: Core, fixed: GeodeticPosition?, receiver: (any ReceiverDriver)?) {
        self.core = core
        self.knowledge = PositionKnowledge(fixed: fixed)
        self.receiver = receiver
    }

    /// Starts the receiver's driver.
    package func start() {
        receiver?.enter { receiver in
            receiver.start { [weak self] event in self?.enter { $0.hear(event) } }
        }
    }

    package var fix: StationFix { knowledge.fix }

    var health: DriverHealth {
        knowledge.health(now: core.now, isSimulated: receiver.map { $0 is SimulatedReceiver })
    }

    private func hear(_ event: ReceiverEvent) {
        let before = knowledge.fix
        knowledge.hear(event, now: core.now, utc: core.utc)
        let after = knowledge.fix
        guard after != before else { return }
        if after.problem != before.problem { logProblem(after) }
        changes.publish(after)
    }

    private func logProblem(_ fix: StationFix) {
        guard let problem = fix.problem else {
            core.log(.info, "gpsd", "receiver ready")
            return
        }
        core.log(.warning, "gpsd", "no new position from the receiver", ["reason": problem])
    }
}
