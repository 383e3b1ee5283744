import Drivers
import Engine
import Synchronization
import TestSupport
import Testing

/// The tunnel driver before a wg(8) that a test plays.
@Suite(.runsTwice) struct WireGuardTunnelTests {
    private final class PlayedEdge: ProcessEdge {
        let handler: @Sendable (UInt64, ProcessEvent) -> Bool
        private let requests = Mutex<[ProcessRequest]>([])

        init(handler: @escaping @Sendable (UInt64, ProcessEvent) -> Bool) {
            self.handler = handler
        }

        func perform(_ action: ProcessAction, on run: UInt64) {
            requests.withLock { $0.append(ProcessRequest(run: run, action: action)) }
        }

        func stop() {}

        var asked: [ProcessRequest] { requests.withLock { $0 } }

        /// The arguments of the runs, in order.
        var commands: [String] {
            asked.compactMap { request in
                guard case .start(let call) = request.action else { return nil }
                return ([call.executable] + call.arguments.map(\.description))
                    .joined(separator: " ")
            }
        }
    }

    private final class Heard: Sendable {
        let answers = Mutex<[TunnelStatus]>([])
    }

    private let world = DriverWorld(live: false)
    private let tunnel: WireGuardTunnel
    private let edge: PlayedEdge
    private let heard = Heard()

    init() throws {
        var made: PlayedEdge?
        tunnel = world.core.perform { [core = world.core] in
            let runs = ProcessRuns(core: core) { handler in
                let edge = PlayedEdge(handler: handler)
                made = edge
                return edge
            }
            return WireGuardTunnel(core: core, interface: "wg0", runs: runs)
        }
        edge = try #require(made)
    }

    private func ask(_ address: String) {
        world.core.perform {
            tunnel.enter { tunnel in
                tunnel.status(of: address) { [heard] status in
                    heard.answers.withLock { $0.append(status) }
                }
            }
        }
        pass()
    }

    private func say(_ run: UInt64, _ events: ProcessEvent...) {
        for event in events { _ = edge.handler(run, event) }
        pass()
    }

    private func pass(_ time: Duration = .zero) { world.core.run(for: time) }

    private var answers: [TunnelStatus] { heard.answers.withLock { $0 } }

    private func answerWell(_ first: UInt64) {
        let now = world.core.perform { world.core.utc }.nanoseconds / 1_000_000_000
        say(first, .started(port: nil), .output(bytes("k\t10.0.0.2/32\n")), .ended(exitCode: 0))
        say(first + 1, .output(bytes("k\t\(now - 10)\n")), .ended(exitCode: 0))
    }

    @Test func `questions at the same time share one answer, and soon after too`() {
        ask("10.0.0.2")
        ask("10.0.0.3")
        #expect(
            edge.commands == [
                "/usr/bin/wg show wg0 allowed-ips", "/usr/bin/wg show wg0 latest-handshakes",
            ])
        #expect(answers.isEmpty)
        answerWell(1)
        #expect(answers == [.encrypted, .none])
        pass(.milliseconds(1999))
        ask("10.0.0.2")
        #expect(answers == [.encrypted, .none, .encrypted])
        #expect(edge.commands.count == 2)
        pass(.milliseconds(2))
        ask("10.0.0.2")
        #expect(edge.commands.count == 4)
        #expect(answers.count == 3)
    }

    @Test func `a wg that fails leaves it unknown, and the next question asks again`() {
        let failures: [ProcessEvent] = [
            .failed(.notFound), .ended(exitCode: 1), .signalled("SEGV"),
        ]
        for (number, failure) in failures.enumerated() {
            ask("10.0.0.2")
            ask("10.0.0.3")
            let run = UInt64(number * 2) + 1
            say(run, .output(bytes("Unable to access interface: No such device\n")), failure)
            #expect(answers.suffix(2) == [.unknown, .unknown])
            #expect(edge.asked.last == ProcessRequest(run: run + 1, action: .stop))
            say(run + 1, .signalled("TERM"))
        }
        #expect(answers.count == 6)
        ask("10.0.0.2")
        answerWell(7)
        #expect(answers.last == .encrypted)
    }

    @Test func `a wg that says something else, or nothing in time, leaves it unknown`() {
        ask("10.0.0.2")
        say(1, .output(bytes("nonsense\n")), .ended(exitCode: 0))
        say(2, .output([]), .ended(exitCode: 0))
        #expect(answers == [.unknown])
        ask("10.0.0.2")
        pass(.milliseconds(2999))
        #expect(answers.count == 1)
        pass(.milliseconds(2))
        #expect(answers == [.unknown, .unknown])
        // What was given up is not heard any more, and no name of it is used again.
        ask("10.0.0.2")
        say(3, .output(bytes("k\t10.0.0.2/32\n")), .ended(exitCode: 0))
        say(4, .output(bytes("k\t0\n")), .ended(exitCode: 0))
        #expect(answers.count == 2)
        answerWell(5)
        #expect(answers.last == .encrypted)
    }

    @Test func `without a tunnel nobody comes through it`() {
        let heard = Heard()
        world.core.perform { [core = world.core] in
            NoTunnel(core: core).enter { tunnel in
                tunnel.status(of: "10.0.0.2") { status in heard.answers.withLock { $0.append(status) } }
            }
        }
        #expect(heard.answers.withLock { $0 } == [.none])
    }
}
