package import API
package import Drivers
package import Engine
import Recording
package import Station
import Store
import Synchronization
import Transport

/// One life of the station, from its start to its crash.
final class StationRun {
    let core: Core
    let world: StationWorld
    let transport: InputPort<TransportInput>
    let health: InputPort<StoreHealthReport>
    let store: InMemoryStore
    /// The administrator's token, when this is the first start.
    let adminToken: String?
    private let edge: WorldEdge
    private let outbox: Outbox

    /// - Parameters:
    ///   - observer: sees what the station does.
    ///   - plants: what a test breaks on purpose.
    init(
        _ plan: StationPlan, seed: UInt64, schedule: Schedule, at time: Instant, utc: UTCTime,
        store: InMemoryStore, observer: (any CoreObserver)?, plants: Plants
    ) throws {
        let core = Core(
            pace: .virtual, seed: seed, schedule: schedule, start: time, utc: utc, store: store,
            observer: observer)
        var edges: [WorldEdge] = []
        var token: String?
        let outbox = Outbox()
        world = try core.perform {
            let links = try DeviceLinks(core: core) { handler in
                let edge = WorldEdge(handler)
                edges.append(edge)
                return edge
            }
            let world = try StationWorld(
                plan, core: core, links: links,
                stored: { table in
                    let column = StationWorld.tables.first { $0.key == table }?.value ?? "id"
                    return try store.rows(in: table, orderedBy: column)
                },
                keep: { token = $0.text }, perform: { outbox.add($0) },
                makeRotorDriver: { id, settings in
                    plants.makeRotorDriver?(core, links, id, settings)
                })
            plants.start?(core, world)
            return world
        }
        guard let edge = edges.first else { preconditionFailure("links have one edge") }
        self.core = core
        self.edge = edge
        self.store = store
        self.outbox = outbox
        adminToken = token
        transport = world.gateway.inputPort()
        health = world.gateway.storeHealthPort()
    }

    /// What it sent to clients since the last look.
    func takeAnswers() -> [TransportOutput] { outbox.take() }

    /// What it asked of its connections since the last look.
    func takeRequests() -> [(LinkID, LinkAction)] { edge.take() }

    /// Lets a device be heard.
    func hear(_ link: LinkID, _ event: LinkEvent) { edge.say(link, event) }

    private final class Outbox: Sendable {
        private let outputs = Mutex<[TransportOutput]>([])

        func add(_ more: [TransportOutput]) { outputs.withLock { $0 += more } }

        func take() -> [TransportOutput] {
            outputs.withLock { outputs in
                guard !outputs.isEmpty else { return [] }
                defer { outputs = [] }
                return outputs
            }
        }
    }
}

/// The place of the sockets in a simulation: what is asked waits here for the world.
private final class WorldEdge: LinkEdge {
    private let handler: @Sendable (LinkID, LinkEvent) -> Void
    private let asked = Mutex<[(LinkID, LinkAction)]>([])

    init(_ handler: @escaping @Sendable (LinkID, LinkEvent) -> Void) {
        self.handler = handler
    }

    func perform(_ action: LinkAction, on link: LinkID) {
        asked.withLock { $0.append((link, action)) }
    }

    func stop() {}

    func take() -> [(LinkID, LinkAction)] {
        asked.withLock { asked in
            guard !asked.isEmpty else { return [] }
            defer { asked = [] }
            return asked
        }
    }

    func say(_ link: LinkID, _ event: LinkEvent) {
        handler(link, event)
    }
}

/// What a test breaks on purpose, to see that a campaign finds it.
package struct Plants: Sendable {
    /// Another driver for a rotor; nil for the station's own.
    package var makeRotorDriver:
        (@Sendable (Core, DeviceLinks, Int, RotorSettings) -> (any RotorDriver)?)?
    /// Adds actors to the station as it starts.
    package var start: (@Sendable (Core, StationWorld) -> Void)?

    package init() {}
}
