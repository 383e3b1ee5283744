/// A way to call a Boresight server over HTTP, one request at a time.
protocol APIClient: Sendable {
    /// Sends a request and waits for the whole reply, whatever its status.
    ///
    /// `path` begins with `/`; `body` is JSON.
    func call(
        _ method: APIMethod, _ path: String, body: [UInt8]?
    ) throws(ServerUnreachable) -> APIReply
}

enum APIMethod: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}

struct APIReply: Equatable, Sendable {
    let status: Int
    let body: [UInt8]
}

/// No reply came: no connection, or none in time.
struct ServerUnreachable: Error, Equatable {
    let reason: String
}
