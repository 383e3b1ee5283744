import API
import Drivers
import Engine
import Pointing
import Recording
import Station
import Store
import Transport

/// The world around a station: its devices, its phones, its disk, and the station itself.
///
/// Everything outside the station is here and moves by a queue of its own; the station sees inputs
/// only, as it does live. Confined to the thread that runs it.
final class World {
    let scenario: Scenario
    let seed: UInt64
    private let plants: Plants
    var queue: WorldQueue
    var now = Instant.start
    /// Over everything that happened in the world; the stations' own traces join it when they end.
    var trace: TraceHash
    private(set) var events: UInt64 = 0
    /// Nil while it lies crashed.
    private(set) var station: StationRun?
    private(set) var starts = 0
    private var store: InMemoryStore
    private var hasFlushQueued = false
    var adminToken = ""
    var lastNumber: UInt64 = 0

    // The devices.
    var gpsd: SimulatedGpsd
    var receiverRandom: SeededRandom
    var gpsdLink: LinkID?
    var rotor: SimulatedRotctld
    var rotorLink: LinkID?
    var faults = ActiveFaults()
    /// Whether any was in effect since the last look, however short.
    var hadFault = false
    var aimTimes: [Instant] = []
    var aimCount = 0
    var refusalCount = 0
    var travelDegrees = 0.0
    var lastTrue: (azimuth: Double, elevation: Double)?
    let antenna: SimulatedReceiverPath

    // The servers.
    var servers: SimulatedServers
    /// When a room speaks next, as far as it is queued.
    var serversDue: Instant?

    // The people.
    var phones: [SimulatedPhone] = []
    var sessionToken = ""
    /// Whether what the rotor follows is the first phone.
    var followsPhone = true
    /// Requests that wait for an answer.
    var waiting: [UInt64: Waiting] = [:]
    /// The open sockets as the station sees them: their phones.
    var sockets: [UInt64: Int] = [:]
    /// The request whose answer somebody waits for, and that answer.
    var awaited: UInt64?
    var answer: HTTPResponse?
    var serverErrors = 0
    var unanswered = 0

    /// What people were told, by the names that the scenario gives it.
    var names = KeptNames()
    var watchers: [String: Watcher] = [:]
    /// Whose an open socket is.
    var watcherNames: [UInt64: String] = [:]
    /// By a night's game: how often its monitor was started, but for the first time.
    var monitorStarts: [Int: Int] = [:]
    /// By a night's game: since when its monitor is seen to run.
    var monitoredSince: [Int: Instant] = [:]
    /// Answers with another status than the scenario expects.
    var unexpectedAnswers = 0

    enum Waiting {
        case call(WrittenRequest)
        case watcher(String)
        case handshake(phone: Int)
    }

    /// Utc at world time zero: any fixed day, so that runs are equal.
    static let utc = UTCTime(nanoseconds: 1_800_000_000_000_000_000)

    init(_ scenario: Scenario, seed: UInt64, plants: Plants, isRecording: Bool) {
        self.isRecording = isRecording
        self.scenario = scenario
        self.seed = seed
        self.plants = plants
        queue = WorldQueue(seed: scenario.schedule == .arrival ? nil : seed)
        trace = TraceHash(seed: seed)
        store = InMemoryStore(acknowledging: .whenFlushed)
        antenna = scenario.station.path.receiverPath()
        gpsd = SimulatedGpsd(
            path: scenario.station.path.receiverPath(noise: scenario.station.noiseMeters))
        receiverRandom = SeededRandom(seed: seed, purpose: "receiver")
        rotor = SimulatedRotctld(mechanics: SimulatedRotorMechanics(scenario.rotor))
        servers = SimulatedServers(scenario.rooms)
        phones = scenario.phones.map { SimulatedPhone($0, seed: seed) }
    }

    // MARK: Running

    /// The next moment at which anything happens; nil when nothing will.
    var nextTime: Instant? {
        [queue.nextTime, station?.core.nextDue].compactMap { $0 }.min()
    }

    /// Lets everything of one instant happen, until nothing of it is left.
    func step(to time: Instant) {
        now = max(now, time)
        station?.core.advance(to: now)
        repeat {
            while let event = queue.pop(dueAt: now) {
                events += 1
                handle(event)
            }
            runStation()
        } while (nextTime ?? .distantFuture) <= now
    }

    /// Runs the station up to now and lets the world take what left it.
    func runStation() {
        guard let station else { return }
        repeat { station.core.run(until: now) } while station.answerPasswords()
        for (link, action) in station.takeRequests() { asked(link, action) }
        for (line, action) in station.takeCalls() { called(line, action) }
        for output in station.takeAnswers() { said(output) }
        guard !hasFlushQueued, station.store.isWaiting else { return }
        hasFlushQueued = true
        queue.add(.flush, at: now.advanced(by: scenario.disk))
    }

    private func handle(_ event: WorldEvent) {
        switch event {
        case .epoch: epoch()
        case .hears(let link, let event): deviceSays(link, event)
        case .reaches(let link, let action): reaches(link, action)
        case .calls(let line, let action): serve(line, action)
        case .answers(let line, let event): serverSays(line, event)
        case .servers: serversSpeak()
        case .phone(let index, let event): phone(index, event)
        case .fault(let index, let begins): fault(scenario.faults[index], begins)
        case .work(let index): work(index)
        case .flush:
            hasFlushQueued = false
            // The station runs before, so that nothing is written of an instant only in part.
            store.flush()
        case .start: startStation()
        case .overdue(let request):
            guard waiting.removeValue(forKey: request) != nil else { return }
            if station != nil { unanswered += 1 }
        case .watcherReturns(let name): watcherReturns(name)
        }
    }

