package import Drivers
package import Engine
package import Pointing

/// The domain of one station, put together: who stands where and who talks to whom.
package struct FieldStation: Sendable {
    package let core: Core
    package let limits: StationLimits
    package let identity: Identity
    package let position: StationPosition
    package let sessions: PairingSessions
    package let rotors: Rotors
    package let devices: Devices
    package let leases: Leases
    package let locations: Locations
    package let passwords: Passwords
    package let secondFactors: SecondFactors
    package let logins: Logins
    package let commands: Commands
    package let games: Games
    package let nights: GameNights
    package let votes: NightVotes
    package let webhooks: Webhooks
    package let hosts: HostLogins
    /// What hosts of game nights are let in by.
    package let hostDesk: HostDesk
    package let audit: Audit
    package let registrations: Registrations
    package let workspaces: Workspaces
    let healthLimits: HealthLimits

    /// What a station is made of that differs between a live one and a simulated one.
    package struct Parts: Sendable {
        package var fixedPosition: GeodeticPosition?
        package var receiver: (any ReceiverDriver)?
        package var makeRotorDriver: @Sendable (Int, RotorSettings) -> any RotorDriver
        package var makeCommandDriver: @Sendable (DeviceConnection, UInt64) -> any CommandDriver
        package var limits = StationLimits()
        package var trackingLimits = TrackingLimits()
        package var passwordEdge: any PasswordEdge = PasswordThread()
        package var commandLimits = CommandLimits()
        /// What knows the hosts' key; nil where nobody does.
        package var hostKey: (any HostKeyEdge)?
        package var makeRoomService: @Sendable (RoomWish) -> any RoomService
        package var gameNightLimits = GameNightLimits()
        package var auditLimits = AuditLimits()
        /// The doors to servers that are called.
        package var web: WebLines
        /// Whether people may make themselves users.
        package var isRegistrationOpen = true
        package var makeWorkspaceDriver: Workspaces.MakeDriver = { _ in nil }
        /// Nil where nothing is said of tunnels.
        package var tunnel: (any TunnelDriver)?
        /// Where what goes through streams is written down; nil for nowhere.
        package var captureFolder: String?
        package var workspaceLimits = WorkspaceLimits()
        package var healthLimits = HealthLimits()

        package init(
            fixedPosition: GeodeticPosition? = nil, receiver: (any ReceiverDriver)? = nil,
            makeRotorDriver: @escaping @Sendable (Int, RotorSettings) -> any RotorDriver,
            makeCommandDriver:
                @escaping @Sendable (DeviceConnection, UInt64) -> any CommandDriver,
            makeRoomService: @escaping @Sendable (RoomWish) -> any RoomService, web: WebLines
        ) {
            self.fixedPosition = fixedPosition
            self.receiver = receiver
            self.makeRotorDriver = makeRotorDriver
            self.makeCommandDriver = makeCommandDriver
            self.makeRoomService = makeRoomService
            self.web = web
        }
    }

    /// The rows that a station starts from, table by table.
    package typealias Stored = @Sendable (_ table: String) throws -> [StoreRow]

    /// - Parameter deliver: performs what the relay wants done with sockets, on the core.
    package init(
        core: Core, parts: Parts, deliver: @escaping @Sendable (RelayOutput) -> Void
    ) {
        self.core = core
        limits = parts.limits
        identity = Identity(core: core)
        position = StationPosition(
            core: core, fixed: parts.fixedPosition, receiver: parts.receiver)
        audit = Audit(core: core, identity: identity, limits: parts.auditLimits)
        sessions = PairingSessions(
            core: core, limits: parts.limits, audit: audit, deliver: deliver)
        locations = Locations(
            core: core, limits: parts.limits,
            sources: LocationSources(
                station: position.changes, phones: sessions.phones,
                phoneLostAfter: parts.trackingLimits.locationLostAfter,
                phoneBacklog: core.limits.inputsPerTurn))
        devices = Devices(core: core, limits: parts.limits)
        leases = Leases(core: core, limits: parts.limits, devices: devices, audit: audit)
        rotors = Rotors(
            core: core, limits: parts.limits, trackingLimits: parts.trackingLimits,
            station: position, sessions: sessions, locations: locations,
            lessees: Lessees(leases: leases, identity: identity), audit: audit,
            makeDriver: parts.makeRotorDriver)
        passwords = Passwords(core: core, edge: parts.passwordEdge)
        secondFactors = SecondFactors(core: core, identity: identity, passwords: passwords)
        logins = Logins(
            core: core, identity: identity, passwords: passwords, factors: secondFactors)
        commands = Commands(
            core: core, limits: parts.commandLimits, identity: identity, devices: devices,
            leases: leases, audit: audit, makeDriver: parts.makeCommandDriver)
        let limits = parts.gameNightLimits
        games = Games(core: core, limits: limits)
        nights = GameNights(
            core: core, limits: limits, games: games, audit: audit,
            makeService: parts.makeRoomService)
        votes = NightVotes(core: core, nights: nights)
        webhooks = Webhooks(core: core, nights: nights, lines: parts.web)
        hostDesk = HostDesk(core: core, edge: parts.hostKey)
        hosts = HostLogins(
            core: core, desk: hostDesk, limits: limits,
            addresses: parts.limits.rateLimitedAddresses)
        registrations = Registrations(
            core: core, identity: identity, passwords: passwords,
            isOpen: parts.isRegistrationOpen)
        workspaces = Workspaces(
            core: core, limits: parts.workspaceLimits, audit: audit, tunnel: parts.tunnel,
            captureFolder: parts.captureFolder, makeDriver: parts.makeWorkspaceDriver)
        healthLimits = parts.healthLimits
    }

    /// Takes over what is stored and starts the drivers. Core only.
    package func start(from stored: Stored) throws {
        let users = try stored("users")
        let organizations = try stored("organizations")
        let memberships = try stored("memberships")
        let tokens = try stored("tokens")
        identity.enter {
            $0.start(
                users: users, organizations: organizations, memberships: memberships,
                tokens: tokens)
        }
        // Before everything that may have something to tell.
        let counters = try stored("counters")
        let auditRows = try stored("audit")
        audit.enter { $0.start(auditRows, counters: counters) }
        let factorRows = try stored("second_factors")
        secondFactors.enter { $0.start(factorRows) }
        let sessionRows = try stored("pairing_sessions")
        sessions.enter { $0.start(sessionRows, rotorStatuses: rotors.statuses) }
        position.enter { $0.start() }
        let locationRows = try stored("locations")
        let trailRows = try stored("location_trails")
        locations.enter { $0.start(locationRows, trails: trailRows) }
        let deviceRows = try stored("devices")
        let leaseRows = try stored("leases")
        devices.enter { $0.start(deviceRows) }
        leases.enter { $0.start(leaseRows) }
        // After the leases, which may forbid them to go on.
        let rotorRows = try stored("rotors")
        rotors.enter { $0.start(rotors: rotorRows, counters: counters) }
        let connectionRows = try stored("connections")
        let commandRows = try stored("commands")
        commands.enter { $0.start(connections: connectionRows, commands: commandRows) }
        try startGameNights(from: stored, counters: counters)
        try startWorkspaces(from: stored, counters: counters)
    }

    private func startGameNights(from stored: Stored, counters: [StoreRow]) throws {
        let gameRows = try stored("games")
        games.enter { $0.start(gameRows, counters: counters) }
        let nightRows = try stored("game_nights")
        let nightGameRows = try stored("night_games")
        nights.enter { $0.start(nights: nightRows, games: nightGameRows, counters: counters) }
        let voteRows = try stored("night_votes")
        let chatRows = try stored("night_chats")
        votes.enter { $0.start(votes: voteRows, chats: chatRows, counters: counters) }
        let webhookRows = try stored("webhooks")
        let deliveryRows = try stored("webhook_deliveries")
        webhooks.enter {
            $0.start(webhooks: webhookRows, deliveries: deliveryRows, counters: counters)
        }
        let loginRows = try stored("host_logins")
        hosts.enter { $0.start(loginRows) }
    }

    private func startWorkspaces(from stored: Stored, counters: [StoreRow]) throws {
        let workspaceRows = try stored("workspaces")
        let sessionRows = try stored("workspace_sessions")
        workspaces.enter {
            $0.start(workspaces: workspaceRows, sessions: sessionRows, counters: counters)
        }
    }

    /// Deletes a night with everything that belongs to it. Core only.
    package func delete(night id: Int) throws(GameNightError) {
        try nights.enter { (nights) throws(GameNightError) in try nights.delete(id) }
        votes.enter { $0.forget(night: id) }
    }

    /// Gives a leased device to another user, and lets its rotors go on. Core only.
    ///
    /// - Returns: the lease that has begun.
    package func handOver(_ lease: Lease, to user: String) throws(LeaseError) -> Lease {
        let begun = try leases.enter { (leases) throws(LeaseError) in
            try leases.handOver(lease, to: user)
        }
        rotors.enter { $0.handOver(device: lease.device, from: lease.user, to: user) }
        return begun
    }

    /// Deletes a device with everything that belongs to it. Core only.
    package func delete(device id: String) throws(DeviceError) {
        guard devices.enter({ $0.device(id) }) != nil else { throw .unknownDevice }
        // While it is there, so that its organisation hears how they end.
        commands.enter { $0.forget(device: id) }
        try devices.enter { (devices) throws(DeviceError) in try devices.delete(id) }
        rotors.enter { $0.forget(device: id) }
        // Whoever watches it has nothing to see any more.
        identity.changes.publish(RightsChange())
    }
}
