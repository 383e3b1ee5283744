package import Drivers
package import Engine
import Pointing
package import Recording
package import Station
package import Transport

/// A whole station on a core: its actors, its front door, its doors to devices.
///
/// The same for a live daemon, a replay and a simulation; they differ in the edges that they give.
package struct StationWorld: Sendable {
    package let station: FieldStation
    package let gateway: Gateway
    package let links: DeviceLinks
    package let ssh: SSHRuns
    package let web: WebLines
    package let processes: ProcessRuns

    /// Puts the station together and starts its drivers. Core only.
    ///
    /// - Parameters:
    ///   - links: the doors to the devices.
    ///   - ssh: the doors to those that run commands.
    ///   - web: the doors to servers that are called.
    ///   - processes: the doors to programs of this machine.
    ///   - passwordEdge: what hashes passwords.
    ///   - hostKey: what knows the key of the hosts of game nights.
    ///   - stored: the rows that the station starts from.
    ///   - keep: puts the first administrator's token where only the operator can read it, before
    ///     anything is stored: an administrator without a token could not be helped.
    ///   - perform: hands outputs to the transport.
    ///   - record: performs what is asked of the recorder.
    ///   - makeRotorDriver: another driver for a rotor than its settings name; nil for theirs.
    ///   - makeCommandDriver: the same for a device and its connection.
    package init(
        _ plan: StationPlan, core: Core, links: DeviceLinks, ssh: SSHRuns, web: WebLines,
        processes: ProcessRuns, passwordEdge: any PasswordEdge, hostKey: (any HostKeyEdge)?,
        stored: FieldStation.Stored,
        keep: (SecretToken) throws -> Void,
        perform: @escaping @Sendable ([TransportOutput]) -> Void,
        record: @escaping @Sendable ([RecordingOrder]) -> Void = { _ in },
        makeRotorDriver: (@Sendable (Int, RotorSettings) -> (any RotorDriver)?)? = nil,
        makeCommandDriver:
            (@Sendable (DeviceConnection, UInt64) -> (any CommandDriver)?)? = nil
    ) throws {
        self.links = links
        self.ssh = ssh
        self.web = web
        self.processes = processes
        let gateway = Gateway(core: core, settings: plan.gateway, perform: perform)
        self.gateway = gateway
        var parts = FieldStation.Parts(
            fixedPosition: plan.fixedPosition,
            receiver: Self.receiver(plan.receiver, core: core, links: links),
            makeRotorDriver: { id, settings in
                makeRotorDriver?(id, settings)
                    ?? Self.rotorDriver(id, settings, core: core, links: links)
            },
            makeCommandDriver: { connection, number in
                makeCommandDriver?(connection, number)
                    ?? Self.commandDriver(connection, number, core: core, links, ssh)
            },
            makeRoomService: { Self.roomService($0, plan.rooms, core: core, web) }, web: web)
        parts.limits = plan.limits
        parts.passwordEdge = passwordEdge
        parts.hostKey = hostKey
        parts.isRegistrationOpen = plan.workspaces.isRegistrationOpen
        parts.makeWorkspaceDriver = {
            Self.workspaceDriver($0, plan.workspaces, core: core, processes)
        }
        parts.tunnel = Self.tunnel(plan.workspaces.tunnel, core: core, processes)
        parts.captureFolder = plan.workspaces.folder
        station = FieldStation(core: core, parts: parts) { output in
            gateway.enter { $0.perform(output) }
        }
        try station.start(from: stored)
        if station.identity.enter({ $0.needsFirstStart }) {
            try keep(station.identity.enter { $0.createFirstStart() })
        }
        gateway.enter { [station] in $0.serve(station, record: record) }
    }

    /// Ends what works for the station on threads of its own; after its core.
    package func stop() {
        processes.stop()
        links.stop()
        ssh.stop()
        web.stop()
        station.passwords.stop()
    }

    /// The tables that a station starts from, and the column by which each is read.
    package static let tables: KeyValuePairs<String, String> = [
        "organizations": "id", "users": "id", "memberships": "created_ns", "tokens": "id",
        "pairing_sessions": "created_ns", "rotors": "id", "counters": "name",
        "devices": "created_ns", "leases": "created_ns", "locations": "created_ns",
        "location_trails": "chunk",
        "connections": "created_ns", "commands": "created_ns",
        "games": "id", "game_nights": "id", "night_games": "id", "night_votes": "id",
        "night_chats": "number", "webhooks": "id", "webhook_deliveries": "id",
        "host_logins": "expires_ns", "audit": "number", "second_factors": "created_ns",
        "workspaces": "id", "workspace_sessions": "started_ns",
    ]

    /// The column by which a table is read.
    package static func column(of table: String) -> String {
        tables.first { $0.key == table }?.value ?? "id"
    }

    private static func receiver(
        _ receiver: StationPlan.Receiver, core: Core, links: DeviceLinks
    ) -> (any ReceiverDriver)? {
        switch receiver {
        case .none: nil
        case .gpsd(let host, let port):
            GpsdDriver(
                core: core, settings: GpsdSettings(host: host, port: port),
                links: links)
        case .simulated(let position):
            SimulatedReceiver(
                core: core,
                path: SimulatedReceiverPath(
                    wayPoints: [
                        GPSFix.Position(
                            latitudeDegrees: position.latitudeDegrees,
                            longitudeDegrees: position.longitudeDegrees,
                            altitudeMeters: position.altitudeMeters)
                    ],
                    noiseMeters: 2))
        }
    }

    private static func rotorDriver(
        _ id: Int, _ settings: RotorSettings, core: Core, links: DeviceLinks
    ) -> any RotorDriver {
        switch settings.driver {
        case .rotctld:
            RotctldDriver(
                core: core, name: String(id),
                settings: RotctldSettings(host: settings.host, port: settings.port), links: links)
        case .simulated:
            SimulatedRotor(
                core: core, name: String(id), mechanics: SimulatedRotorMechanics(settings.geometry))
        }
    }
}

