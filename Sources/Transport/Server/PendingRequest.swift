import CMicroHTTPD

/// One request inside libmicrohttpd, from its first line to its answer.
final class PendingRequest {
    enum Stage {
        /// The headers are read, the body is arriving.
        case receiving
        /// Handed over; libmicrohttpd's connection is suspended.
        case waiting
        case answered(HTTPResponse)
        case upgrading(HTTPHeaders)
        /// The answer is libmicrohttpd's now.
        case done
    }

    let id: UInt64
    let listener: Listener
    let connection: OpaquePointer
    let target: String
    var stage = Stage.receiving
    /// Nil until they are whole.
    var headers: HTTPHeaders?
    var body: [UInt8] = []
    /// Bytes that came, kept or not.
    var receivedBytes = 0
    var key: String?

    init(id: UInt64, listener: Listener, connection: OpaquePointer, target: String) {
        self.id = id
        self.listener = listener
        self.connection = connection
        self.target = target
    }

    var path: String { String(target.prefix { $0 != "?" }) }

    var query: String? {
        target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) }
    }
}
