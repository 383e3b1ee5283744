import Engine
import JSON
import Transport

/// Somebody who watches a socket of the API, and what came over it.
struct Watcher {
    /// Where it watches, with the token kept under which name.
    var path = ""
    var caller: String?
    /// It opens another socket when it has lost one, as the page of a television does.
    var returns = false
    /// Nil while it is not open.
    var socket: UInt64?
    /// What it says on each of its sockets.
    var greetings: [String] = []
    /// From now on it must hear nothing: its right is gone.
    var isDeaf = false
    var heard = 0
    /// Messages that it heard although it must not.
    var overheard = 0
    var ear = NightEar()
}

extension World {
    /// How long it takes to come back.
    private static let pause = Duration.seconds(1)

    func watch(_ path: String, as caller: String?, name: String, returns: Bool) {
        watchers[name, default: Watcher()].isDeaf = false
        watchers[name]?.path = path
        watchers[name]?.caller = caller
        watchers[name]?.returns = returns
        openWatch(name)
    }

    private func openWatch(_ name: String) {
        guard let station, let watcher = watchers[name] else { return }
        let number = newNumber()
        waiting[number] = .watcher(name)
        let headers = HTTPHeaders([
            ("Host", "station"), ("Authorization", "Bearer \(token(of: watcher.caller))"),
            ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ])
        station.transport.send(
            .request(
                HTTPRequest(
                    id: number, method: "GET", path: names.filled(watcher.path), headers: headers,
                    isWebSocketHandshake: true)))
    }

    func deafen(_ name: String) {
        watchers[name]?.isDeaf = true
    }

    /// A watcher says something, as soon as it has a socket.
    ///
    /// - Parameter isGreeting: it says it again on each socket to come.
    func say(_ text: String, as name: String, isGreeting: Bool) {
        if isGreeting { watchers[name, default: Watcher()].greetings.append(text) }
        if let socket = watchers[name]?.socket { say(text, on: socket) }
    }

    private func say(_ text: String, on socket: UInt64) {
        station?.transport.send(
            .message(webSocket: socket, .text(Array(names.filled(text).utf8))))
    }

    /// The station accepted the handshake.
    func watcherOpened(_ name: String, _ socket: UInt64) {
        watchers[name]?.socket = socket
        watcherNames[socket] = name
        station?.transport.send(.opened(webSocket: socket))
        for text in watchers[name]?.greetings ?? [] { say(text, on: socket) }
    }

    /// The station did not; who wants to come back does so.
    func watcherRefused(_ name: String) {
        comeBack(name)
    }

    /// A message for one of the watchers, if the socket is theirs.
    func watcherHears(_ socket: UInt64, _ message: [UInt8]) {
        guard let name = watcherNames[socket], var watcher = watchers[name] else { return }
        watcher.heard += 1
        if watcher.isDeaf { watcher.overheard += 1 }
        watcher.ear.hear(message, at: now) { 1 + (monitorStarts[$0] ?? 0) }
        watchers[name] = watcher
    }

    /// The station closes a socket; false when it is not a watcher's.
    func watcherCloses(_ socket: UInt64, code: UInt16) -> Bool {
        guard let name = watcherNames[socket] else { return false }
        station?.transport.send(.closed(webSocket: socket, code: code))
        loseSocket(name)
        return true
    }

    /// The station has crashed; nobody watches any more.
    func loseWatchers() {
        for name in watchers.keys.sorted() { loseSocket(name) }
    }

    private func loseSocket(_ name: String) {
        if let socket = watchers[name]?.socket { watcherNames[socket] = nil }
        watchers[name]?.socket = nil
        watchers[name]?.ear.loseSocket()
        comeBack(name)
    }

    private func comeBack(_ name: String) {
        guard watchers[name]?.returns == true else { return }
        queue.add(.watcherReturns(name), at: now.advanced(by: Self.pause))
    }

    func watcherReturns(_ name: String) {
        guard watchers[name]?.socket == nil else { return }
        if station == nil { comeBack(name) } else { openWatch(name) }
    }
}
