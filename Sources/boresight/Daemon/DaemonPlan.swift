import API
import Drivers
import Pointing
import Recording
import Simulation
import Station
import Transport

/// Everything a daemon is started with.
struct DaemonPlan: Sendable {
    var dataDirectory: String
    var seed: UInt64
    var listeners: [ListenerConfiguration]
    /// Where HTTPS is served with the station's own authority, once the data folder is there.
    var https: [HostPort]
    /// How the operator says that phones reach this station.
    var publicHost: String?
    var station = StationPlan()
    /// What is at the other end of the drivers' connections.
    var devices = Devices.sockets

    enum Devices: Sendable {
        case sockets
        /// Those of a recording.
        case recorded(RecordedDevices)
    }

    /// Where the files of maps are.
    var tiles: String
    /// A PEM file of the authorities that vouch for called servers; nil for the system's.
    var webAuthority: String?
    /// Where hosts' key is; nil for the data folder's own.
    var hostKeyFile: String?
    /// Where everything is written down from the start; nil for nowhere.
    var record: String?
    var recordSize = RecordingSize(partBytes: 256_000_000, parts: 8)
    /// Where the last minutes are kept for a report; nil for nowhere.
    var history: RecordingPlan?

    /// A file that a recording goes to.
    struct RecordingPlan: Equatable {
        let path: String
        let size: RecordingSize
    }

    init(_ settings: Settings, _ context: CommandContext) throws(CommandFailure) {
        dataDirectory = settings.data
        tiles = settings.tiles
        seed = settings.seed ?? SystemEntropy.number()
        let identity = try settings.tls.map { files throws(CommandFailure) in
            try Self.tlsIdentity(files, context)
        }
        listeners = settings.listen.map {
            ListenerConfiguration(host: $0.address.host, port: $0.address.port, tls: identity)
        }
        https = settings.https
        publicHost = settings.publicURL?.host.host
        var gateway = GatewaySettings()
        gateway.wifi = try settings.wifi.map { files throws(CommandFailure) in
            try Self.wifi(files, context)
        }
        gateway.bases = settings.listen.map { address in
            switch address.api {
            case nil: .root
            case .gameNight: .gameNight
            case .workspaces: .workspaces
            }
        }
        gateway.corsOrigins = settings.cors.map(\.text)
        gateway.socketOrigins = settings.origins.map(\.description)
        gateway.publicURLs = settings.publicURL.map { [$0.description] } ?? Self.ownURLs(listeners)
        station.gateway = gateway
        switch settings.gpsd {
        case .none: station.receiver = .none
        case .server(let address):
            station.receiver = .gpsd(host: address.host, port: address.port)
        }
        station.fixedPosition = try settings.station.map { written throws(CommandFailure) in
            try Self.position(written)
        }
        webAuthority = try settings.webAuthority.map { path throws(CommandFailure) in
            // Unread it would make every call fail much later.
            _ = try Self.text(path, context)
            return path
        }
        hostKeyFile = settings.hostKeyFile
        station.workspaces = try Self.workspaces(settings, context)
        station.rooms = try Self.rooms(settings.rooms, context)
        record = settings.record
        recordSize.partBytes = settings.recordSize.bytes
        history = settings.historySize.map {
            RecordingPlan(
                path: History.path(settings.historyFolder),
                size: RecordingSize(partBytes: $0.bytes / History.parts, parts: History.parts))
        }
        station.limits.sessionRequestsPerMinute = settings.sessionsPerMinute
        station.limits.liveSessions = settings.liveSessions
        station.limits.trailSightings = settings.trail
    }

    /// Where the first start puts the first administrator's token.
    var adminTokenFile: String { dataDirectory + "/admin.token" }

    /// The addresses of this machine under which its listeners are reached from the network.
    private static func ownURLs(_ listeners: [ListenerConfiguration]) -> [String] {
        listeners.filter { MachineAddresses.isReachable(host: $0.host) }.flatMap { listener in
            let scheme = listener.tls == nil ? "http" : "https"
            let isAny = listener.host == "0.0.0.0" || listener.host == "::"
            let hosts = isAny ? MachineAddresses.all() : [listener.host]
            return hosts.map { "\(scheme)://\($0):\(listener.port)" }
        }
    }

    private static func workspaces(
        _ settings: Settings, _ context: CommandContext
    ) throws(CommandFailure) -> WorkspacePlan {
        var plan = WorkspacePlan()
        plan.isRegistrationOpen = settings.registration == .open
        plan.tunnel = settings.tunnel?.tunnel
        guard let path = settings.workspaceCommands else { return plan }
        let text = try text(path, context)
        do throws(PlacedError) {
            plan.commands = try ProcessWorkspaceCommands.read(Array(text.utf8))
        } catch {
            throw CommandFailure(.configuration, "\(path): \(error)")
        }
        plan.folder = settings.data + "/workspaces"
        return plan
    }

    private static func rooms(
        _ place: RoomPlace, _ context: CommandContext
    ) throws(CommandFailure) -> StationPlan.Rooms {
        switch place {
        case .service(let base): return .service(base)
        case .simulated: return .simulated(.demonstration)
        case .rehearsed(let path):
            let text = try text(path, context)
            do throws(RoomFixtureError) {
                return .simulated(try StationPlan.RehearsedRoom(text))
            } catch {
                throw CommandFailure(.configuration, "\(path): \(error)")
            }
        }
    }

    private static func wifi(
        _ files: Settings.WiFiFiles, _ context: CommandContext
    ) throws(CommandFailure) -> WiFi {
        guard let path = files.password else { return WiFi(name: files.name, password: nil) }
        let line = try text(path, context).prefix { $0 != "\n" && $0 != "\r\n" }
        guard WiFi.isPassword(String(line)) else {
            throw CommandFailure(
                .configuration, "\(path): a wireless password has 8 to 63 characters")
        }
        return WiFi(name: files.name, password: String(line))
    }

    private static let maxPEMBytes = 1024 * 1024

    private static func tlsIdentity(
        _ files: Settings.TLSFiles, _ context: CommandContext
    ) throws(CommandFailure) -> TLSIdentity {
        TLSIdentity(
            certificateChain: try text(files.certificate, context),
            privateKey: try text(files.key, context))
    }

    private static func text(
        _ path: String, _ context: CommandContext
    ) throws(CommandFailure) -> String {
        do throws(FileProblem) {
            return String(decoding: try context.readFile(path, maxPEMBytes), as: UTF8.self)
        } catch {
            throw CommandFailure(.configuration, "\(path): \(error.message)")
        }
    }

    private static func position(
        _ written: WrittenPosition
    ) throws(CommandFailure) -> GeodeticPosition {
        do throws(PositionError) {
            return try GeodeticPosition(
                latitudeDegrees: written.latitudeDegrees,
                longitudeDegrees: written.longitudeDegrees,
                altitudeMeters: written.altitudeMetres ?? 0)
        } catch {
            throw CommandFailure(.configuration, "station: \(error.description)")
        }
    }
}

extension WebOrigin {
    /// As a browser writes it in `Origin`.
    fileprivate var text: String {
        switch self {
        case .any: "*"
        case .page(let address): address.description
        }
    }
}
