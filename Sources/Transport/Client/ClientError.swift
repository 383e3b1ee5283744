/// Why a call of a client failed.
package enum ClientError: Error, Sendable, Equatable, CustomStringConvertible {
    case invalidURL(String)
    /// Nobody listens there, or the host cannot be found.
    case cannotConnect(reason: String)
    case timedOut
    /// The other side's certificate is not trusted, or TLS failed.
    case notTrusted(reason: String)
    /// The connection ended, or the answer is not HTTP.
    case broken(reason: String)
    /// The handshake of a WebSocket was answered with an ordinary response.
    case refused(status: Int, body: [UInt8])
    /// More bytes than `ClientLimits` allow.
    case answerTooLarge
    /// The request itself cannot be sent.
    case invalidRequest(reason: String)
    /// The client has as many calls and sockets as it may.
    case busy

    package var description: String {
        switch self {
        case .invalidURL(let url): "\(url) is not an http or https address"
        case .cannotConnect(let reason): "cannot connect: \(reason)"
        case .timedOut: "no answer in time"
        case .notTrusted(let reason): "no trusted connection: \(reason)"
        case .broken(let reason): "the connection broke: \(reason)"
        case .refused(let status, _): "the socket was refused with status \(status)"
        case .answerTooLarge: "the answer is too large"
        case .invalidRequest(let reason): "the request cannot be sent: \(reason)"
        case .busy: "too many calls are under way"
        }
    }
}

/// The bounds of the clients.
package struct ClientLimits: Sendable {
    /// One answer's body: lists of a station are far below.
    package var answerBytes = 64 * 1024 * 1024
    /// One WebSocket message, as the server's own bound.
    package var messageBytes = 64 * 1024
    /// The head of the answer to a handshake.
    package var headBytes = 32 * 1024

    package init() {}
}
