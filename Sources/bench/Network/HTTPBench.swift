/// Requests per second of `GET /health` under wrk, beside node's http in the same run.
enum HTTPBench {
    private static let rounds = 3

    static func run() throws {
        let ours = try BenchServer.boresight()
        let node = try BenchServer.node()
        var pairs: [(Double, Double)] = []
        for _ in 0..<rounds {
            pairs.append((try load(ours.url), try load(node.url)))
        }
        let mine = Stopwatch.median(pairs.map(\.0))
        let peer = Stopwatch.median(pairs.map(\.1))
        let ratio = Stopwatch.median(pairs.map { $0.0 / $0.1 })
        print("  requests/s: boresight \(Figure.fixed(mine, 0)), node \(Figure.fixed(peer, 0))")
        print("  ratio \(Figure.fixed(ratio))")
    }

    static func load(_ url: String) throws -> Double {
        let wrk = try PeerProcess(["wrk", "-t1", "-c32", "-d4s", url + "/health"])
        for line in wrk.rest().split(separator: "\n") where line.hasPrefix("Requests/sec:") {
            return line.split(separator: " ").last.flatMap { Double($0) } ?? 0
        }
        throw BenchFailure(description: "wrk is missing: Scripts/install-packages bench")
    }
}
