import Drivers
package import Engine

/// Why a change to the rotors was refused.
package enum RotorsError: Error, Equatable {
    case unknownRotor
    case duplicateName(String)
    case tooManyRotors
    /// A rotor that tracks must be stopped before it is changed or deleted.
    case isTracking
    case pairing(PairingError)
}

/// The station's rotors: who exists, how each is set up, and what each is paired with.
package actor Rotors: CoreActor {
    package nonisolated let core: Core
    /// Published whenever a rotor's status changes.
    package nonisolated let statuses = Topic<RotorStatus>("rotor.status")
    private let limits: StationLimits
    private let trackingLimits: TrackingLimits
    private let station: StationPosition
    private let sessions: PairingSessions
    private let locations: Locations
    private let lessees: Lessees
    private let audit: Audit
    private let makeDriver: @Sendable (Int, RotorSettings) -> any RotorDriver
    private var controllers: [Int: RotorController] = [:]
    private var ids: NumberedIDs

    /// - Parameter makeDriver: connects a rotor by its number and settings.
    init(
        core: Core, limits: StationLimits, trackingLimits: TrackingLimits,
        station: StationPosition, sessions: PairingSessions, locations: Locations,
        lessees: Lessees, audit: Audit,
        makeDriver: @escaping @Sendable (Int, RotorSettings) -> any RotorDriver
    ) {
        self.core = core
        self.limits = limits
        self.trackingLimits = trackingLimits
        self.station = station
        self.sessions = sessions
        self.locations = locations
        self.lessees = lessees
        self.audit = audit
        self.makeDriver = makeDriver
        ids = NumberedIDs(core: core, name: "rotors")
    }

    /// Takes over the stored rotors; each goes on with what it did.
    package func start(rotors rows: [StoreRow], counters: [StoreRow]) {
        let stored = rows.compactMap(RotorRecord.stored).sorted { $0.id < $1.id }
        ids.start(counters: counters, used: stored.map(\.id))
        for (id, record) in stored {
            let controller = run(id, record)
            guard let session = record.session else { continue }
            do {
                try sessions.enter { (sessions) throws(PairingError) in
                    try sessions.attach(controller, rotor: id, to: session)
                }
            } catch {
                controller.enter { $0.setSession(nil, by: nil) }
            }
        }
    }

    /// Stops nothing: the rotors keep pointing; only the drivers let go.
    package func all() -> [RotorController] {
        controllers.keys.sorted().compactMap { controllers[$0] }
    }

    package func rotor(_ id: Int) throws(RotorsError) -> RotorController {
        guard let controller = controllers[id] else { throw .unknownRotor }
        return controller
    }

    /// - Parameter device: what is leased to have the rotor to oneself; nil for nothing.
    package func add(
        _ settings: RotorSettings, device: String? = nil
    ) throws(RotorsError) -> RotorController {
        guard controllers.count < limits.rotors else { throw .tooManyRotors }
        try checkName(settings.name, except: nil)
        let id = ids.next()
        let record = RotorRecord(settings: settings, device: device)
        save(id, record)
        return run(id, record)
    }

    /// Sets a rotor up anew; it keeps its number and its session.
    package func change(
        _ id: Int, to settings: RotorSettings, device: String?
    ) throws(RotorsError) -> RotorController {
        let old = try idle(id)
        try checkName(settings.name, except: id)
        let before = old.enter { $0.record }
        let session = before.session
        old.enter { $0.close() }
        sessions.enter { $0.detach(rotor: id) }
        let record = RotorRecord(
            settings: settings, device: device, session: session, pairedBy: before.pairedBy)
        save(id, record)
        let controller = run(id, record)
        if let session {
            do throws(PairingError) {
                try sessions.enter { (sessions) throws(PairingError) in
                    try sessions.attach(controller, rotor: id, to: session)
                }
            } catch {
                controller.enter { $0.setSession(nil, by: nil) }
            }
        }
        return controller
    }

    package func delete(_ id: Int) throws(RotorsError) {
        let controller = try idle(id)
        sessions.enter { $0.detach(rotor: id) }
        controller.enter { $0.close() }
        controllers[id] = nil
        core.write(.delete(table: "rotors", key: ["id": .integer(Int64(id))]))
    }

    /// The device is gone: whoever may turn its rotors may do so again.
    package func forget(device: String) {
        for controller in all() where controller.enter({ $0.device == device }) {
            controller.enter { $0.forgetDevice() }
        }
    }

    /// A device has gone over to another user, and what its rotors do with it.
    func handOver(device: String, from old: String, to new: String) {
        for controller in all() where controller.enter({ $0.device == device }) {
            controller.enter { $0.handOver(from: old, to: new) }
        }
    }

    /// Makes a rotor obey a session, starting with the mode and target that were said last.
    ///
    /// - Parameter user: who pairs it, and in whose name the session speaks to it.
    package func pair(
        _ id: Int, with hash: SecretHash, by user: String
    ) throws(RotorsError) {
        let controller = try rotor(id)
        let remembered: [RelayMessage]
        do throws(PairingError) {
            remembered = try sessions.enter { (sessions) throws(PairingError) in
                try sessions.attach(controller, rotor: id, to: hash)
                return sessions.rememberedMessages(in: hash)
            }
        } catch {
            throw .pairing(error)
        }
        controller.enter { controller in
            controller.setSession(hash, by: user)
            for message in remembered { controller.hear(message, from: nil) }
        }
        statuses.publish(controller.enter { $0.status })
    }

    package func unpair(_ id: Int) throws(RotorsError) {
        let controller = try rotor(id)
        sessions.enter { $0.detach(rotor: id) }
        controller.enter { $0.setSession(nil, by: nil) }
    }

    private func idle(_ id: Int) throws(RotorsError) -> RotorController {
        let controller = try rotor(id)
        guard !controller.enter({ $0.isTracking }) else { throw .isTracking }
        return controller
    }

    private func checkName(_ name: String, except id: Int?) throws(RotorsError) {
        let taken = controllers.values.contains { controller in
            controller.id != id && controller.enter { $0.settings.name == name }
        }
        if taken { throw .duplicateName(name) }
    }

    private func run(_ id: Int, _ record: RotorRecord) -> RotorController {
        let controller = RotorController(
            core: core, id: id, record: record, driver: makeDriver(id, record.settings),
            locations: locations, lessees: lessees, audit: audit, limits: trackingLimits,
            statuses: statuses,
            remember: { [weak self] controller in
                self?.enter { $0.save(controller.id, controller.enter { $0.record }) }
            })
        controllers[id] = controller
        controller.enter { $0.start(station) }
        return controller
    }

    private func save(_ id: Int, _ record: RotorRecord) {
        core.write(.put(table: "rotors", row: record.row(id)))
    }
}
