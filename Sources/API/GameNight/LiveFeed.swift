import Engine
import JSON
import Station
import Transport

/// 003: the sockets that follow nights.
///
/// News is encoded once, whatever the number of its sockets. Nothing is left out: the transport
/// closes a socket that cannot keep up.
actor LiveFeed: CoreActor {
    nonisolated let core: Core
    private let station: FieldStation
    private let send: @Sendable (WebSocketFrame, [UInt64]) -> Void
    private let close: @Sendable (UInt64, UInt16, String) -> Void
    private var clients: [UInt64: Client] = [:]
    /// By night, in the order in which they came.
    private var followers: [Int: [UInt64]] = [:]
    /// Open while somebody is there.
    private var news: Subscription<NightNews>?
    private lazy var timer = Timer(on: self) { $0.closeTheSilent() }

    private struct Client {
        /// What proved a host.
        var token: String?
        var nights: Set<Int> = []
        var lastHeard: Instant
    }

    /// A client that says nothing for so long is gone, from the contract.
    private static let silence = Duration.seconds(60)
    /// Nights that one socket may follow: there is one active at a time.
    private static let nightsPerSocket = 100

    init(
        core: Core, station: FieldStation,
        send: @escaping @Sendable (WebSocketFrame, [UInt64]) -> Void,
        close: @escaping @Sendable (UInt64, UInt16, String) -> Void
    ) {
        self.core = core
        self.station = station
        self.send = send
        self.close = close
    }

    // MARK: Sockets

    func opened(_ socket: UInt64) {
        clients[socket] = Client(lastHeard: core.now)
        if news == nil { listen() }
        if !timer.isArmed { timer.arm(after: Self.silence) }
    }

    func closed(_ socket: UInt64) {
        guard let client = clients.removeValue(forKey: socket) else { return }
        for night in client.nights { leave(night, socket) }
        guard clients.isEmpty else { return }
        news = nil
        timer.cancel()
    }

    /// Whether what a socket has shown still counts.
    func mayStay(_ socket: UInt64) -> Bool {
        clients[socket]?.token.map { Access(station: station).isHost($0) } ?? true
    }

    private func closeTheSilent() {
        let deadline = core.now
        for (socket, client) in clients.sorted(by: { $0.key < $1.key })
        where client.lastHeard.advanced(by: Self.silence) <= deadline {
            closed(socket)
            close(socket, 1000, "idle for 60 seconds")
        }
        guard let next = clients.values.map(\.lastHeard).min() else { return }
        timer.arm(at: next.advanced(by: Self.silence))
    }

    // MARK: What clients say

    func received(_ message: WebSocketMessage, on socket: UInt64) {
        guard clients[socket] != nil else { return }
        clients[socket]?.lastHeard = core.now
        guard let json = (try? JSONReader.read(Self.bytes(of: message)))?.objectValue else {
            return tell(socket, "error", "Invalid JSON")
        }
        switch json["type"]?.stringValue {
        case "auth"?: authenticate(socket, json["token"])
        case "subscribe"?: follow(socket, json["sessionId"])
        case "unsubscribe"?: unfollow(socket, json["sessionId"])
        case "ping"?: tell(socket, ["type": .string("pong")])
        case let type?: tell(socket, "error", "Unknown message type: \(type.prefix(64))")
        case nil: tell(socket, "error", "type is required")
        }
    }

    private static func bytes(of message: WebSocketMessage) -> [UInt8] {
        switch message {
        case .text(let bytes), .binary(let bytes): bytes
        }
    }

    private func authenticate(_ socket: UInt64, _ token: JSONValue?) {
        guard let token = token?.stringValue else {
            return tell(socket, "auth_error", "Token required")
        }
        guard Access(station: station).isHost(token) else {
            return tell(socket, "auth_error", "Invalid or expired token")
        }
        clients[socket]?.token = token
        tell(socket, "auth_success", "Authenticated successfully")
    }

    private func follow(_ socket: UInt64, _ id: JSONValue?) {
        guard let client = clients[socket], client.token != nil else {
            return tell(socket, "error", "Not authenticated")
        }
        guard let night = night(id, socket) else { return }
        if !client.nights.contains(night) {
            guard client.nights.count < Self.nightsPerSocket else {
                return tell(socket, "error", "Too many subscriptions")
            }
            clients[socket]?.nights.insert(night)
            followers[night, default: []].append(socket)
        }
        tell(socket, ["type": .string("subscribed"), "sessionId": .integer(Int64(night))])
    }

    private func unfollow(_ socket: UInt64, _ id: JSONValue?) {
        guard let night = night(id, socket) else { return }
        if clients[socket]?.nights.remove(night) != nil { leave(night, socket) }
        tell(socket, ["type": .string("unsubscribed"), "sessionId": .integer(Int64(night))])
    }

    private func night(_ id: JSONValue?, _ socket: UInt64) -> Int? {
        guard let night = id?.integerValue.flatMap(Int.init(exactly:)) else {
            tell(socket, "error", "sessionId must be an integer")
            return nil
        }
        return night
    }

    private func leave(_ night: Int, _ socket: UInt64) {
        followers[night]?.removeAll { $0 == socket }
        if followers[night]?.isEmpty == true { followers[night] = nil }
    }

    // MARK: What clients are told

    private func listen() {
        // More than one turn can bring, so that it never overflows.
        news = station.nights.news.subscribe(self, .everything(limit: .max)) { $0.tell($1) }
    }

    private func tell(_ news: NightNews) {
        let sockets: [UInt64]
        if case .started = news.event {
            sockets = clients.filter { $0.value.token != nil }.keys.sorted()
        } else {
            sockets = followers[news.night] ?? []
        }
        guard !sockets.isEmpty else { return }
        send(.text(JSONValue.object(news.json).bytes()), sockets)
    }

    private func tell(_ socket: UInt64, _ type: String, _ message: String) {
        tell(socket, ["type": .string(type), "message": .string(message)])
    }

    private func tell(_ socket: UInt64, _ json: JSONObject) {
        send(.text(JSONValue.object(json).bytes()), [socket])
    }
}

/// One socket of the feed.
struct LiveSocket: SocketOwner {
    let feed: LiveFeed

    func opened(_ socket: UInt64) {
        feed.enter { $0.opened(socket) }
    }

    func received(_ message: WebSocketMessage, on socket: UInt64) {
        feed.enter { $0.received(message, on: socket) }
    }

    func closed(_ socket: UInt64) {
        feed.enter { $0.closed(socket) }
    }

    var dependsOnRights: Bool { true }

    func mayStay(_ socket: UInt64) -> Bool {
        feed.enter { $0.mayStay(socket) }
    }
}
