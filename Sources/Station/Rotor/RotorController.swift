import Drivers
package import Engine
import Pointing

/// One rotor: performs what its tracking decides, and tells everybody how it stands.
package actor RotorController: CoreActor {
    package nonisolated let core: Core
    package nonisolated let id: Int
    package private(set) var settings: RotorSettings
    /// The session that this rotor obeys.
    package private(set) var session: SecretHash?
    /// The device that is leased to have this rotor to oneself.
    package private(set) var device: String?
    private(set) var pairedBy: String?
    private var orderedBy: String?
    private let lessees: Lessees
    let audit: Audit
    private var lessee: Lessee?
    private var leaseFeed: Subscription<LeaseChange>?
    private var tracking: RotorTracking
    private let driver: any RotorDriver
    private let statuses: Topic<RotorStatus>
    /// Called when mode, target or session changed and must outlive a restart.
    private let remember: @Sendable (RotorController) -> Void
    private lazy var timer = Timer(on: self) { $0.act() }
    private lazy var heartbeat = Timer(on: self) { $0.beat() }
    private var shown: RotorStatus?
    private var shownAt: Instant?
    private var model: Int?
    private(set) var driverState: DriverState?
    private var isReachable: Bool { driverState.map { $0.problem == nil } ?? false }
    private(set) var lastCommand: (command: RotorCommand, at: Instant)?
    private var stationFeed: Subscription<StationFix>?
    private let locations: Locations
    /// The location that is followed, and what is heard of it.
    private var followed: (id: String, feed: Subscription<LocationTick>)?

    init(
        core: Core, id: Int, record: RotorRecord, driver: any RotorDriver,
        locations: Locations, lessees: Lessees, audit: Audit, limits: TrackingLimits,
        statuses: Topic<RotorStatus>,
        remember: @escaping @Sendable (RotorController) -> Void
    ) {
        self.core = core
        self.id = id
        self.settings = record.settings
        self.session = record.session
        self.device = record.device
        self.pairedBy = record.pairedBy
        self.orderedBy = record.orderedBy
        self.lessees = lessees
        self.audit = audit
        self.driver = driver
        self.locations = locations
        self.statuses = statuses
        self.remember = remember
        tracking = RotorTracking(
            geometry: record.settings.geometry, limits: limits, mode: record.mode,
            target: record.target)
    }

    /// Starts the driver and listens to where the station stands.
    func start(_ station: StationPosition) {
        tracking.stand(at: station.enter { $0.fix })
        stationFeed = station.changes.subscribe(self, .latest(limit: 1) { _ in 0 }) {
            $0.tracking.stand(at: $1)
            $0.act()
        }
        followTarget()
        followLease()
        driver.enter { driver in
            driver.start { [weak self] event in self?.enter { $0.hear(event) } }
        }
    }

    /// Stops the rotor and lets go of its driver; the rotor was deleted or set up anew.
    func close() {
        timer.cancel()
        heartbeat.cancel()
        stationFeed = nil
        followed = nil
        leaseFeed = nil
        driver.enter {
            $0.submit(.stop)
            $0.close()
        }
    }

    // MARK: Being told

    /// Turns to a target: follows a position, goes to a direction once.
    ///
    /// - Parameter user: who wants it, who must be one that the rotor obeys.
    /// - Throws: why the rotor cannot point there; then nothing changes.
    package func point(
        at target: Target, by user: String
    ) throws(PointingRefusal) -> (azimuthDegrees: Double, elevationDegrees: Double) {
        let direction = try self.direction(of: target)
        switch tracking.plan(
            azimuthDegrees: direction.azimuthDegrees, elevationDegrees: direction.elevationDegrees)
        {
        case .failure(let reason): throw .unreachable(reason)
        case .success: break
        }
        guard isReachable else { throw .rotorUnavailable(driverProblem) }
        orders(user)
        if case .direction = target { tracking.choose(.manual) } else { tracking.choose(.track) }
        tracking.aim(at: target)
        changed()
        return direction
    }

    /// Stops before anything that waits, whoever asks and whoever has the rotor.
    package func stop() {
        choose(.stop)
    }

    /// Goes to its parking position.
    package func park(by user: String) {
        orders(user)
        choose(.park)
    }

    private func choose(_ mode: TrackingMode) {
        tracking.choose(mode)
        changed()
        // Whoever asked hears it, also when nothing had to change: a STOP is confirmed.
        publish(status)
    }

    /// - Parameter user: in whose name the session speaks from now on.
    func setSession(_ session: SecretHash?, by user: String?) {
        self.session = session
        pairedBy = user
        tracking.forgetPhone()
        if session == nil, tracking.mode == .track, tracking.target == nil {
            // Nobody is left to follow; the rotor stays where it points.
            tracking.choose(.manual)
        }
        changed()
    }

    // MARK: Leases

    /// Whether the rotor does what a user says; it stops for everybody.
    private func obeys(_ user: String?) -> Bool {
        lessee.map { $0.user == user } ?? true
    }

    private func orders(_ user: String?) {
        orderedBy = user
        lookWhoLeases()
    }

    /// What the old holder has ordered goes on in the name of the new one. Whom the session speaks
    /// for stays as it is: whoever paired it may still have it in hands.
    func handOver(from old: String, to new: String) {
        if orderedBy == old { orderedBy = new }
        lookWhoLeases()
        changed()
    }

    func forgetDevice() {
        device = nil
        leaseFeed = nil
        lookWhoLeases()
        changed()
    }

    /// Listens to leases of its device, and to no others.
    private func followLease() {
        guard let device else { return }
        leaseFeed = lessees.leases.changes.subscribe(
            self, about: device, .latest(limit: 1) { _ in 0 }
        ) { rotor, _ in
            rotor.lookWhoLeases()
            rotor.act()
        }
        lookWhoLeases()
    }

    /// What was not ordered by whoever has the device now is not carried out.
    private func lookWhoLeases() {
        lessee = device.flatMap { lessees.lessee(of: $0) }
        let bar = obeys(orderedBy) ? nil : lessee
        tracking.bar(
            bar.map { "\($0.email) has the device since \($0.since.text(.milliseconds))" })
    }

    private func direction(
        of target: Target
    ) throws(PointingRefusal) -> (azimuthDegrees: Double, elevationDegrees: Double) {
        switch target {
        case .direction(let azimuth, let elevation): return (azimuth, elevation)
        case .position(let position): return try direction(to: position)
        case .location(let id):
            guard let sighting = sighting(of: id) else { throw .locationUnknown }
            return try direction(to: sighting.point.position)
        }
    }

    private func direction(
        to position: GeodeticPosition
    ) throws(PointingRefusal) -> (azimuthDegrees: Double, elevationDegrees: Double) {
        guard let station = tracking.station else { throw .stationUnknown }
        guard let look = LookAngle(from: station, to: position) else { throw .samePlace }
        return (look.azimuthDegrees, look.elevationDegrees)
    }

    // MARK: Following a location

    private func sighting(of id: String) -> Sighting? {
        locations.enter { $0.location(id) }?.enter { $0.location.sighting }
    }

    /// Listens to the location that is the target, and to no other.
    private func followTarget() {
        guard case .location(let id)? = tracking.target else {
            followed = nil
            return
        }
        guard followed?.id != id else { return }
        let feed = locations.ticks.subscribe(self, about: id, .latest(limit: 1) { _ in 0 }) {
            guard let sighting = $1.location.sighting else { return }
            $0.tracking.see(sighting, of: id, at: $0.core.now)
            $0.act()
        }
        followed = (id, feed)
        guard let sighting = sighting(of: id) else { return }
        let age = max(sighting.time.duration(to: core.utc), .zero)
        tracking.see(sighting, of: id, at: core.now.advanced(by: .zero - age))
    }

    private func changed() {
        followTarget()
        act()
        remember(self)
    }

    // MARK: Hearing from the driver

    private func hear(_ event: RotorEvent) {
        switch event {
        case .state(let state):
            driverState = state
            tracking.driverChanged(problem: state.problem)
        case .position(let azimuth, let elevation):
            tracking.rotorReported(
                RotorPosition(azimuthDegrees: azimuth, elevationDegrees: elevation), now: core.now)
        case .capabilities(let capabilities):
            model = capabilities.model
        case .finished(let command, let error):
            finished(command, error)
        }
        act()
    }

    private func finished(_ command: RotorCommand, _ error: RotorError?) {
        switch error {
        case nil: tracking.accepted(command)
        case .superseded: break
        case .some(let error):
            core.log(
                .warning, "rotor", "command not carried out",
                ["rotor": settings.name, "command": "\(command)", "reason": error.description])
            tracking.refused(error.description, isStop: command == .stop, now: core.now)
        }
    }

    // MARK: Acting and showing

    private func act() {
        let decision = tracking.decide(now: core.now)
        if let judgement = decision.judgement { note(judgement, sends: decision.command != nil) }
        if let command = decision.command {
            lastCommand = (command, core.now)
            driver.enter { $0.submit(command) }
        }
        if let moment = decision.askAgainAt { timer.arm(at: moment) } else { timer.cancel() }
        show()
    }

    /// A recording that is compared with another shows by this why both differ.
    private func note(_ judgement: RotorTracking.Judgement, sends: Bool) {
        let off = judgement.offDegrees.map { "\($0)" } ?? "unknown"
        let fields: KeyValuePairs = [
            "rotor": settings.name, "azimuth": "\(judgement.aim.azimuthDegrees)",
            "elevation": "\(judgement.aim.elevationDegrees)", "off": off,
            "dead_band": "\(judgement.deadBandDegrees)",
        ]
        if sends {
            core.log(.debug, "rotor", "aims", fields)
        } else {
            core.log(.debug, "rotor", "holds, the aim is within the dead band", fields)
        }
    }

    package var status: RotorStatus {
        let now = core.now
        return RotorStatus(
            rotorID: id, name: settings.name, position: tracking.reading?.position,
            positionAge: tracking.reading.map { $0.at.duration(to: now) },
            isMoving: tracking.isMoving(now: now), isReachable: isReachable, mode: tracking.mode,
            target: tracking.shownTarget(now: now), way: tracking.legs,
            owner: lessee?.email, problems: tracking.problems(now: now), time: core.utc)
    }

    package var isTracking: Bool { tracking.mode == .track }
    package var record: RotorRecord {
        RotorRecord(
            settings: settings, device: device, session: session, pairedBy: pairedBy,
            mode: tracking.mode, target: tracking.target, orderedBy: orderedBy)
    }

    /// Whether the driver has reached the rotor, and Hamlib's model number if it said so.
    package var connection: (isConnected: Bool, model: Int?) { (isReachable, model) }

    private var driverProblem: String {
        tracking.problems(now: core.now).first { $0.source == .rotor }?.detail ?? "not connected"
    }

    /// Publishes what changed.
    private func show() {
        let status = status
        if let shown, shown.looksLike(status) { return }
        logTrouble(from: shown, to: status)
        publish(status)
    }

    private func publish(_ status: RotorStatus) {
        shown = status
        statuses.publish(status)
        heartbeat.arm(after: Self.heartbeatInterval)
    }

    /// From the contract for a moving rotor; a standing one says so too, so that a page can tell a
    /// rotor at rest from one that is lost.
    private static let heartbeatInterval = Duration.seconds(1)

    private func beat() {
        guard session != nil else { return heartbeat.arm(after: Self.heartbeatInterval) }
        publish(status)
    }

    private func logTrouble(from before: RotorStatus?, to after: RotorStatus) {
        for problem in after.problems
        where before?.problems.contains(where: problem.isSameTrouble) != true {
            core.log(
                .warning, "rotor", "cannot follow as told",
                ["rotor": after.name, "source": problem.source.rawValue, "reason": problem.detail])
        }
        if after.problems.isEmpty, before?.problems.isEmpty == false {
            core.log(.info, "rotor", "following as told again", ["rotor": after.name])
        }
    }
}

extension RotorController: RelayListener {
    func hear(_ message: RelayMessage, from peer: PeerID?) {
        switch message {
        case .mode(.stop):
            stop()
            tell(message, from: peer)
        case .mode(let mode):
            guard obeys(pairedBy) else { return }
            orders(pairedBy)
            choose(mode)
            tell(message, from: peer)
        case .target(let target):
            guard obeys(pairedBy) else { return }
            orders(pairedBy)
            tracking.aim(at: target)
            changed()
            tell(message, from: peer)
        // Knowing where the phone is moves nothing by itself.
        case .location(let phone):
            tracking.locate(phone, from: peer, now: core.now)
            act()
        }
    }

    func lost(_ peer: PeerID) {
        tracking.lost(peer)
    }

    func sessionEnded() {
        setSession(nil, by: nil)
    }
}
