import Drivers
import Engine
import Pointing

/// Where a rotor may be: where it was seen last, and on the way to all that it was told since.
///
/// Between two readings nobody knows how far it has come, nor which of two commands it has heard.
struct Whereabouts {
    private(set) var reading: (position: RotorPosition, at: Instant)?
    /// Where it may be on its way to; nil for a rotor that surely stands.
    private var heading: RotorSweep?
    private var lastCommand: RotorCommand?
    /// Whether the rotor has the last command; what is read from then on, it does because of it.
    private var hasHeard = false
    private var toldAt: Instant?
    private var movedAt: Instant?
    /// Where it was when it was last found to move: a slow rotor moves less than its sensor's noise
    /// between two readings.
    private var anchor: RotorPosition?
    /// Whether it was seen since its connection began: before, a hand may have turned it.
    private var isSeen = false
    private let limits: TrackingLimits

    init(_ limits: TrackingLimits) {
        self.limits = limits
    }

    /// Whether it may be on its way somewhere.
    var isUnderWay: Bool { heading != nil }

    mutating func connected() {
        isSeen = false
    }

    /// - Returns: whether it has moved, beyond its sensor's noise.
    mutating func seen(at position: RotorPosition, now: Instant) -> Bool {
        let before = anchor ?? position
        let movedDegrees = max(
            abs(before.azimuthDegrees - position.azimuthDegrees),
            abs(before.elevationDegrees - position.elevationDegrees))
        let hasMoved = movedDegrees > limits.restingNoiseDegrees
        if hasMoved { movedAt = now }
        if hasMoved || anchor?.isFinite != true { anchor = position }
        reading = (position, now)
        isSeen = true
        if hasHeard { heading = lastCommand?.position.map(RotorSweep.init) }
        return hasMoved
    }

    mutating func told(_ command: RotorCommand, now: Instant) {
        if let position = command.position {
            heading = heading?.joined(RotorSweep(position)) ?? RotorSweep(position)
        }
        (lastCommand, toldAt, hasHeard) = (command, now, false)
    }

    /// The rotor has taken a command.
    mutating func accepted(_ command: RotorCommand) {
        if command == lastCommand { hasHeard = true }
    }

    /// A rotor that nobody has told anything for so long, and that has not moved, stands.
    mutating func rest(now: Instant) {
        let last = max(toldAt ?? .start, movedAt ?? .start)
        if last.advanced(by: limits.stuckAfter) <= now { heading = nil }
    }

    /// Nil while it is not known.
    func area(_ geometry: RotorGeometry) -> RotorSweep? {
        guard isSeen, let reading, let seen = geometry.sweep(seenAt: reading.position) else {
            return nil
        }
        return heading.map { seen.joined($0) } ?? seen
    }
}

extension RotorCommand {
    fileprivate var position: RotorPosition? {
        guard case .point(let azimuth, let elevation) = self else { return nil }
        return RotorPosition(azimuthDegrees: azimuth, elevationDegrees: elevation)
    }
}
