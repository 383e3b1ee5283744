package import Drivers
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
    private var state: DriverState?
    /// The last fix, with or without a position.
    private var heard: GPSFix?
    /// How far the receiver's time was ahead of the station's when the last fix came.
    private var timeOffsetSeconds: Double?

    init(fixed: GeodeticPosition?) {
        self.fixed = fixed
    }

    mutating func hear(_ event: ReceiverEvent, now: Instant, utc: UTCTime) {
        switch event {
        case .state(let state):
            self.state = state
        case .fix(let fix):
            heard = fix
            timeOffsetSeconds = fix.deviceUnixSeconds.map { $0 - Double(utc.nanoseconds) / 1e9 }
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
            measuredAt: fixed == nil ? measuredAt : nil, problem: state?.problem)
    }
}

extension PositionKnowledge {
    /// - Parameter isSimulated: nil for no receiver.
    func health(now: Instant, isSimulated: Bool?) -> DriverHealth {
        guard let isSimulated else {
            let detail = fixed == nil ? "there is no receiver" : "the position is fixed"
            return DriverHealth(.gpsd, "receiver", .idle, detail: detail)
        }
        var health = DriverHealth(.gpsd, "receiver", state, isSimulated: isSimulated, now: now)
        guard let heard else { return health }
        let age = heard.receivedAt.duration(to: now)
        health.values = [.init("fix", .text(heard.mode.text), age: age)]
        if let count = heard.satellitesUsed {
            health.values.append(.init("satellitesUsed", .count(count), age: age))
        }
        if let count = heard.satellitesVisible {
            health.values.append(.init("satellitesVisible", .count(count), age: age))
        }
        func add(_ name: String, _ number: Double?, _ unit: String, age: Duration?) {
            guard let number, number.isFinite else { return }
            health.values.append(.init(name, .number(number, unit: unit), age: age))
        }
        let positionAge = measuredAt?.duration(to: now)
        add("latitude", measured?.latitudeDegrees, "degree", age: positionAge)
        add("longitude", measured?.longitudeDegrees, "degree", age: positionAge)
        add("altitude", measured?.altitudeMeters, "metre", age: positionAge)
        add("horizontalError", heard.horizontalErrorMeters, "metre", age: age)
        let milliseconds = timeOffsetSeconds.map { ($0 * 1000).rounded() / 1000 }
        add("timeOffset", milliseconds, "second", age: age)
        return health
    }
}

extension GPSFix.Mode {
    package var text: String {
        switch self {
        case .none: "none"
        case .twoDimensional: "2d"
        case .threeDimensional: "3d"
        }
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
