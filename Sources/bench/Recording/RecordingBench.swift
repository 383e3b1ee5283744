import Engine
import JSON
import Recording
import Transport

/// What it costs to be recorded: a request on the core's thread, and a loaded station's throughput.
enum RecordingBench {
    private static let requests = 500_000
    private static let rounds = 5
    /// Each with a second unrecorded and a second recorded.
    private static let loads = 40

    static func run() throws {
        var seconds: [Double] = []
        for _ in 0..<rounds { seconds.append(try lines()) }
        let each = Stopwatch.median(seconds) / Double(requests) * 1e9
        print(
            "  a recorded request and its answer: \(Figure.fixed(each, 0)) ns of the core's thread")
        let ratio = try load()
        print("  requests/s while recording: \(Figure.fixed(ratio * 100, 1)) % of without")
        var relays: [Double] = []
        for _ in 0..<rounds {
            relays.append(try RelayBench.load() / RelayBench.load(["--history", "0MB"]))
        }
        let relay = Figure.fixed(Stopwatch.median(relays) * 100, 1)
        print("  relay deliveries per CPU second while recording: \(relay) % of without")
    }

    /// The throughput with a recording as a share of that without.
    ///
    /// One daemon under one load, whose recording is begun and ended every second: where the system
    /// happens to put a process and its sockets makes more difference than a recording does.
    private static func load() throws -> Double {
        let server = try BenchServer.boresight([
            "--gpsd", "none", "--station", "52,4.36,46", "--history", "0MB",
        ])
        let switches = try RecordingSwitch(server.url, data: server.data)
        let wrk = try PeerProcess(
            ["wrk", "-t1", "-c32", "-d\(loads * 2 + 3)s", server.url + "/health"], waits: false)
        defer { withExtendedLifetime(wrk) {} }
        Stopwatch.rest(seconds: 1)
        var silent: [Double] = []
        var recorded: [Double] = []
        for _ in 0..<loads {
            silent.append(try switches.rate())
            try switches.begin()
            recorded.append(try switches.rate())
            try switches.end()
        }
        return Stopwatch.median(zip(recorded, silent).map { $0 / $1 })
    }

    private static func lines() throws -> Double {
        let recorder = try Recorder(
            header: RecordingHeader(
                program: "bench", utc: UTCTime(nanoseconds: 0), seed: 1, pace: .live,
                configuration: JSONObject()),
            rows: [], redaction: Redaction(key: [UInt8](repeating: 1, count: 32)),
            history: nil
        ) { _ in }
        recorder.begin(path: "/dev/null", size: RecordingSize(partBytes: .max, parts: 1))
        defer { recorder.close() }
        return Stopwatch.seconds {
            for number in 1...UInt64(requests) {
                let time = Instant.start.advanced(by: .microseconds(Int64(number) * 20))
                recorder.turnBegan(number, at: time, utc: UTCTime(nanoseconds: 0))
                recorder.input(number, event: number, at: time, payload: request(number))
                recorder.output(number, event: number, at: time, payload: answer(number))
                recorder.turnEnded(number, events: number, trace: number &* 0x9E37_79B9_7F4A_7C15)
            }
        }
    }

    private static func request(_ number: UInt64) -> TransportInput {
        .request(
            HTTPRequest(
                id: number, method: "GET", path: "/health",
                headers: HTTPHeaders([("Host", "127.0.0.1:8473")])))
    }

    private static func answer(_ number: UInt64) -> TransportOutput {
        .respond(request: number, HTTPResponse(status: 200, headers: headers, body: body))
    }

    private static let headers = HTTPHeaders([
        ("Content-Type", "application/json"), ("X-Request-Id", "request-846612"),
    ])
    private static let body = Array("{\"status\":\"ok\",\"service\":\"boresight\"}".utf8)
}