    // MARK: The station's lives

    /// What each life recorded, in order.
    private(set) var recordings: [LifeRecording] = []
    private let isRecording: Bool

    func startStation() {
        starts += 1
        let plan = Self.plan(scenario)
        let seed = self.seed &+ UInt64(starts)
        let utc = Self.utc.advanced(by: faults.clockStep)
        do {
            if isRecording {
                recordings.append(
                    try LifeRecording(
                        plan, seed: seed, schedule: scenario.schedule.schedule, start: now,
                        utc: utc, store: store))
            }
            let run = try StationRun(
                plan, seed: seed, schedule: scenario.schedule.schedule, at: now, utc: utc,
                store: store, observer: recordings.last?.collector, plants: plants)
            if let token = run.adminToken {
                adminToken = token
                names.keep(token, as: "admin")
            }
            station = run
        } catch {
            preconditionFailure("the simulated station does not start: \(error)")
        }
        if faults.isDiskFull { tellHealth() }
    }

    func crashStation() {
        guard let station else { return }
        let progress = station.core.progress
        trace.append(progress.trace)
        events += progress.events
        self.station = nil
        // What had not reached the disk is gone.
        store = store.restarted(acknowledging: .whenFlushed)
        if faults.isDiskFull { store.fail(Self.diskIsFull) }
        hasFlushQueued = false
        // Whatever was on its way to or from it: the next station counts its connections anew.
        queue.removeAll(where: \.isOfLink)
        gpsdLink = nil
        rotorLink = nil
        gpsd.disconnect()
        rotor.reset()
        servers.loseStation(at: now)
        monitoredSince = [:]
        waiting = [:]
        loseWatchers()
        for index in phones.indices { loseSocket(index, code: 1006) }
    }

    /// The hash over the world and the station's last life, and all events.
    var progress: (events: UInt64, trace: UInt64) {
        var trace = trace
        let progress = station?.core.progress
        if let progress { trace.append(progress.trace) }
        return (events + (progress?.events ?? 0), trace.value)
    }

    static func plan(_ scenario: Scenario) -> StationPlan {
        var plan = StationPlan()
        // Phones behind one address of a shared network may all come back at once.
        plan.limits.sessionRequestsPerMinute = 10_000
        if let rooms = EcastBase(SimulatedServers.roomService) { plan.rooms = .service(rooms) }
        if scenario.station.hasReceiver {
            plan.receiver = .gpsd(host: DeviceAddress.gpsd, port: 2947)
        } else if let point = scenario.station.path.points.first {
            plan.fixedPosition = point.geodetic
        }
        return plan
    }

    // MARK: The disk

    func setDiskFull(_ isFull: Bool) {
        if isFull { store.fail(Self.diskIsFull) } else { store.heal() }
        faults.isDiskFull = isFull
        tellHealth()
        if !isFull, !hasFlushQueued {
            hasFlushQueued = true
            queue.add(.flush, at: now.advanced(by: scenario.disk))
        }
    }

    private func tellHealth() {
        station?.health.send(
            StoreHealthReport(problem: faults.isDiskFull ? Self.diskIsFull : nil))
    }

    private static let diskIsFull = "the disk is full"

    func newNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }
}

/// Names under which the station finds its devices.
enum DeviceAddress {
    static let gpsd = "gpsd"
    static let rotor = "rotor"
}

extension TripPath {
    func receiverPath(noise: Double = 0) -> SimulatedReceiverPath {
        SimulatedReceiverPath(
            wayPoints: points, speedMetersPerSecond: speedMetersPerSecond,
            end: loops ? .loops : .stays, startsAt: Instant.start.advanced(by: startsAt),
            noiseMeters: noise)
    }
}

extension SimulatedRotorMechanics {
    fileprivate init(_ body: RotorBody) {
        self.init(
            azimuth: SimulatedAxis(
                limitsDegrees: body.azimuthDegrees,
                rateDegreesPerSecond: body.rateDegreesPerSecond,
                accelerationDegreesPerSecondSquared: body.accelerationDegreesPerSecondSquared,
                positionDegrees: body.startDegrees),
            elevation: SimulatedAxis(
                limitsDegrees: body.elevationDegrees,
                rateDegreesPerSecond: body.rateDegreesPerSecond,
                accelerationDegreesPerSecondSquared: body.accelerationDegreesPerSecondSquared,
                positionDegrees: max(0, body.elevationDegrees.lowerBound)),
            parkAzimuthDegrees: body.azimuthDegrees.clamped(0),
            parkElevationDegrees: body.elevationDegrees.clamped(0))
    }
}

extension ClosedRange where Bound == Double {
    func clamped(_ value: Double) -> Double { Swift.min(Swift.max(value, lowerBound), upperBound) }
}

extension GPSFix.Position {
    /// Nil for a position that is none, which a scenario cannot hold.
    var geodetic: GeodeticPosition? {
        try? GeodeticPosition(
            latitudeDegrees: latitudeDegrees, longitudeDegrees: longitudeDegrees,
            altitudeMeters: altitudeMeters ?? 0)
    }
}
