package import Drivers
import Engine
package import Pointing

/// A world, what happens in it, and what must be true of the station in it.
///
/// A value: read from a file of `Simulations/`, drawn from a seed, cut smaller, printed again.
package struct Scenario: Sendable, Equatable {
    package var title = ""
    package var duration = Duration.seconds(600)
    /// From here on no fault is in effect and the station must do its work: the liveness phase.
    package var heal: Duration?
    /// How often the expectations look.
    package var sample = Duration.milliseconds(200)
    /// Nil: given on the command line, or 1.
    package var seed: UInt64?
    package var schedule = ScheduleChoice.arrival
    /// How long the disk takes to have a turn.
    package var disk = Duration.milliseconds(5)
    package var station = StationSite()
    package var rotor = RotorBody()
    /// In the order of the file. The rotor follows the first; others look on unless they say so.
    package var phones: [PhoneTrip] = []
    /// The rooms that the room service has.
    package var rooms: [ScenarioRoom] = []
    package var workload: [WorkloadStep] = []
    package var faults: [Fault] = []
    /// Faults that a seed draws.
    package var chaos: Chaos?
    /// Options that a seed draws, by their path: `rotor.rate`, between two values.
    package var vary: [Variation] = []
    package var expectations: [Expectation] = []

    package init() {}
}

/// The order of events of the same instant.
package enum ScheduleChoice: String, Sendable, CaseIterable {
    case arrival
    case random
    case priorities
    /// One of the others, by the seed.
    case any

    /// Few well-placed exceptions find most bugs that depend on order.
    private static let changes = 3
    private static let changesWithin: UInt64 = 20_000

    var schedule: Schedule {
        switch self {
        case .arrival, .any: .arrival
        case .random: .random
        case .priorities: .priorities(changes: Self.changes, events: Self.changesWithin)
        }
    }
}

/// Where the antenna stands, or travels, and how the station knows it.
package struct StationSite: Sendable, Equatable {
    /// True positions over time.
    package var path = TripPath(points: [
        .init(latitudeDegrees: 52.4973, longitudeDegrees: 13.2411, altitudeMeters: 120)
    ])
    /// Whether a receiver tells the station; otherwise it is told once, as by an operator.
    package var hasReceiver = true
    package var noiseMeters = 0.0

    package init() {}
}

/// The rotor, and how the station was set up for it.
package struct RotorBody: Sendable, Equatable {
    package var azimuthDegrees: ClosedRange<Double> = 0...450
    package var elevationDegrees: ClosedRange<Double> = 0...90
    package var rateDegreesPerSecond = 6.0
    package var accelerationDegreesPerSecondSquared: Double? = 6.0
    package var deadBandDegrees = 1.0
    package var startDegrees = 0.0
    /// What the station is told to keep it out of.
    package var keepOut: [KeepOutSector] = []

    package init() {}
}

/// Somebody who walks, drives or flies with a phone that is paired with the rotor.
package struct PhoneTrip: Sendable, Equatable {
    package var name = ""
    package var path = TripPath(points: [])
    /// Whether it says where it is, or only looks on.
    package var shares = true
    /// When it opens its page.
    package var joins = Duration.seconds(1)
    /// How often it says where it is.
    package var every = Duration.seconds(1)
    package var accuracyMeters: Double? = 5
    package var noiseMeters = 0.0
    /// How far its clock is ahead of the true time.
    package var clock = Duration.zero
    /// One way, on a good day.
    package var delay = Duration.milliseconds(20)
    package var jitter = Duration.milliseconds(10)
    /// The share of packets that have to be sent again.
    package var loss = 0.0

    package init() {}
}

/// Way-points at a speed.
package struct TripPath: Sendable, Equatable {
    package var points: [GPSFix.Position]
    package var speedMetersPerSecond = 0.0
    package var loops = false
    package var startsAt = Duration.zero

    package init(points: [GPSFix.Position]) {
        self.points = points
    }
}

/// Something that a person does at a time.
package struct WorkloadStep: Sendable, Equatable {
    package enum Action: Sendable, Equatable {
        /// A phone, by its name, chooses a mode.
        case mode(String, phone: String)
        /// A phone points at a direction.
        case target(azimuthDegrees: Double, elevationDegrees: Double, phone: String)
        case request(WrittenRequest)
        /// Opens a socket of the API under a name, with the token that was kept as `caller`.
        ///
        /// - Parameter returns: opens another one when it is lost.
        case watch(path: String, caller: String?, name: String, returns: Bool)
        /// Says something on a watcher's socket; without `every` once on each of them.
        case say(String, watcher: String, every: Duration?)
        /// From here on a watcher must hear nothing.
        case deaf(String)
    }

    package var at: Duration
    package var action: Action

    package init(at: Duration, action: Action) {
        self.at = at
        self.action = action
    }
}

/// Faults that a seed draws: which kinds, how often, how long.
package struct Chaos: Sendable, Equatable {
    package var kinds: [FaultKind] = []
    package var perHour = 30.0
    package var shortest = Duration.seconds(1)
    package var longest = Duration.seconds(60)
    /// Not before the station has begun its work.
    package var from = Duration.seconds(10)

    package init() {}
}

/// An option between two values, both as a file writes them.
package struct Variation: Sendable, Equatable {
    package var path: String
    package var low: String
    package var high: String

    package init(path: String, low: String, high: String) {
        self.path = path
        self.low = low
        self.high = high
    }
}
