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
    private let edge: HeldLinks
    private let calls: HeldCalls
    private let passwords = SimulatedPasswords()
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
        var edges: [HeldLinks] = []
        var calls: [HeldCalls] = []
        var token: String?
        let outbox = Outbox()
        world = try core.perform { [passwords] in
            let links = try DeviceLinks(core: core) { handler in
                let edge = HeldLinks(handler)
                edges.append(edge)
                return edge
            }
            let web = WebLines(core: core) { handler in
                let edge = HeldCalls { line, event in _ = handler(line, event) }
                calls.append(edge)
                return edge
            }
            let world = try StationWorld(
                plan, core: core, links: links,
                ssh: SSHRuns(core: core) { RefusingSSHEdge(onEvent: $0) },
                web: web,
                processes: ProcessRuns(core: core) { RefusingProcessEdge(onEvent: $0) },
                passwordEdge: passwords, hostKey: HostKey("simulated"),
                stored: { table in
                    try store.rows(in: table, orderedBy: StationWorld.column(of: table))
                },
                keep: { token = $0.text }, perform: { outbox.add($0) },
                makeRotorDriver: { id, settings in
                    plants.makeRotorDriver?(core, links, id, settings)
                })
            plants.start?(core, world)
            return world
        }
        guard let edge = edges.first, let held = calls.first else {
            preconditionFailure("links have one edge, and so have calls")
        }
        self.core = core
        self.edge = edge
        self.calls = held
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

    /// What it asked of servers since the last look.
    func takeCalls() -> [(UInt64, WebAction)] { calls.take() }

    /// Answers what it asked about passwords; false when it asked nothing.
    func answerPasswords() -> Bool { passwords.answer() }

    /// Lets a device be heard.
    func hear(_ link: LinkID, _ event: LinkEvent) { edge.say(event, on: link) }

    /// Lets a server be heard.
    func hear(_ line: UInt64, _ event: WebEvent) { calls.say(event, on: line) }

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

/// What a test breaks on purpose, to see that a campaign finds it.
package struct Plants: Sendable {
    /// Another driver for a rotor; nil for the station's own.
    package var makeRotorDriver:
        (@Sendable (Core, DeviceLinks, Int, RotorSettings) -> (any RotorDriver)?)?
    /// Adds actors to the station as it starts.
    package var start: (@Sendable (Core, StationWorld) -> Void)?

    package init() {}
}
