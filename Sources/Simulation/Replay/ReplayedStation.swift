package import API
import Drivers
package import Engine
package import Recording
import Station
import Store
package import Transport

/// A station that lives through a recording again, in virtual time.
package struct ReplayedStation: ReplayedWorld {
    package let core: Core
    package let world: StationWorld
    private let edge: ReplayEdge
    private let sshEdge: ReplaySSHEdge
    private let webEdge: ReplayWebEdge
    private let processEdge: ReplayProcessEdge
    private let transport: InputPort<TransportInput>
    private let health: InputPort<StoreHealthReport>

    /// Puts the station together as it was when the recording began.
    ///
    /// - Parameters:
    ///   - observer: sees what it does.
    ///   - perform: hears what it would send to clients.
    package init(
        _ header: RecordingHeader, rows: [RecordedRow], entropy: ReplayEntropy,
        observer: any CoreObserver,
        perform: @escaping @Sendable ([TransportOutput]) -> Void = { _ in }
    ) throws {
        let plan = try StationPlan(header.configuration)
        let core = Core(
            pace: .virtual, seed: header.seed, schedule: header.schedule, start: header.start,
            utc: header.utc,
            store: InMemoryStore(),
            observer: observer, entropy: { entropy.draw($0) })
        var edges: [ReplayEdge] = []
        var sshEdges: [ReplaySSHEdge] = []
        var webEdges: [ReplayWebEdge] = []
        var processEdges: [ReplayProcessEdge] = []
        world = try core.perform {
            let links = try DeviceLinks(core: core) { handler in
                let edge = ReplayEdge(handler)
                edges.append(edge)
                return edge
            }
            let ssh = SSHRuns(core: core) { handler in
                let edge = ReplaySSHEdge(handler)
                sshEdges.append(edge)
                return edge
            }
            let web = WebLines(core: core) { handler in
                let edge = ReplayWebEdge(handler)
                webEdges.append(edge)
                return edge
            }
            let processes = ProcessRuns(core: core) { handler in
                let edge = ReplayProcessEdge(handler)
                processEdges.append(edge)
                return edge
            }
            // In the recorded order, which pseudonyms of keys may not sort into.
            let stored = Dictionary(grouping: rows, by: \.table).mapValues { $0.map(\.row) }
            return try StationWorld(
                plan, core: core, links: links, ssh: ssh, web: web,
                processes: processes,
                passwordEdge: SimulatedPasswords(), hostKey: nil,
                stored: { stored[$0] ?? [] }, keep: { _ in }, perform: perform)
        }
        guard let edge = edges.first, let sshEdge = sshEdges.first, let webEdge = webEdges.first,
            let processEdge = processEdges.first
        else {
            preconditionFailure("links have one edge, and so have runs, calls and programs")
        }
        self.core = core
        self.edge = edge
        self.sshEdge = sshEdge
        self.webEdge = webEdge
        self.processEdge = processEdge
        transport = world.gateway.inputPort()
        health = world.gateway.storeHealthPort()
    }

    package func feed(_ input: RecordedInput) {
        switch input {
        case .transport(let input): transport.send(input)
        case .link(let report): edge.say(report)
        case .clock(let step): core.clockPort.send(step)
        case .store(let report): health.send(report)
        case .ssh(let report): sshEdge.say(report)
        case .process(let report): processEdge.say(report)
        case .web(let report): webEdge.say(report)
        case .host(let report): world.station.hostDesk.hear(report)
        case .password(let report): world.station.passwords.hear(report)
        case .entropy: break
        }
    }
}
