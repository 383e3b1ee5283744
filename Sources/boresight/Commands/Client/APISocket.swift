/// A WebSocket of a server that tells news. One owner.
protocol APISocket {
    /// Waits for the next news.
    func next() -> SocketNews
}

enum SocketNews: Equatable {
    case text(String)
    /// Closed by the server, with its code (RFC 6455 §7.4).
    case closed(code: UInt16, reason: String)
    /// The connection broke, or the server has given no sign of life for too long.
    case lost(reason: String)
}

/// Why a WebSocket did not open.
enum SocketProblem: Error, Equatable {
    /// The server said no.
    case refused(APIReply)
    case unreachable(ServerUnreachable)
}
