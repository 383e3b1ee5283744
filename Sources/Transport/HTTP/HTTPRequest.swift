/// What is wrong with a request that the transport still hands over, so that the answer can have
/// the API's own shape.
package enum HTTPRequestDefect: Sendable, Equatable {
    case bodyTooLarge(limitBytes: Int)
    /// It asks for an upgrade, but not as RFC 6455 §4.2.1 wants.
    case invalidWebSocketHandshake
}

/// A whole request.
package struct HTTPRequest: Sendable, Equatable {
    /// Unique in its server, increasing; the number of its WebSocket too, if it becomes one.
    package let id: UInt64
    /// The index of the listener that it came in on.
    package let listener: Int
    package let method: String
    /// As sent: percent-encoded, without the query.
    package let path: String
    /// As sent, without the question mark; nil when there is none.
    package let query: String?
    package let headers: HTTPHeaders
    /// Empty when the request has a defect.
    package let body: [UInt8]
    /// Numeric, without the port.
    package let remoteAddress: String
    /// Whether it came over TLS.
    package let isSecure: Bool
    /// A complete opening handshake of a WebSocket.
    package let isWebSocketHandshake: Bool
    package let defect: HTTPRequestDefect?

    package init(
        id: UInt64, listener: Int = 0, method: String, path: String, query: String? = nil,
        headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [],
        remoteAddress: String = "127.0.0.1", isSecure: Bool = false,
        isWebSocketHandshake: Bool = false, defect: HTTPRequestDefect? = nil
    ) {
        self.id = id
        self.listener = listener
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
        self.isWebSocketHandshake = isWebSocketHandshake
        self.defect = defect
    }
}

/// A whole answer. `Content-Length` and `Date` are the transport's.
package struct HTTPResponse: Sendable, Equatable {
    package let status: Int
    package let headers: HTTPHeaders
    /// Not sent in answer to `HEAD`, but its length is.
    package let body: [UInt8]

    package init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
