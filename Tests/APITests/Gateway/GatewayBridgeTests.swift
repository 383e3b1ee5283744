import Engine
import Store
import Synchronization
import Testing
import Transport

@testable import API

/// What the gateway does with bridges, in virtual time and without a transport.
@Suite struct GatewayBridgeTests {
    private static let plan = BridgePlan(host: "127.0.0.1", port: 5901)

    /// Who owns the bridged sockets, and what it has been told.
    private final class Owner: SocketOwner {
        let told = Mutex<[String]>([])

        func opened(_ socket: UInt64) { told.withLock { $0.append("opened \(socket)") } }
        func received(_ message: WebSocketMessage, on socket: UInt64) {
            told.withLock { $0.append("received") }
        }
        func closed(_ socket: UInt64) { told.withLock { $0.append("closed \(socket)") } }
        func bridged(_ socket: UInt64, fromClient: UInt64, toClient: UInt64) {
            told.withLock { $0.append("bridged \(socket) \(fromClient) \(toClient)") }
        }
    }

    private final class Bench {
        let owner = Owner()
        private let core: Core
        private let input: InputPort<TransportInput>
        private let outputs = Outputs()

        private final class Outputs: Sendable {
            let all = Mutex<[TransportOutput]>([])
        }

        init() {
            let core = Core(
                pace: .virtual, seed: 1, utc: UTCTime(nanoseconds: 0), store: InMemoryStore())
            self.core = core
            let gateway = core.perform { [outputs, owner] in
                let gateway = Gateway(core: core, settings: GatewaySettings()) { batch in
                    outputs.all.withLock { $0 += batch }
                }
                gateway.enter { gateway in
                    gateway.serve([Route("GET", "/view", { _ in .bridge(plan, owner) })])
                }
                return gateway
            }
            input = gateway.inputPort()
        }

        func hear(_ inputs: TransportInput...) -> [TransportOutput] {
            for one in inputs { input.send(one) }
            core.run(for: .seconds(1))
            return outputs.all.withLock { outputs in
                defer { outputs = [] }
                return outputs
            }
        }

        func ask(_ id: UInt64, isHandshake: Bool = true) -> [TransportOutput] {
            hear(
                .request(
                    HTTPRequest(
                        id: id, method: "GET", path: "/view", isWebSocketHandshake: isHandshake)))
        }
    }

    private func status(_ outputs: [TransportOutput]) -> Int? {
        guard outputs.count == 1, case .respond(_, let response) = outputs[0] else { return nil }
        return response.status
    }

    @Test func `an owner hears of its bridged socket, and of its bytes only how many`() {
        let bench = Bench()
        let outputs = bench.ask(7)
        guard outputs.count == 1, case .bridge(7, Self.plan) = outputs[0] else {
            Issue.record("\(outputs)")
            return
        }
        #expect(bench.hear(.opened(webSocket: 7)).isEmpty)
        #expect(
            bench.hear(
                .bridged(webSocket: 7, fromClient: 1, toClient: 2),
                .closed(webSocket: 7, code: 1000)
            ).isEmpty)
        #expect(bench.owner.told.withLock { $0 } == ["opened 7", "bridged 7 1 2", "closed 7"])
    }

    @Test func `a port that cannot be reached is answered with 503, once`() throws {
        let bench = Bench()
        _ = bench.ask(7)
        let outputs = bench.hear(.bridgeFailed(request: 7, reason: "Connection refused"))
        #expect(status(outputs) == 503)
        guard case .respond(7, let response)? = outputs.first else { return }
        let body = String(decoding: response.body, as: UTF8.self)
        #expect(body.contains("the viewer cannot be reached: Connection refused"))
        #expect(bench.hear(.bridgeFailed(request: 7, reason: "again")).isEmpty)
        #expect(bench.owner.told.withLock { $0.isEmpty })
    }

    @Test func `a client that has gone gets no answer, and no handshake no bridge`() {
        let bench = Bench()
        _ = bench.ask(7)
        #expect(bench.hear(.abandoned(request: 7)).isEmpty)
        #expect(bench.hear(.bridgeFailed(request: 7, reason: "late")).isEmpty)
        #expect(status(bench.ask(8, isHandshake: false)) == 426)
    }
}
