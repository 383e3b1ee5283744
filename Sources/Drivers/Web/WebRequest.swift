/// What a call of an HTTP server, or the handshake of a WebSocket, says.
package struct WebRequest: Sendable, Equatable {
    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var method: String
    /// `http:` or `https:` for a call, `ws:` or `wss:` for a WebSocket.
    package var url: String
    package var headers: [Header]
    package var body: [UInt8]
    package var signature: WebSignature?
    /// From the beginning to the whole answer, or to the open socket.
    package var timeout: Duration

    package init(
        _ method: String, _ url: String, headers: [Header] = [], body: [UInt8] = [],
        timeout: Duration
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// Signs a body on its way out, so that the secret never leaves through a recording: the header's
/// value is `sha256=` and the HMAC-SHA256 (RFC 2104) of the body in lower-case hexadecimal digits.
package struct WebSignature: Sendable, Equatable, CustomStringConvertible,
    CustomDebugStringConvertible
{
    package let header: String
    package let secret: String

    package init(header: String, secret: String) {
        self.header = header
        self.secret = secret
    }

    package var description: String { "\(header): …" }
    package var debugDescription: String { description }
}

/// What a server answered to a call.
package struct WebAnswer: Sendable, Equatable {
    package var status: Int
    package var body: [UInt8]

    package init(status: Int, body: [UInt8] = []) {
        self.status = status
        self.body = body
    }
}
