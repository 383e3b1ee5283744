/// What can go wrong, and the station promises to survive.
package enum FaultKind: String, Sendable, CaseIterable {
    // The receiver, and gpsd in front of it.
    case gpsFixLost = "gps.fix-lost"
    case gpsJump = "gps.jump"
    case gpsStale = "gps.stale"
    case gpsDuplicate = "gps.duplicate"
    case gpsReordered = "gps.reordered"
    case gpsBadChecksum = "gps.bad-checksum"
    case gpsGarbled = "gps.garbled"
    case gpsWeekRollover = "gps.week-rollover"
    case gpsLeapSecond = "gps.leap-second"
    case gpsUnplugged = "gps.unplugged"
    case gpsdRestart = "gps.restart"
    // The rotor, and rotctld in front of it.
    case rotorStall = "rotor.stall"
    case rotorBacklash = "rotor.backlash"
    case rotorOvershoot = "rotor.overshoot"
    case rotorSlowReply = "rotor.slow-reply"
    case rotorLostReply = "rotor.lost-reply"
    case rotorRefuses = "rotor.refuses"
    case rotorHalfOpen = "rotor.half-open"
    case rotctldRestart = "rotor.restart"
    case rotorLimitHit = "rotor.limit-hit"
    // A phone, and its way to the station.
    case linkLoss = "link.loss"
    case linkDelay = "link.delay"
    case linkPartitionUp = "link.partition-up"
    case linkPartitionDown = "link.partition-down"
    case phoneAsleep = "phone.asleep"
    case reconnectStorm = "phone.reconnect-storm"
    // The service that has the rooms of game nights, and the other side of webhooks.
    case roomsAway = "rooms.away"
    case roomsCut = "rooms.cut"
    case roomsGarbage = "rooms.garbage"
    case hookAway = "hook.away"
    // The station itself.
    case stationCrash = "station.crash"
    case clockStep = "station.clock-step"
    case diskFull = "station.disk-full"

    /// How strong it is when nobody says; nil for a fault that has no strength.
    package var usualAmount: Double? {
        switch self {
        case .gpsJump: 500  // metres
        case .rotorBacklash: 2  // degrees
        case .rotorOvershoot: 3  // degrees
        case .rotorSlowReply: 1.5  // seconds
        case .rotorRefuses: 6  // Hamlib's error number, as in RPRT -6
        case .rotorLimitHit: 180  // degrees: the switch is there
        case .linkLoss: 0.3  // share of packets
        case .linkDelay: 2  // seconds
        case .reconnectStorm: 20  // reconnections
        case .clockStep: 3600  // seconds
        default: nil
        }
    }

    /// What `amount` may be; nil for a fault that has no strength.
    package var amounts: ClosedRange<Double>? {
        switch self {
        case .gpsJump: 0...1_000_000
        case .rotorBacklash, .rotorOvershoot: 0...90
        case .rotorSlowReply, .linkDelay: 0...3600
        case .rotorRefuses: 1...100
        case .rotorLimitHit: -360...720
        // More is a partition.
        case .linkLoss: 0...0.95
        case .reconnectStorm: 1...1000
        // Ten years, either way.
        case .clockStep: -315_360_000...315_360_000
        default: nil
        }
    }

    /// The unit of `amount`, for messages and help.
    package var unit: String? {
        switch self {
        case .gpsJump: "metres"
        case .rotorBacklash, .rotorOvershoot, .rotorLimitHit: "degrees"
        case .rotorSlowReply, .linkDelay, .clockStep: "seconds"
        case .rotorRefuses: "Hamlib's error number"
        case .linkLoss: "share of packets, 0 to 1"
        case .reconnectStorm: "reconnections"
        default: nil
        }
    }

    /// What it happens to: the part before the dot.
    package var victim: String { String(rawValue.prefix { $0 != "." }) }

    /// Whether it lasts no time.
    package var isInstant: Bool {
        switch self {
        case .clockStep, .roomsCut, .roomsGarbage: true
        default: false
        }
    }

    /// Whether it concerns one phone.
    package var isOfPhone: Bool { victim == "link" || victim == "phone" }
}
