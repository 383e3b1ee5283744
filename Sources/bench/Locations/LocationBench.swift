import Engine
import JSON
import Transport

/// Many mobile locations to many subscribers of the organisation-wide socket.
///
/// First the load that a station is built for, then more until it breaks, then the same work beside
/// two peers. The client that sends and checks everything has the same cores.
enum LocationBench {
    private static let locations = 2000
    private static let subscribers = 100
    private static let feeders = 64
    /// Until the trails are as long as they get.
    private static let warmUpSeconds = 40.0
    private static let seconds = 60.0
    private static let windowedTicks = 2000
    private static let window = 200

    static func run() throws {
        try sustained()
        try compared()
    }

    // MARK: The station's load

    private static func sustained() throws {
        let station = try Station()
        let load = try station.load()
        load.run(ticksPerSecond: locations, seconds: warmUpSeconds)
        let before = (load.tally, station.process.cpuSeconds, station.process.residentMegabytes)
        load.run(ticksPerSecond: locations, seconds: seconds)
        let cpu = station.process.cpuSeconds - before.1
        let deliveries = load.tally.deliveries - before.0.deliveries
        print("  \(locations) locations once a second to \(subscribers) subscribers, 60 s")
        print(
            "  deliveries \(deliveries), left out \(load.tally.leftOut - before.0.leftOut), "
                + "out of order \(load.tally.outOfOrder), "
                + "lost subscribers \(load.tally.lostSubscribers)")
        print(
            "  CPU of the server \(Figure.fixed(cpu / seconds * 100, 0)) % of a core, memory "
                + "\(Figure.fixed(before.2, 0)) MB before, "
                + "\(Figure.fixed(station.process.residentMegabytes, 0)) MB after")
        try raise(station)
    }

    /// More ticks a second, until some are left out or the server falls behind.
    private static func raise(_ station: Station) throws {
        var rate = locations
        var held = rate
        while rate < 100_000 {
            rate = rate * 5 / 4
            let load = try station.load()
            let start = Stopwatch.nanoseconds()
            load.run(ticksPerSecond: rate, seconds: 5)
            let took = Double(Stopwatch.nanoseconds() - start) / 1e9
            // Half a second goes to waiting for the last delivery.
            let isBehind = took > 6.5 || load.tally.leftOut > 0
            let isWhole =
                load.tally.deliveries == load.tally.ticks * subscribers
                && load.tally.answered == load.tally.ticks
            print(
                "  \(rate) ticks/s: \(load.tally.deliveries) of "
                    + "\(load.tally.ticks * subscribers) delivered in \(Figure.fixed(took, 1)) s")
            guard isWhole, !isBehind, load.tally.lostSubscribers == 0 else { break }
            held = rate
        }
        print(
            "  limit: \(held) ticks/s, \(held * subscribers) deliveries/s, "
                + "with the client on the same cores")
    }

    // MARK: Beside peers

    private static func compared() throws {
        print("  deliveries of \(windowedTicks) ticks, in windows of \(window)")
        let station = try Station()
        let ours = try windowed(station.load(), station.process)
        let node = try LocationPeers.node()
        let nodeRate = try windowed(peerLoad(node.port), node.process)
        let channels = try LocationPeers.channels()
        let channelsRate = try windowed(peerLoad(channels.port), channels.process)
        for (name, rate) in [
            ("boresight", ours), ("node ws", nodeRate), ("channels, uvicorn", channelsRate),
        ] {
            print(
                "  \(Figure.padded(name, 18)) "
                    + "\(Figure.padded(Figure.fixed(rate.perSecond, 0), 9))/s, "
                    + "\(Figure.padded(Figure.fixed(rate.cpuMicroseconds), 6)) µs of CPU each")
        }
        print(
            "  CPU per delivery: node takes "
                + "\(Figure.fixed(nodeRate.cpuMicroseconds / ours.cpuMicroseconds, 1)) times as "
                + "much, channels "
                + "\(Figure.fixed(channelsRate.cpuMicroseconds / ours.cpuMicroseconds, 1)) times")
    }

    private static func windowed(
        _ load: LocationLoad, _ server: PeerProcess
    ) throws -> (perSecond: Double, cpuMicroseconds: Double) {
        try load.run(ticks: window, window: window)
        let before = (load.tally.deliveries, server.cpuSeconds)
        let took = try Stopwatch.seconds { try load.run(ticks: windowedTicks, window: window) }
        let deliveries = Double(load.tally.deliveries - before.0)
        guard load.tally.outOfOrder == 0 else { throw BenchFailure(description: "out of order") }
        return (deliveries / took, (server.cpuSeconds - before.1) / deliveries * 1e6)
    }

    /// A peer gets the message itself and tells it on.
    private static func peerLoad(_ port: UInt16) throws -> LocationLoad {
        let id = "00000000-0000-4000-8000-000000000000"
        return try LocationLoad(
            port: port, locations: locations, subscribers: subscribers, feeders: feeders,
            path: LocationPeers.path, token: "none"
        ) { location, longitude in
            request(
                "POST", "/tick",
                #"{"id":"\#(id)","name":"\#(name(location))","address":"","type":"outdoor","#
                    + #""is_mobile":true,"geometry":{"type":"Point","coordinates":"#
                    + "[\(longitude),52.5]}}")
        }
    }

    private static func name(_ location: Int) -> String {
        "l" + String(1_000_000 + location).dropFirst()
    }

    private static func request(_ method: String, _ path: String, _ body: String) -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// A daemon with its locations, each reported by a device of its own.
    private struct Station {
        let process: PeerProcess
        private let port: UInt16
        private let token: String
        private let paths: [String]

        init() throws {
            let server = try BenchServer.boresight(
                ["--gpsd", "none", "--history", "0MB", "--limits-trail", "1"])
            process = server.process
            port = UInt16(server.url.split(separator: ":").last ?? "") ?? 0
            token = try BenchServer.adminToken(server.data)
            let headers = HTTPHeaders([
                ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
            ])
            let client = try HTTPClient()
            let list = try JSONReader.read(
                client.call("GET", server.url + "/v1/organizations", headers: headers).body)
            let organization =
                list.arrayValue?.first?.objectValue?["id"]?.stringValue ?? ""
            paths = try (0..<locations).map { index in
                let body = #"{"name":"\#(name(index))","organization":"\#(organization)"}"#
                let answer = try client.call(
                    "POST", server.url + "/api/v1/controller/device/", headers: headers,
                    body: Array(body.utf8))
                let device = try JSONReader.read(answer.body).objectValue
                guard let id = device?["id"]?.stringValue, let key = device?["key"]?.stringValue
                else { throw BenchFailure(description: "no device") }
                return "/api/v1/controller/device/\(id)/coordinates/?key=\(key)"
            }
        }

        func load() throws -> LocationLoad {
            try LocationLoad(
                port: port, locations: locations, subscribers: subscribers, feeders: feeders,
                path: "/ws/loci/location/", token: token
            ) { [paths] location, longitude in
                request(
                    "PUT", paths[location],
                    #"{"geometry":{"type":"Point","coordinates":[\#(longitude),52.5]}}"#)
            }
        }
    }
}
