import Engine
import JSON

/// A game of a night whose monitor runs, as the station itself says.
struct MonitoredGame {
    let night: Int
    let game: Int
    /// When it was seen to run first, since it did not.
    let since: Instant
}

/// What one watcher heard of game nights, and what of it cannot be right.
struct NightEar {
    /// From the API's document.
    private static let heartbeat = Duration.seconds(20)
    private static let tolerance = Duration.seconds(1)

    /// Events of nights, whatever they say.
    private(set) var events = 0
    /// Heartbeats of running monitors that did not come within a second of their time.
    private(set) var lateHeartbeats = 0
    /// Events of a monitor that had ended.
    private(set) var afterDisconnect = 0
    /// The nights that it follows on its present socket, and since when.
    private var followed: [Int: Instant] = [:]
    /// By game: the last heartbeat, or the end of a monitor.
    private var lastBeats: [Int: Instant] = [:]
    /// By game: how many monitors have ended.
    private var ends: [Int: Int] = [:]

    /// - Parameter starts: how often a monitor of a game may have been started.
    mutating func hear(_ message: [UInt8], at now: Instant, starts: (Int) -> Int) {
        guard let message = (try? JSONReader.read(message))?.objectValue,
            let type = message["type"]?.stringValue
        else { return }
        if let night = message["sessionId"]?.integerValue.map(Int.init(clamping:)) {
            followed[night] = type == "subscribed" ? now : nil
        }
        guard let data = message["data"]?.objectValue else { return }
        events += 1
        let isOfMonitor =
            ["room.", "lobby.", "game."].contains { type.hasPrefix($0) } && type != "game.added"
        guard isOfMonitor, let game = data["gameId"]?.integerValue.map(Int.init(clamping:)) else {
            return
        }
        if ends[game, default: 0] >= starts(game) { afterDisconnect += 1 }
        switch type {
        case "game.status": lastBeats[game] = now
        case "room.disconnected":
            ends[game, default: 0] += 1
            lastBeats[game] = now
        default: break
        }
    }

    /// Looks whether the monitors that run have let themselves be heard.
    mutating func look(at now: Instant, running: [MonitoredGame]) {
        for monitor in running {
            guard let since = followed[monitor.night] else { continue }
            let beat = lastBeats[monitor.game] ?? .start
            let quietSince = max(since, monitor.since, beat)
            guard quietSince.duration(to: now) > Self.heartbeat + Self.tolerance else { continue }
            lateHeartbeats += 1
            lastBeats[monitor.game] = now
        }
    }

    /// Its socket is gone.
    mutating func loseSocket() {
        followed = [:]
    }
}
