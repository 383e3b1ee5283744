import Engine
import JSON

/// Where something was over time, as the recording tells.
struct PositionTrack: Equatable, Sendable {
    enum Role: String, Sendable {
        /// What a rotor said of itself.
        case rotor
        /// Where a rotor should point.
        case target
        /// What a simulation knows of the rotor.
        case trueRotor = "true_rotor"
        case phone
        case truePhone = "true_phone"
        /// What the receiver says of the antenna.
        case station
        case trueStation = "true_station"

        /// Whether the points are directions rather than places.
        var isDirection: Bool {
            switch self {
            case .rotor, .target, .trueRotor: true
            case .phone, .truePhone, .station, .trueStation: false
            }
        }
    }

    /// Degrees: azimuth and elevation, or latitude and longitude.
    struct Point: Equatable, Sendable {
        let at: Instant
        let first: Double
        let second: Double
        /// Metres above WGS 84, of a place.
        let altitudeMetres: Double?
    }

    let role: Role
    let name: String
    var points: [Point] = []
}

/// Collects positions from what was said.
struct PositionTracks {
    private var tracks: [PositionTrack] = []
    /// Positions that did not fit.
    private(set) var leftOut = 0
    private var count = 0
    private let limits: ViewLimits

    init(limits: ViewLimits) {
        self.limits = limits
    }

    /// The tracks, their points by time.
    var inOrder: [PositionTrack] {
        tracks.map { track in
            var track = track
            track.points = track.points.enumerated()
                .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
                .map(\.element)
            return track
        }
    }

    /// Where the configuration says that the antenna stands.
    mutating func add(_ header: RecordingHeader) {
        let configured =
            header.configuration["station"] ?? header.configuration["simulated_receiver"]
        if let place = SeenPlace(configured) { add(.station, "station", .start, place) }
    }

    mutating func add(_ entry: RecordedEntry) {
        switch entry.kind {
        case .mark where entry.stream == "world": addWorld(entry)
        case .input where entry.stream == "gpsd": addReports(entry)
        case .input where entry.stream.hasPrefix("ws/"):
            addFrame(entry.content["text"]?.stringValue, of: entry, from: entry.stream)
        case .output where entry.stream.hasPrefix("ws/"):
            addFrame(entry.content["frame"]?.stringValue, of: entry, from: nil)
        default: break
        }
    }

    private mutating func addWorld(_ entry: RecordedEntry) {
        if let place = SeenPlace(entry.content["phone"]) {
            add(.truePhone, "phone", entry.at, place)
        }
        if let place = SeenPlace(entry.content["antenna"]) {
            add(.trueStation, "antenna", entry.at, place)
        }
        if let direction = SeenDirection(entry.content["rotor"]) {
            add(.trueRotor, "rotor", entry.at, direction)
        }
    }

    private mutating func addReports(_ entry: RecordedEntry) {
        let text = entry.content["received"]?.stringValue ?? ""
        for line in text.split(whereSeparator: \.isNewline) {
            guard let report = GpsdFrame.object(String(line)),
                report["class"]?.stringValue == "TPV", let place = GpsdFrame.place(report)
            else { continue }
            add(.station, "station", entry.at, place)
        }
    }

    /// - Parameter socket: who said it; nil for what the station said, which repeats only
    ///   positions of rotors.
    private mutating func addFrame(_ text: String?, of entry: RecordedEntry, from socket: String?) {
        guard let text, let frame = RelayFrame(text) else { return }
        switch (frame, socket) {
        case (.location(let place, _), let socket?): add(.phone, socket, entry.at, place)
        case (.target(.direction(let direction)), let socket?):
            add(.target, socket, entry.at, direction)
        case (.rotor(let rotor), nil):
            let name = rotor.name ?? "rotor"
            if let direction = rotor.direction { add(.rotor, name, entry.at, direction) }
            if let target = rotor.target { add(.target, name, entry.at, target) }
        default: break
        }
    }

    private mutating func add(
        _ role: PositionTrack.Role, _ name: String, _ at: Instant, _ direction: SeenDirection
    ) {
        add(
            role, name,
            PositionTrack.Point(
                at: at, first: direction.azimuthDegrees, second: direction.elevationDegrees,
                altitudeMetres: nil))
    }

    private mutating func add(
        _ role: PositionTrack.Role, _ name: String, _ at: Instant, _ place: SeenPlace
    ) {
        add(
            role, name,
            PositionTrack.Point(
                at: at, first: place.latitudeDegrees, second: place.longitudeDegrees,
                altitudeMetres: place.altitudeMetres))
    }

    private mutating func add(
        _ role: PositionTrack.Role, _ name: String, _ point: PositionTrack.Point
    ) {
        var index = tracks.firstIndex { $0.role == role && $0.name == name }
        if index == nil, tracks.count < limits.tracks {
            tracks.append(PositionTrack(role: role, name: PlainText.printable(name)))
            index = tracks.count - 1
        }
        guard let index, count < limits.sightings else {
            leftOut += 1
            return
        }
        // The same frame goes to several sockets.
        guard tracks[index].points.last != point else { return }
        tracks[index].points.append(point)
        count += 1
    }
}
