import Engine
import Transport

/// Somebody who watches a socket of the API, and what came over it.
struct Watcher {
    /// Nil while it is not open.
    var socket: UInt64?
    /// From now on it must hear nothing: its right is gone.
    var isDeaf = false
    var heard = 0
    /// Messages that it heard although it must not.
    var overheard = 0
}

extension World {
    func watch(_ path: String, as caller: String?, name: String) {
        watchers[name, default: Watcher()].isDeaf = false
        guard let station else { return }
        let number = newNumber()
        waiting[number] = .watcher(name)
        let headers = HTTPHeaders([
            ("Host", "station"), ("Authorization", "Bearer \(token(of: caller))"),
            ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ])
        station.transport.send(
            .request(
                HTTPRequest(
                    id: number, method: "GET", path: names.filled(path), headers: headers,
                    isWebSocketHandshake: true)))
    }

    func deafen(_ name: String) {
        watchers[name]?.isDeaf = true
    }

    /// The station accepted the handshake.
    func watcherOpened(_ name: String, _ socket: UInt64) {
        watchers[name]?.socket = socket
        station?.transport.send(.opened(webSocket: socket))
    }

    /// A message for one of the watchers; false when the socket is not theirs.
    func watcherHears(_ socket: UInt64) {
        guard let name = watcher(on: socket) else { return }
        watchers[name]?.heard += 1
        if watchers[name]?.isDeaf == true { watchers[name]?.overheard += 1 }
    }

    /// The station closes a socket; false when it is not a watcher's.
    func watcherCloses(_ socket: UInt64, code: UInt16) -> Bool {
        guard let name = watcher(on: socket) else { return false }
        watchers[name]?.socket = nil
        station?.transport.send(.closed(webSocket: socket, code: code))
        return true
    }

    /// The station has crashed; nobody watches any more.
    func loseWatchers() {
        for name in watchers.keys.sorted() { watchers[name]?.socket = nil }
    }

    private func watcher(on socket: UInt64) -> String? {
        watchers.first { $0.value.socket == socket }?.key
    }
}
