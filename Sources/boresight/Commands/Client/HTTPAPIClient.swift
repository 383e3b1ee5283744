/// The server's API over HTTP.
struct HTTPAPIClient: APIClient {
    private let connection: ServerConnection

    init(_ connection: ServerConnection) {
        self.connection = connection
    }

    func call(
        _ method: APIMethod, _ path: String, body: [UInt8]?
    ) throws(ServerUnreachable) -> APIReply {
        throw ServerUnreachable(reason: "there is no HTTP client yet")
    }
}
