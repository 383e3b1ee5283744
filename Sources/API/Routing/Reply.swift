import JSON
import Transport

/// What a route answers.
enum Reply {
    case json(Int, JSONValue)
    case content(type: String, bytes: [UInt8], headers: [HTTPHeaders.Field])
    case empty(Int)
    /// The handshake is accepted; the socket belongs to `socket` from now on.
    case upgrade(any SocketOwner)

    static func object(_ object: JSONObject, status: Int = 200) -> Reply {
        .json(status, .object(object))
    }
}

/// Who speaks with one WebSocket. Called on the core, in order: `opened`, frames, `closed` once.
protocol SocketOwner: Sendable {
    func opened(_ socket: UInt64)
    func received(_ message: WebSocketMessage, on socket: UInt64)
    func closed(_ socket: UInt64)
    /// Asked again whenever rights have changed; false closes the socket. Nil for a socket that
    /// stays, whoever loses a right.
    var mayStay: (@Sendable () -> Bool)? { get }
}

extension SocketOwner {
    var mayStay: (@Sendable () -> Bool)? { nil }
}
