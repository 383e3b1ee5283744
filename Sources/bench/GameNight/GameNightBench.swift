import Glibc
import JSON
import Transport

/// Heartbeats of many monitors to many subscribers, with rehearsed rooms.
enum GameNightBench {
    private static let monitors = 200
    private static let subscribers = 2000
    /// From the API's document.
    private static let interval = 20.0
    private static let seconds = 60.0
    /// A room that stays in its lobby.
    private static let room = """
        { title: "A lobby", steps: [
          { room: { state: "Lobby", lobbyState: "WaitingForMore" } },
          { after: 1, joins: "ADA" }, { after: 1, joins: "GRACE" },
        ] }
        """

    static func run() throws {
        var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
        _ = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, 4096)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let fixture = try BenchServer.folder() + "/room.json"
        try write(room, to: fixture)
        let server = try BenchServer.boresight([
            "--gpsd", "none", "--history", "0MB", "--game-night-rooms", fixture,
        ])
        let token = try BenchServer.adminToken(server.data)
        try begin(server.url, token)
        let port = UInt16(server.url.split(separator: ":").last ?? "") ?? 0
        let load = try NightLoad(
            port: port, subscribers: subscribers, monitors: monitors, interval: interval,
            token: token)
        load.run(seconds: interval + 2)
        load.reset()
        let before = (server.process.cpuSeconds, server.process.residentMegabytes)
        load.run(seconds: seconds)
        let cpu = server.process.cpuSeconds - before.0
        let wanted = monitors * subscribers * Int(seconds / interval)
        print("  \(monitors) monitors, \(subscribers) subscribers, \(Int(seconds)) s")
        print(
            "  heartbeats \(load.tally.heartbeats) of \(wanted), more than a second off "
                + "\(load.tally.offTime), lost subscribers \(load.tally.lostSubscribers)")
        print(
            "  farthest from its time \(Figure.fixed(load.tally.worst * 1000, 0)) ms; CPU "
                + "\(Figure.fixed(cpu / seconds * 100, 0)) % of a core, memory "
                + "\(Figure.fixed(before.1, 0)) MB before, "
                + "\(Figure.fixed(server.process.residentMegabytes, 0)) MB after")
    }

    /// Begins a night with all games, then a monitor for each.
    private static func begin(_ url: String, _ token: String) throws {
        let client = try HTTPClient()
        let headers = HTTPHeaders([
            ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
        ])
        func call(_ method: String, _ path: String, _ body: String = "{}") throws {
            let answer = try client.call(
                method, "\(url)/game-night/api/sessions\(path)", headers: headers,
                body: Array(body.utf8))
            guard answer.status < 300 else {
                throw BenchFailure(description: String(decoding: answer.body, as: UTF8.self))
            }
        }
        try call("POST", "")
        for game in 1...monitors {
            try call("POST", "/1/games", #"{"game_id":1}"#)
            try call("PATCH", "/1/games/\(game)/room-code", #"{"room_code":"ABCD"}"#)
        }
        for game in 1...monitors { try call("POST", "/1/games/\(game)/start-player-check") }
    }

    private static func write(_ text: String, to path: String) throws {
        let file = fopen(path, "w")
        guard file != nil, fputs(text, file) >= 0, fclose(file) == 0 else {
            throw BenchFailure(description: "cannot write \(path)")
        }
    }
}
