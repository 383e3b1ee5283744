/// What `EventClient` sends: a call, or the handshake of a WebSocket.
package struct ClientRequest: Sendable, Equatable {
    /// A handshake's is always GET.
    package var method: String
    /// `http:` or `https:` for a call, `ws:` or `wss:` for a WebSocket.
    package var url: String
    package var headers: HTTPHeaders
    /// A handshake has none.
    package var body: [UInt8]
    /// From the beginning to the whole answer, or to the open socket.
    package var timeout: Duration

    package init(
        _ method: String, _ url: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [],
        timeout: Duration
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// What `EventClient` is asked for one line: a call or a WebSocket.
package enum ClientAction: Sendable, Equatable {
    case call(ClientRequest)
    /// A WebSocket; the server must agree to the subprotocol, and with nil choose none.
    case open(ClientRequest, subprotocol: String?)
    /// On a WebSocket; what is sent before it is open waits for that.
    case send(WebSocketMessage)
    /// Ends a WebSocket with a code, or breaks off a call.
    case close(code: UInt16)
}

/// What happened to a line.
///
/// After a `call`: exactly one of `answered` and `failed`. After an `open`: either `failed`, or
/// `opened`, any number of `received`, and one `closed`. After a `close`: nothing, or that `closed`
/// when the WebSocket was open.
package enum ClientEvent: Sendable, Equatable {
    case answered(HTTPResponse)
    case opened
    case received(WebSocketMessage)
    /// 1005 when the server gave no code, 1006 when the connection was lost (RFC 6455 §7.1.5).
    case closed(code: UInt16, reason: String)
    case failed(ClientError)

    var isFinal: Bool {
        switch self {
        case .opened, .received: false
        case .answered, .closed, .failed: true
        }
    }
}

extension ClientRequest {
    /// Refuses what would end a line of the head, or say another request than it seems.
    func check() throws(ClientError) {
        guard Self.isToken(method) else {
            throw .invalidRequest(reason: "the method is not a word")
        }
        for field in headers.fields {
            guard Self.isToken(field.name) else {
                throw .invalidRequest(reason: "a header's name is not a word")
            }
            guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .invalidRequest(reason: "the header \(field.name) has a control character")
            }
        }
    }

    /// RFC 9110 §5.6.2.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