extension StationWorld {
    fileprivate static func commandDriver(
        _ connection: DeviceConnection, _ number: UInt64, core: Core, _ links: DeviceLinks,
        _ ssh: SSHRuns
    ) -> any CommandDriver {
        switch connection.parameters {
        case .simulated(let parameters):
            let back = connection.modifiedAt.advanced(by: parameters.unreachable)
            return SimulatedCommandDriver(
                core: core, script: parameters.script, isAway: core.utc < back)
        case .rotctld(let parameters):
            return RotctldCommandDriver(
                core: core, number: number,
                settings: RotctldSettings(host: parameters.host, port: parameters.port),
                links: links)
        case .ssh(let parameters):
            return SSHCommandDriver(core: core, settings: parameters.settings, runs: ssh)
        }
    }
}

extension StationWorld {
    fileprivate static func workspaceDriver(
        _ driver: Workspace.Driver, _ plan: WorkspacePlan, core: Core, _ processes: ProcessRuns
    ) -> (any WorkspaceDriver)? {
        switch driver {
        case .simulated(let settings):
            return SimulatedWorkspaceDriver(core: core, settings: settings)
        case .process(let command):
            guard let settings = plan.commands[command], let folder = plan.folder else {
                return nil
            }
            return ProcessWorkspaceDriver(
                core: core, settings: settings, runs: processes, logFolder: folder)
        }
    }

    fileprivate static func tunnel(
        _ tunnel: WorkspacePlan.Tunnel?, core: Core, _ processes: ProcessRuns
    ) -> (any TunnelDriver)? {
        switch tunnel {
        case nil: nil
        case .none?: NoTunnel(core: core)
        case .wireGuard(let interface)?:
            WireGuardTunnel(core: core, interface: interface, runs: processes)
        }
    }

    fileprivate static func roomService(
        _ wish: RoomWish, _ rooms: StationPlan.Rooms, core: Core, _ web: WebLines
    ) -> any RoomService {
        var settings = EcastSettings(code: wish.code, session: Int64(wish.night))
        switch rooms {
        case .service(let base):
            settings.base = base
            return EcastRoomService(core: core, settings: settings, lines: web)
        case .simulated(let room):
            return SimulatedRoomService(core: core, settings: settings, fixture: room.fixture)
        }
    }
}

extension SimulatedRotorMechanics {
    /// A body that can do what the geometry allows, at the rate of a common rotor.
    fileprivate init(_ geometry: RotorGeometry) {
        let elevations = geometry.elevationDegrees
        self.init(
            azimuth: SimulatedAxis(limitsDegrees: geometry.azimuthDegrees, rateDegreesPerSecond: 6),
            elevation: SimulatedAxis(
                limitsDegrees: min(0, elevations.lowerBound)...max(0, elevations.upperBound),
                rateDegreesPerSecond: 6),
            parkAzimuthDegrees: geometry.park.azimuthDegrees,
            parkElevationDegrees: geometry.park.elevationDegrees)
    }
}
