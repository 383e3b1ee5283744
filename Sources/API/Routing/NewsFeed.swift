import Engine
import JSON
import Transport

/// Tells sockets the news of a topic, each socket what is about one key, or everything.
///
/// News is encoded once, whatever the number of its sockets. Nothing is left out: the transport
/// closes a socket that cannot keep up.
actor NewsFeed<Message: Sendable>: CoreActor {
    nonisolated let core: Core
    private let topic: Topic<Message>
    private let key: @Sendable (Message) -> String
    private let json: @Sendable (Message) -> JSONObject
    private let send: @Sendable (WebSocketFrame, [UInt64]) -> Void
    /// The sockets of each key, those that want everything under nil.
    private var sockets: [String?: [UInt64]] = [:]
    private var keys: [UInt64: String?] = [:]
    /// Open while somebody follows.
    private var news: Subscription<Message>?

    /// - Parameters:
    ///   - key: what a message is about, for those who follow that only.
    ///   - send: hands one frame to several sockets.
    init(
        core: Core, topic: Topic<Message>, key: @escaping @Sendable (Message) -> String,
        json: @escaping @Sendable (Message) -> JSONObject,
        send: @escaping @Sendable (WebSocketFrame, [UInt64]) -> Void
    ) {
        self.core = core
        self.topic = topic
        self.key = key
        self.json = json
        self.send = send
    }

    /// - Parameter key: nil for everything.
    func follow(_ key: String?, on socket: UInt64) {
        guard keys.updateValue(key, forKey: socket) == nil else { return }
        sockets[key, default: []].append(socket)
        if news == nil { listen() }
    }

    func leave(_ socket: UInt64) {
        guard let key = keys.removeValue(forKey: socket) else { return }
        sockets[key]?.removeAll { $0 == socket }
        if sockets[key]?.isEmpty == true { sockets[key] = nil }
        if keys.isEmpty { news = nil }
    }

    private func listen() {
        // More than one turn can bring, so that it never overflows.
        news = topic.subscribe(self, .everything(limit: .max)) { $0.tell($1) }
    }

    private func tell(_ message: Message) {
        let followers = (sockets[key(message)] ?? []) + (sockets[nil] ?? [])
        guard !followers.isEmpty else { return }
        send(.text(JSONValue.object(json(message)).bytes()), followers)
    }
}

/// One socket of a feed, which hears nothing.
struct NewsSocket<Message: Sendable>: SocketOwner {
    let feed: NewsFeed<Message>
    /// Nil for everything.
    let key: String?
    let mayFollow: @Sendable () -> Bool

    func opened(_ socket: UInt64) {
        guard mayFollow() else { return }
        feed.enter { $0.follow(key, on: socket) }
    }

    func received(_ message: WebSocketMessage, on socket: UInt64) {}

    func closed(_ socket: UInt64) {
        feed.enter { $0.leave(socket) }
    }

    var dependsOnRights: Bool { true }

    func mayStay(_ socket: UInt64) -> Bool { mayFollow() }
}
