/// What can be known of the world at a moment. Yes is 1, no is 0.
package enum Measure: String, Sendable, CaseIterable {
    /// Degrees between where the antenna truly points and where the first phone truly is; unknown
    /// while the rotor cannot point there at all.
    case pointingError = "pointing_error"
    /// Where the antenna truly points.
    case azimuth
    case elevation
    /// Whether the antenna truly moves.
    case moving
    /// How far the antenna has turned in all, both axes together, in degrees.
    case travel
    /// Whether the station says that it follows, reaches its rotor, and misses nothing.
    case tracking
    /// How many troubles the station shows.
    case problems
    /// Whether the station reaches its rotor.
    case rotorConnected = "rotor_connected"
    /// Metres between where the antenna truly is and where the station believes it is; unknown
    /// before the first fix.
    case stationError = "station_error"
    /// Whether the station says that its receiver is well.
    case receiverWell = "receiver_well"
    /// Phones with an open socket.
    case phonesConnected = "phones_connected"
    /// Whether the station runs.
    case running
    /// How often it was started.
    case starts
    /// Aims that rotctld got within the last second.
    case aimsPerSecond = "aims_per_second"
    /// Aims that rotctld got in all.
    case aims
    /// Aims that the rotor refused.
    case refusals
    /// Answers with a status of 500 and more, but for 503.
    case serverErrors = "server_errors"
    /// Requests that got no answer within ten seconds of a running station.
    case unanswered
    /// Answers that are not what their step expects.
    case unexpectedAnswers = "unexpected_answers"
    /// Watchers with an open socket.
    case watchersOpen = "watchers_open"
    /// Messages that watchers heard in all.
    case heard
    /// Messages that watchers heard although they must hear nothing any more.
    case overheard
    /// Monitors of rooms that run.
    case monitors
    /// Games of nights that are being played.
    case gamesPlaying = "games_playing"
    /// Events of nights that watchers heard in all.
    case nightEvents = "night_events"
    /// Heartbeats of running monitors that came more than a second late, or did not come.
    case lateHeartbeats = "late_heartbeats"
    /// Events of a monitor that watchers heard after its `room.disconnected`.
    case afterDisconnect = "after_disconnect"
    /// Webhooks that were delivered; one that came twice counts once.
    case hookDeliveries = "hook_deliveries"
    /// Games of nights that no webhook has told yet.
    case gamesUntold = "games_untold"
    /// Sessions of workspaces that are under way.
    case sessionsActive = "sessions_active"
    /// Sessions that count as under way and nothing works for them.
    case sessionsStuck = "sessions_stuck"
    /// Whether a fault is in effect.
    case fault
}

/// The measures of one moment.
package struct Measurements: Sendable, Equatable {
    private var values: [Double?]

    package init() {
        values = Array(repeating: nil, count: Measure.allCases.count)
    }

    /// Nil while there is no such value.
    package subscript(measure: Measure) -> Double? {
        get { Self.position(measure).flatMap { values[$0] } }
        set {
            if let position = Self.position(measure) { values[position] = newValue }
        }
    }

    private static let positions = Dictionary(
        uniqueKeysWithValues: Measure.allCases.enumerated().map { ($1, $0) })

    private static func position(_ measure: Measure) -> Int? { positions[measure] }
}
