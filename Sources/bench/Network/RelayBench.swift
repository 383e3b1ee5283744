import Glibc
import JSON
import Transport

/// Fan-out of the relay: one sender, seven listeners, sessions side by side, beside node's `ws`.
enum RelayBench {
    private static let sessions = 12
    /// The contract's bound on the sockets of a session, less the sender.
    private static let listeners = 7
    private static let messages = 3000
    private static let rounds = 3

    static func run() throws {
        var pairs: [(Double, Double)] = []
        for _ in 0..<rounds {
            let node = try BenchServer.node()
            pairs.append(
                (
                    try load(),
                    try deliveries(
                        (0..<sessions).map { "\(node.url)/room\($0)" }, node.process)
                ))
        }
        let mine = Stopwatch.median(pairs.map(\.0))
        let peer = Stopwatch.median(pairs.map(\.1))
        let ratio = Stopwatch.median(pairs.map { $0.0 / $0.1 })
        let setting = "250-byte messages, \(sessions) sessions of \(listeners + 1)"
        print("  deliveries per CPU second of the server; \(setting)")
        print("  boresight \(Figure.fixed(mine, 0)), node ws \(Figure.fixed(peer, 0))")
        print("  ratio \(Figure.fixed(ratio))")
    }

    /// Deliveries per CPU second of a fresh daemon.
    static func load(_ options: [String] = []) throws -> Double {
        let server = try BenchServer.boresight(
            ["--gpsd", "none", "--limits-sessions-per-minute", "100000"] + options)
        let tokens = try (0..<sessions).map { _ in try session(server.url) }
        return try deliveries(tokens.map { server.url + "/ws/session/" + $0 }, server.process)
    }

    private static func session(_ url: String) throws -> String {
        let answer = try HTTPClient().call("POST", url + "/api/sessions")
        let token = try JSONReader.read(answer.body).objectValue?["token"]?.stringValue
        guard let token else { throw BenchFailure(description: "no session") }
        return token
    }

    /// Deliveries divided by the server's CPU time. The client shares the machine's two cores with
    /// the server and is the slower of the two, so deliveries a second would measure the client.
    private static func deliveries(_ urls: [String], _ server: PeerProcess) throws -> Double {
        let rooms = try urls.map { url in try (0...listeners).map { _ in try WebSocketClient(url) }
        }
        let message = WebSocketMessage.text(
            Array((#"{"type":"x","padding":""# + String(repeating: "p", count: 225) + "\"}").utf8))
        let window = 64
        let before = server.cpuSeconds
        for start in stride(from: 0, to: messages, by: window) {
            let count = min(window, messages - start)
            for room in rooms { for _ in 0..<count { try room[0].send(message) } }
            for room in rooms {
                for listener in room.dropFirst() {
                    for _ in 0..<count {
                        guard case .message = try listener.receive(timeout: .seconds(10)) else {
                            throw BenchFailure(description: "a delivery was lost")
                        }
                    }
                }
            }
        }
        let spent = max(server.cpuSeconds - before, 0.01)
        return Double(messages * urls.count * listeners) / spent
    }
}
