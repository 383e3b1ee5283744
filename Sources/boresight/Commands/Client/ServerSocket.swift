import Transport

/// A WebSocket of a real server.
final class ServerSocket: APISocket {
    private let socket: WebSocketClient

    /// The server pings every 20 s; a connection without any sign of life for longer than two of
    /// these is dead, though its end has not been heard of.
    private static let patience = Duration.seconds(50)

    init(_ connection: ServerConnection, _ path: String) throws(SocketProblem) {
        var headers = HTTPHeaders()
        connection.authorize(&headers)
        do {
            socket = try WebSocketClient(
                "\(connection.server)" + path, headers: headers, caFile: connection.authorityFile,
                timeout: connection.timeout)
        } catch {
            guard case .refused(let status, let body) = error else {
                throw .unreachable(ServerUnreachable(error))
            }
            throw .refused(APIReply(status: status, body: body))
        }
    }

    func next() -> SocketNews {
        while true {
            do throws(ClientError) {
                switch try socket.receive(timeout: Self.patience) {
                case .message(.text(let bytes)):
                    return .text(String(decoding: bytes, as: UTF8.self))
                // The server has none for us.
                case .message(.binary): continue
                case .closed(1006, let reason): return .lost(reason: reason)
                case .closed(let code, let reason): return .closed(code: code, reason: reason)
                case .timedOut:
                    guard socket.silence >= Self.patience else { continue }
                    return .lost(reason: "the server has fallen silent")
                }
            } catch {
                return .lost(reason: "\(error)")
            }
        }
    }
}
