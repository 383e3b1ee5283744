import Drivers
import Engine
import Pointing

/// What is known of the antenna's position, from the operator and the receiver's events.
struct PositionKnowledge {
    private let fixed: GeodeticPosition?
    private var measured: GeodeticPosition?
    private var mode = GPSFix.Mode.none
    private var satellitesUsed: Int?
    private var time: UTCTime?
    private var measuredAt: Instant?
    private var problem: String?

    init(fixed: GeodeticPosition?) {
        self.fixed = fixed
    }

    mutating func hear(_ event: ReceiverEvent, now: Instant, utc: UTCTime) {
        switch event {
        case .state(let state):
            problem = state.problem
        case .fix(let fix):
            mode = fix.mode
            satellitesUsed = fix.satellitesUsed
            guard let position = fix.position else { return }
            guard
                let checked = try? GeodeticPosition(
                    latitudeDegrees: position.latitudeDegrees,
                    longitudeDegrees: position.longitudeDegrees,
                    // A fix without height keeps the last known one: better than jumping to zero.
                    altitudeMeters: position.altitudeMeters ?? measured?.altitudeMeters ?? 0)
            else { return }
            measured = checked
            measuredAt = now
            time = utc
        }
    }

    var fix: StationFix {
        let source: StationFix.Source =
            fixed != nil ? .fixed : measured != nil ? .gpsd : .none
        return StationFix(
            position: fixed ?? measured, source: source, mode: mode,
            satellitesUsed: satellitesUsed, time: fixed == nil ? time : nil,
            measuredAt: fixed == nil ? measuredAt : nil, problem: problem)
    }
}

extension DriverState {
    /// What is wrong with the device, as one sentence; nil when nothing is.
    var problem: String? {
        switch condition {
        case .absent: "not started"
        case .connecting: "connecting"
        case .ready: nil
        case .degraded(let fault), .failed(let fault): fault.description
        }
    }
}
