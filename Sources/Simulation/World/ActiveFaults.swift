import Drivers
import Engine

/// What is wrong with the world at the moment.
///
/// Faults of one kind may overlap: each is counted, and the strongest counts.
struct ActiveFaults {
    private var active: [(kind: FaultKind, phone: String?, strength: Double)] = []
    /// How far the station's clock has been set, in all.
    var clockStep = Duration.zero
    var isDiskFull = false

    var isEmpty: Bool { active.isEmpty }

    mutating func begin(_ fault: Fault) {
        active.append((fault.kind, fault.phone, fault.strength))
    }

    mutating func end(_ fault: Fault) {
        let index = active.firstIndex {
            $0.kind == fault.kind && $0.phone == fault.phone && $0.strength == fault.strength
        }
        if let index { active.remove(at: index) }
    }

    func has(_ kind: FaultKind, phone: String? = nil) -> Bool {
        strength(kind, phone: phone) != nil
    }

    /// The strongest of that kind; nil when there is none.
    func strength(_ kind: FaultKind, phone: String? = nil) -> Double? {
        active.filter { $0.kind == kind && ($0.phone == nil || $0.phone == phone) }
            .map(\.strength).max()
    }

    /// The faults of the receiver and of gpsd as its simulation takes them.
    var receiver: SimulatedReceiverFaults {
        var faults = SimulatedReceiverFaults()
        faults.removed = has(.gpsUnplugged)
        faults.withoutFix = has(.gpsFixLost)
        faults.disconnected = has(.gpsdRestart)
        faults.jumpMeters = strength(.gpsJump).map { .init(north: $0, east: 0) }
        faults.stale = has(.gpsStale)
        faults.duplicated = has(.gpsDuplicate)
        faults.reordered = has(.gpsReordered)
        faults.badChecksum = has(.gpsBadChecksum)
        faults.garbled = has(.gpsGarbled)
        faults.weekRollover = has(.gpsWeekRollover)
        faults.leapSecond = has(.gpsLeapSecond)
        return faults
    }

    var rotor: SimulatedRotorFaults {
        var faults = SimulatedRotorFaults()
        faults.stalled = has(.rotorStall)
        faults.replyDelay = .seconds(strength(.rotorSlowReply) ?? 0)
        faults.rejectWith = strength(.rotorRefuses).flatMap {
            RotctldError(code: -Int(min($0.magnitude, 1000).rounded()))
        }
        faults.disconnected = has(.rotctldRestart)
        faults.losesReplies = has(.rotorLostReply)
        faults.halfOpen = has(.rotorHalfOpen)
        faults.backlashDegrees = strength(.rotorBacklash) ?? 0
        faults.overshootDegrees = strength(.rotorOvershoot) ?? 0
        // The switch stands at the amount, the azimuth below it is free; the first one stops.
        let switches = active.filter { $0.kind == .rotorLimitHit }.map(\.strength)
        faults.azimuthLimitHit = switches.min().map { min(-720, $0 - 1)...$0 }
        return faults
    }
}
