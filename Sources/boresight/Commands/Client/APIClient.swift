/// A way to call a Boresight server over HTTP, one request at a time. One owner.
protocol APIClient {
    /// Sends a request and waits for the whole reply, whatever its status.
    ///
    /// `path` begins with `/`; `body` is JSON.
    func call(
        _ method: APIMethod, _ path: String, headers: [APIHeader], body: [UInt8]?
    ) throws(ServerUnreachable) -> APIReply
}

enum APIMethod: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
}

struct APIHeader: Equatable, Sendable {
    let name: String
    let value: String
}

struct APIReply: Equatable, Sendable {
    let status: Int
    let body: [UInt8]

    var isGood: Bool { (200..<300).contains(status) }
}

/// No reply came: no connection, or none in time.
struct ServerUnreachable: Error, Equatable {
    let reason: String
    /// What to do about it, when that is known.
    let hint: String?

    init(reason: String, hint: String? = nil) {
        self.reason = reason
        self.hint = hint
    }

    /// Nobody listens there.
    static func absent(reason: String) -> Self {
        ServerUnreachable(
            reason: reason, hint: "is the daemon running? start it with: boresight serve")
    }

    func failure(_ server: WebAddress) -> CommandFailure {
        CommandFailure(.unavailable, "cannot reach \(server): \(reason)", hint: hint)
    }
}
