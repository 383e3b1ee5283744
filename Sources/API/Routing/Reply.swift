import Engine
import JSON
import Transport

/// What a route answers.
enum Reply {
    case json(Int, JSONValue)
    case content(type: String, bytes: [UInt8], headers: [HTTPHeaders.Field])
    case empty(Int)
    /// The answer comes in a later turn: `begin` is called at once with what is to be given it.
    case later(_ begin: @Sendable (LaterReply) -> Void)
    /// The handshake is accepted; the socket belongs to `socket` from now on.
    case upgrade(any SocketOwner)
    /// The same once the port is connected, and 503 when it cannot be: the socket's bytes go there
    /// and never to its owner.
    case bridge(BridgePlan, any SocketOwner)
    /// The answer is made outside of the core, which never sees it.
    case outside(WantedContent)
    /// A reply with what the audit is to say of it.
    indirect case noted(AuditNote, Reply)

    func noted(_ note: AuditNote) -> Reply { .noted(note, self) }

    static func object(_ object: JSONObject, status: Int = 200) -> Reply {
        .json(status, .object(object))
    }
}

/// A request that waits for its answer, which is given once.
struct LaterReply: Sendable {
    let gateway: Gateway
    let request: UInt64

    /// Answers, unless the client has gone: then nothing is made. Core only.
    func callAsFunction(_ make: @Sendable () throws(APIError) -> Reply) {
        gateway.enter { $0.answer(later: request, make) }
    }
}

/// Who speaks with one WebSocket. Called on the core, in order: `opened`, frames, `closed` once.
protocol SocketOwner: Sendable {
    func opened(_ socket: UInt64)
    func received(_ message: WebSocketMessage, on socket: UInt64)
    func closed(_ socket: UInt64)
    /// What has crossed a bridged socket so far: now and then, and before `closed`.
    func bridged(_ socket: UInt64, fromClient: UInt64, toClient: UInt64)
    /// Whether somebody's rights carry the socket.
    var dependsOnRights: Bool { get }
    /// Asked again of such a socket whenever rights have changed; false closes it.
    func mayStay(_ socket: UInt64) -> Bool
}

extension SocketOwner {
    func bridged(_ socket: UInt64, fromClient: UInt64, toClient: UInt64) {}
    var dependsOnRights: Bool { false }
    func mayStay(_ socket: UInt64) -> Bool { true }
}
