import API
import Drivers
import Engine
import Pointing
import Station
import Store
import Transport

/// The actors of a live station, and their doors to its devices.
struct StationWorld {
    let station: FieldStation
    let gateway: Gateway
    let links: DeviceLinks

    /// Puts the station together and starts its drivers. Core only.
    ///
    /// - Parameter perform: hands outputs to the transport.
    init(
        _ plan: StationPlan, core: Core, store: some DurableStore,
        perform: @escaping @Sendable ([TransportOutput]) -> Void
    ) throws(CommandFailure) {
        let links: DeviceLinks
        do throws(LinkError) {
            links = try DeviceLinks(core: core)
        } catch {
            throw CommandFailure(.failure, "cannot open connections: \(error.description)")
        }
        self.links = links
        let gateway = Gateway(core: core, settings: plan.gateway, perform: perform)
        self.gateway = gateway
        var parts = FieldStation.Parts(
            fixedPosition: plan.fixedPosition,
            receiver: Self.receiver(plan.receiver, core: core, links: links),
            makeRotorDriver: { id, settings in
                Self.rotorDriver(id, settings, core: core, links: links)
            })
        parts.limits = plan.limits
        station = FieldStation(core: core, parts: parts) { output in
            gateway.enter { $0.perform(output) }
        }
        try Self.begin(station, store: store, directory: plan.dataDirectory)
        gateway.enter { [station] in $0.serve(station) }
    }

    private static func begin(
        _ station: FieldStation, store: some DurableStore, directory: String
    ) throws(CommandFailure) {
        do {
            try station.start { table in
                try store.rows(in: table, orderedBy: StoredTables.order[table] ?? "id")
            }
        } catch {
            throw CommandFailure(.failure, "cannot read the store: \(error)")
        }
        guard station.identity.enter({ $0.needsFirstStart }) else { return }
        // The file first: an administrator without a token could not be helped.
        let token = station.identity.enter { $0.createFirstStart() }
        try AdminToken.write(token.text, directory: directory)
    }

    private static func receiver(
        _ receiver: StationPlan.Receiver, core: Core, links: DeviceLinks
    ) -> (any ReceiverDriver)? {
        switch receiver {
        case .none: nil
        case .gpsd(let address):
            GpsdDriver(
                core: core, settings: GpsdSettings(host: address.host, port: address.port),
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

/// By which column each table is read at the start.
private enum StoredTables {
    static let order = [
        "pairing_sessions": "created_ns", "counters": "name", "users": "id", "tokens": "id",
        "rotors": "id",
    ]
}
