package import Drivers
package import Engine
package import JSON

/// What devices were told to do, and the ways to them.
///
/// One command of a device runs at a time, in the order in which they came; a stop overtakes all
/// and runs beside.
package actor Commands: CoreActor {
    package nonisolated let core: Core
    /// Published about its device and that one's organisation whenever a command has changed; its
    /// creation is no change.
    package nonisolated let updates = Topic<Command>("command.updates")
    package nonisolated let limits: CommandLimits
    private let identity: Identity
    private let devices: Devices
    private let leases: Leases
    private let audit: Audit
    private let makeDriver: @Sendable (DeviceConnection, UInt64) -> any CommandDriver
    private var ids: UniqueIDs
    private var connections: [String: DeviceConnection] = [:]
    private var archive: CommandArchive
    private var runs: [String: CommandRun] = [:]
    private var queues: [String: CommandQueue] = [:]
    private var lastRun: UInt64 = 0
    /// Open from the first command on.
    private var leaseFeed: Subscription<LeaseChange>?

    /// - Parameter makeDriver: reaches a device; the number is another one for each attempt.
    package init(
        core: Core, limits: CommandLimits, identity: Identity, devices: Devices, leases: Leases,
        audit: Audit,
        makeDriver: @escaping @Sendable (DeviceConnection, UInt64) -> any CommandDriver
    ) {
        self.core = core
        self.limits = limits
        self.identity = identity
        self.devices = devices
        self.leases = leases
        self.audit = audit
        self.makeDriver = makeDriver
        ids = UniqueIDs(core: core, purpose: "commands")
        archive = CommandArchive(limits: limits)
    }

    /// - Parameter commandRows: by creation time. Those that were under way have failed.
    package func start(connections connectionRows: [StoreRow], commands commandRows: [StoreRow]) {
        for connection in connectionRows.compactMap(DeviceConnection.stored) {
            connections[connection.id] = connection
        }
        for var command in commandRows.compactMap(Command.stored) {
            if command.status == .inProgress {
                var output = CommandOutput(limit: .max)
                _ = output.append(Array(command.output.utf8))
                output.note("interrupted by restart")
                command.output = output.text
                command.status = .failed
                command.modifiedAt = max(core.utc, command.createdAt)
                core.write(.put(table: "commands", row: command.row))
                tell(command, "interrupted by restart")
            }
            archive.add(command)
        }
        forgetTheOldest()
    }

    // MARK: Connections

    /// Newest first.
    package func connections(of device: String) -> [DeviceConnection] {
        connections.values.filter { $0.device == device }
            .sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    }

    /// How the newest connections were used last.
    func lastUses(atMost limit: Int) -> [ConnectionUse] {
        connections.values.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }.prefix(limit)
            .map { connection in
                let command = archive.lastCommand(of: connection.device, by: connection.id)
                let run = command.flatMap { runs[$0.id] }
                return ConnectionUse(
                    connection: connection, command: command,
                    isWaiting: run?.enter { $0.isWaiting } ?? false)
            }
    }

    package func connection(
        _ id: String, of device: String
    ) throws(CommandError) -> DeviceConnection {
        guard let connection = connections[id], connection.device == device else {
            throw .unknownConnection
        }
        return connection
    }

    package func connect(
        _ device: String, _ driver: ConnectionParameters.Driver, _ parameters: JSONObject
    ) throws(CommandError) -> DeviceConnection {
        let parameters = try read(driver, parameters, old: nil)
        guard connections(of: device).count < limits.connectionsPerDevice else {
            throw .tooManyConnections
        }
        let connection = DeviceConnection(
            id: ids.next { connections[$0] != nil }, device: device, parameters: parameters,
            createdAt: core.utc, modifiedAt: core.utc)
        keep(connection)
        return connection
    }

    /// Throws what `connect` would.
    package func check(
        _ driver: ConnectionParameters.Driver, _ parameters: JSONObject
    ) throws(CommandError) {
        _ = try read(driver, parameters, old: nil)
    }

    /// What runs goes on with the old parameters; what waits will use the new ones.
    package func change(
        _ id: String, of device: String, to driver: ConnectionParameters.Driver,
        _ parameters: JSONObject
    ) throws(CommandError) -> DeviceConnection {
        var connection = try connection(id, of: device)
        connection.parameters = try read(driver, parameters, old: connection.parameters)
        connection.modifiedAt = core.utc
        keep(connection)
        return connection
    }

    /// What the device was given goes on; what waits for this way fails.
    package func disconnect(_ id: String, of device: String) throws(CommandError) {
        _ = try connection(id, of: device)
        connections[id] = nil
        core.write(.delete(table: "connections", key: ["id": .text(id)]))
        abort(onDevice: device, "its connection was deleted") {
            $0.connection == id && $1
        }
    }

    private func read(
        _ driver: ConnectionParameters.Driver, _ parameters: JSONObject,
        old: ConnectionParameters?
    ) throws(CommandError) -> ConnectionParameters {
        do throws(ConnectionParametersError) {
            return try ConnectionParameters(driver, parameters, old: old, limits: limits)
        } catch {
            throw .parameters(error.message)
        }
    }

    private func keep(_ connection: DeviceConnection) {
        connections[connection.id] = connection
        core.write(.put(table: "connections", row: connection.row))
    }

    // MARK: Commands

    /// Newest first.
    package func commands(of device: String) -> [Command] {
        archive.commands(of: device).reversed()
    }

    package func command(_ id: String, of device: String) throws(CommandError) -> Command {
        guard let command = archive[id], command.device == device else { throw .unknownCommand }
        return command
    }

    /// The connection that a command is shown with; nil when it is gone.
    package func isConnected(_ command: Command) -> Bool {
        connections[command.connection] != nil
    }

    /// Takes a command on. The same request again gives the command as it was then.
    package func submit(
        _ wish: CommandWish, to device: String, by user: String
    ) throws(CommandError) -> Command {
        if let earlier = try repeated(wish, device, user) { return earlier.atItsCreation }
        let input = try CommandInput(wish.kind, wish.input, limits)
        if let expiry = wish.expiry, !limits.expiries.contains(expiry) { throw .invalidExpiry }
        let connection = try way(of: wish, to: device)
        if wish.kind != .stop, let lease = leases.enter({ $0.holder(of: device) }),
            lease.user != user
        {
            throw .leased(user: lease.user, since: lease.createdAt)
        }
        guard runs.count < limits.inProgress,
            queues[device]?.waiting.count ?? 0 < limits.waitingPerDevice || wish.kind == .stop
        else { throw .tooManyCommands }
        let command = Command(
            id: ids.next { archive[$0] != nil }, device: device, connection: connection.id,
            user: user, kind: wish.kind, input: input.shown, requestKey: wish.key,
            createdAt: core.utc, modifiedAt: core.utc)
        archive.add(command, fingerprint: wish.key == nil ? nil : wish.fingerprint)
        core.write(.put(table: "commands", row: command.row))
        run(command, input.order, connection, wish.expiry)
        return command
    }

    private func repeated(
        _ wish: CommandWish, _ device: String, _ user: String
    ) throws(CommandError) -> Command? {
        guard let key = wish.key else { return nil }
        guard limits.keyCharacters.contains(key.unicodeScalars.count) else { throw .invalidKey }
        let request = CommandRequest(device: device, user: user, key: key)
        guard let earlier = archive.command(askedForBy: request) else { return nil }
        // After a restart only what is stored can be compared: all but a password and an expiry.
        let isTheSame =
            earlier.fingerprint.map { $0 == wish.fingerprint }
            ?? (earlier.command.kind == wish.kind
                && (try? CommandInput(wish.kind, wish.input, limits))?.shown
                    == earlier.command.input)
        guard isTheSame else { throw .keyIsUsed }
        return earlier.command
    }

    /// The connection that was named, or the first one made that takes such commands.
    private func way(
        of wish: CommandWish, to device: String
    ) throws(CommandError) -> DeviceConnection {
        let all = Array(connections(of: device).reversed())
        guard !all.isEmpty else { throw .noConnection }
        guard let named = wish.connection else {
            guard let first = all.first(where: { $0.parameters.takes(wish.kind) }) else {
                throw .notPossible(wish.kind, driver: nil)
            }
            return first
        }
        let connection = try connection(named, of: device)
        guard connection.parameters.takes(wish.kind) else {
            throw .notPossible(wish.kind, driver: connection.parameters.driver)
        }
        return connection
    }

    private func run(
        _ command: Command, _ order: DeviceOrder, _ connection: DeviceConnection,
        _ expiry: Duration?
    ) {
        watchLeases()
        let id = command.id
        let progress = CommandProgress(
            timeout: connection.parameters.timeout,
            expiry: expiry.map { core.now.advanced(by: $0) }, limits: limits)
        let run = CommandRun(
            core: core, id: id, order: order, progress: progress,
            makeDriver: { [weak self] in self?.enter { $0.driver(for: id) } ?? nil },
            report: { [weak self] news in self?.enter { $0.hear(news, of: id) } })
        runs[id] = run
        run.enter { $0.handle(.submitted) }
        if command.kind == .stop {
            abort(onDevice: command.device, "a stop took its place") { other, isWaiting in
                isWaiting && (other.kind == .point || other.kind == .park)
            }
            run.enter { $0.handle(.begin) }
        } else {
            queues[command.device, default: CommandQueue()].add(id)
            startNext(on: command.device)
        }
    }

    private func driver(for id: String) -> (any CommandDriver)? {
        guard let connection = archive[id].flatMap({ connections[$0.connection] }) else {
            return nil
        }
        lastRun += 1
        return makeDriver(connection, lastRun)
    }

    private func startNext(on device: String) {
        while let id = queues[device]?.next(), let command = archive[id], let run = runs[id] {
            if let reason = reasonOfLease(against: command) {
                run.enter { $0.handle(.abort(reason)) }
            } else {
                run.enter { $0.handle(.begin) }
            }
        }
        if queues[device]?.isEmpty == true { queues[device] = nil }
    }

    private func hear(_ news: CommandRun.News, of id: String) {
        guard var command = archive[id] else { return }
        command.output = news.output
        command.status = news.status
        // A clock that was set back must not end it before it began.
        command.modifiedAt = max(core.utc, command.createdAt)
        archive.update(command)
        if news.isSaved { core.write(.put(table: "commands", row: command.row)) }
        if news.isShown { publish(command) }
        guard command.status != .inProgress else { return }
        core.log(
            .info, "command", "ended",
            [
                "command": id, "device": command.device, "type": command.kind.rawValue,
                "status": command.status.rawValue,
            ])
        tell(command)
        runs[id] = nil
        queues[command.device]?.remove(id)
        forgetTheOldest(of: command.device)
        startNext(on: command.device)
    }

    /// How a command has ended; what it said is no history of who did what.
    private func tell(_ command: Command, _ details: String = "") {
        var event = AuditEvent("end_command")
        event.user = command.user
        event.resource = "command:\(command.id)"
        event.details = details.isEmpty ? command.kind.rawValue : details
        event.isSuccess = command.status == .success
        event.device = command.device
        event.organization = devices.enter { $0.device(command.device)?.organization }
        audit.enter { $0.add(event) }
    }

    private func publish(_ command: Command) {
        let organization = devices.enter { $0.device(command.device)?.organization }
        updates.publish(command, about: [command.device] + (organization.map { [$0] } ?? []))
    }

    /// Ends commands of a device that are under way.
    ///
    /// - Parameter isMeant: whether a command is to end; the second value is true while the device
    ///   knows nothing of it.
    private func abort(
        onDevice device: String, _ reason: String, where isMeant: (Command, Bool) -> Bool
    ) {
        // The last one first: ending one begins the next, which would be ended in its turn.
        for command in archive.commands(of: device).reversed() {
            guard let run = runs[command.id], isMeant(command, run.enter { $0.isWaiting }) else {
                continue
            }
            run.enter { $0.handle(.abort(reason)) }
        }
    }

    // MARK: Leases and deletions

    private func watchLeases() {
        guard leaseFeed == nil else { return }
        leaseFeed = leases.changes.subscribe(self, .latest(limit: limits.inProgress) { $0.device })
        {
            commands, change in commands.leaseHasChanged(of: change.device)
        }
    }

    /// What somebody else's command still waits for is the holder's now. What a device was given
    /// goes on: broken off half-way it would leave the device in a state that nobody knows.
    private func leaseHasChanged(of device: String) {
        guard let lease = leases.enter({ $0.holder(of: device) }) else { return }
        let reason = "lease held by \(email(of: lease.user))"
        abort(onDevice: device, reason) { command, isWaiting in
            isWaiting && command.user != lease.user && command.kind != .stop
        }
    }

    private func reasonOfLease(against command: Command) -> String? {
        guard let lease = leases.enter({ $0.holder(of: command.device) }),
            lease.user != command.user
        else { return nil }
        return "lease held by \(email(of: lease.user))"
    }

    private func email(of user: String) -> String {
        identity.enter { try? $0.user(named: user) }?.email ?? user
    }

    /// Ends and forgets everything of a device that is gone.
    package func forget(device: String) {
        abort(onDevice: device, "the device was deleted") { _, _ in true }
        for command in archive.commands(of: device) { archive.remove(command.id) }
        core.write(.delete(table: "commands", key: ["device_id": .text(device)]))
        for connection in connections(of: device) { connections[connection.id] = nil }
        core.write(.delete(table: "connections", key: ["device_id": .text(device)]))
    }

    private func forgetTheOldest(of device: String? = nil) {
        for id in archive.removeTheOldest(of: device) {
            core.write(.delete(table: "commands", key: ["id": .text(id)]))
        }
    }
}
