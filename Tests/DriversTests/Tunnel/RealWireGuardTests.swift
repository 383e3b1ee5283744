import Drivers
import Engine
import Synchronization
import TestSupport
import Testing

/// The tunnel driver before a real tunnel.
@Suite(.timeLimit(.minutes(2))) struct RealWireGuardTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func statuses(of addresses: [String], interface: String) async -> [TunnelStatus] {
        let world = DriverWorld(live: true)
        let heard = Mutex<[String: TunnelStatus]>([:])
        let runs = world.core.perform { [core = world.core, folder] in
            ProcessRuns(core: core) { SystemProcessEdge(station: folder.path, onEvent: $0) }
        }
        let tunnel = world.core.perform { [core = world.core] in
            WireGuardTunnel(core: core, interface: interface, runs: runs)
        }
        let questions = world.core.inputPort(to: tunnel) { (tunnel, input: TestInput<String>) in
            tunnel.status(of: input.value) { status in
                heard.withLock { $0[input.value] = status }
            }
        }
        world.run()
        for address in addresses { questions.send(TestInput(value: address)) }
        #expect(await eventually { heard.withLock { $0.count } == addresses.count })
        world.stop()
        runs.stop()
        return addresses.compactMap { address in heard.withLock { $0[address] } }
    }

    @Test(.enabled(if: WireGuardPair.isPossible, "\(WireGuardPair.requirement)"))
    func `who comes through a real tunnel is known by its handshake`() async throws {
        let pair = try await WireGuardPair(
            allowed: "10.99.0.2/32,fd99::2/128", neverSeen: "10.99.0.3/32")
        // The peers meet within a second or so.
        for _ in 0..<100 {
            let times = try await pair.show("latest-handshakes")
            if times.split(separator: "\n").contains(where: { !$0.hasSuffix("\t0") }) { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(
            await statuses(
                of: ["10.99.0.2", "::ffff:10.99.0.2", "fd99::2", "10.99.0.3", "192.0.2.1"],
                interface: pair.interface)
                == [.encrypted, .encrypted, .encrypted, .stale, .none])
    }

    @Test func `an interface that does not exist cannot be asked`() async {
        #expect(await statuses(of: ["10.99.0.2"], interface: "no-such-if") == [.unknown])
    }
}
