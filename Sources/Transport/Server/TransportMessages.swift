/// What the transport hears.
package enum TransportInput: Sendable {
    case request(HTTPRequest)
    /// The client of a waiting request has gone; an answer would reach nobody.
    case abandoned(request: UInt64)
    /// An accepted handshake has become a socket; frames may be sent from now on.
    case opened(webSocket: UInt64)
    case message(webSocket: UInt64, WebSocketMessage)
    /// The last input of this socket. 1006 when there was no closing handshake.
    case closed(webSocket: UInt64, code: UInt16)
    /// The port of a bridge cannot be reached; the request still waits for its answer.
    case bridgeFailed(request: UInt64, reason: String)
    /// All bytes that have crossed a bridge: now and then while they change, and before `closed`.
    case bridged(webSocket: UInt64, fromClient: UInt64, toClient: UInt64)
}

/// What the transport is told. Unknown numbers are ignored: their clients have gone.
package enum TransportOutput: Sendable {
    case respond(request: UInt64, HTTPResponse)
    /// Accepts the handshake of a request.
    case upgrade(request: UInt64, headers: HTTPHeaders)
    /// Connects the port, then accepts the handshake. The socket's messages go there and never to
    /// the core.
    case bridge(request: UInt64, to: BridgePlan)
    /// Answers with what is made outside of the core.
    case content(request: UInt64, ContentPlan)
    case send(WebSocketFrame, to: [UInt64])
    case close(webSocket: UInt64, code: UInt16, reason: String)
}
