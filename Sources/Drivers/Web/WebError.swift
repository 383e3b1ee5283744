/// Why a call has no answer, or a WebSocket did not open.
package enum WebError: Error, Sendable, Equatable {
    /// Nobody listens there, or the host cannot be found.
    case unreachable(String)
    case timedOut
    /// The other side's certificate is not trusted, or TLS failed.
    case notTrusted(String)
    /// The connection ended too early, or what came is not HTTP.
    case broken(String)
    /// A handshake got an ordinary answer.
    case refused(WebAnswer)
    /// More bytes than the edge takes.
    case tooLarge
    case invalidURL
    /// The station has as many calls and sockets as it may.
    case busy
}

extension WebError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let reason): "cannot connect: \(reason)"
        case .timedOut: "no answer in time"
        case .notTrusted(let reason): "no trusted connection: \(reason)"
        case .broken(let reason): "the connection broke: \(reason)"
        case .refused(let answer): "refused with status \(answer.status)"
        case .tooLarge: "the answer is too large"
        case .invalidURL: "the address is not valid"
        case .busy: "too many calls are under way"
        }
    }
}
