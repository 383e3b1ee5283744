import API
import Drivers
import Engine
import JSON
import Recording
import Station
import Store
import Synchronization
import Transport

/// A station in virtual time that a log is played to, and the recording of it.
struct ImportedStation {
    private let core: Core
    private let world: StationWorld
    private let edge: HeldLinks
    private let transport: InputPort<TransportInput>
    private let collector = TurnCollector()
    private let adminToken: String
    private var text: RecordingText
    private var requests: UInt64 = 0
    private var lastMeasured: Instant?
    /// Positions that the station took over.
    private(set) var fixes = 0

    init(
        _ plan: StationPlan, seed: UInt64, utc: UTCTime, program: String
    ) throws(ImportProblem) {
        let core = Core(
            pace: .virtual, seed: seed, utc: utc, store: InMemoryStore(), observer: collector)
        let opened = Mutex<[HeldLinks]>([])
        let kept = Mutex("")
        do {
            world = try core.perform {
                let links = try DeviceLinks(core: core) { handler in
                    let edge = HeldLinks(handler)
                    opened.withLock { $0.append(edge) }
                    return edge
                }
                return try StationWorld(
                    plan, core: core, links: links,
                    ssh: SSHRuns(core: core) { RefusingSSHEdge(onEvent: $0) },
                    web: WebLines(core: core) { RefusingWebEdge(onEvent: $0) },
                    processes: ProcessRuns(core: core) { RefusingProcessEdge(onEvent: $0) },
                    passwordEdge: SimulatedPasswords(), hostKey: nil, stored: { _ in [] },
                    keep: { token in kept.withLock { $0 = token.text } }, perform: { _ in })
            }
        } catch {
            throw .failed("cannot put the station together: \(error)")
        }
        guard let edge = opened.withLock({ $0.first }) else {
            preconditionFailure("links have one edge")
        }
        self.core = core
        self.edge = edge
        adminToken = kept.withLock { $0 }
        transport = world.gateway.inputPort()
        text = RecordingText(
            RecordingHeader(
                program: program, utc: utc, seed: seed, pace: .virtual, configuration: plan.json),
            rows: [])
        collect()
    }

    var recording: [UInt8] { text.bytes }
    var now: Instant { core.look { core.now } }
    var events: UInt64 { core.progress.events }

    /// Plays until the log is over and the station has come to rest.
    mutating func play(_ device: inout some PlayedDevice, _ limits: ImportLimits) {
        var now = self.now
        while true {
            advance(to: now)
            for (link, action) in edge.take() { device.perform(action, on: link, at: now) }
            let news = device.take(at: now)
            for event in news { perform(event) }
            if !news.isEmpty { continue }
            let end =
                device.end?.advanced(by: limits.settling)
                ?? Instant.start.advanced(by: limits.patience)
            let next = [core.nextDue, device.nextDue].compactMap { $0 }.min()
            guard let next, next <= end else { return advance(to: end) }
            now = max(next, now)
        }
    }

    private mutating func advance(to time: Instant) {
        core.run(until: time)
        collect()
    }

    private mutating func collect() {
        for turn in collector.take() { text.add(turn) }
        let measured = core.look { world.station.position.enter { $0.fix.measuredAt } }
        if let measured, measured != lastMeasured { fixes += 1 }
        lastMeasured = measured
    }

    private mutating func perform(_ event: PlayedEvent) {
        switch event {
        case .link(let link, let event): edge.say(event, on: link)
        case .command(let command): ask(command)
        }
    }

    // MARK: Requests

    private mutating func ask(_ command: PlayedCommand) {
        requests += 1
        let body = command.body.map { JSONValue.object($0).bytes() } ?? []
        var headers = HTTPHeaders([("Authorization", "Bearer " + adminToken)])
        if !body.isEmpty { headers.add("Content-Type", "application/json") }
        transport.send(
            .request(
                HTTPRequest(
                    id: requests, method: "POST", path: command.path, headers: headers, body: body))
        )
    }
}

extension PlayedCommand {
    /// The station has one rotor, and its number is 1.
    fileprivate var path: String {
        switch self {
        case .add: "/api/rotors"
        case .point: "/api/rotors/1/point"
        case .stop: "/api/rotors/1/stop"
        case .park: "/api/rotors/1/park"
        }
    }

    fileprivate var body: JSONObject? {
        switch self {
        case .add(let azimuths, let elevations):
            [
                "name": .string("mast"), "driver": .string("rotctld"),
                "min_azimuth": .number(azimuths.lowerBound),
                "max_azimuth": .number(azimuths.upperBound),
                "min_elevation": .number(elevations.lowerBound),
                "max_elevation": .number(elevations.upperBound),
            ]
        case .point(let azimuth, let elevation):
            ["azimuth": .number(azimuth), "elevation": .number(elevation)]
        case .stop, .park: nil
        }
    }
}
