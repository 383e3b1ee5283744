import Transport

/// The server's API over HTTP, on one connection that stays open between calls.
final class HTTPAPIClient: APIClient {
    private let connection: ServerConnection
    private var client: HTTPClient?

    init(_ connection: ServerConnection) {
        self.connection = connection
    }

    func call(
        _ method: APIMethod, _ path: String, body: [UInt8]?
    ) throws(ServerUnreachable) -> APIReply {
        var headers = HTTPHeaders()
        headers.add("Accept", "application/json")
        if body != nil { headers.add("Content-Type", "application/json") }
        if let token = connection.token { headers.add("Authorization", "Bearer " + token) }
        do {
            let client = try openClient()
            let response = try client.call(
                method.rawValue, "\(connection.server)" + path, headers: headers, body: body,
                timeout: connection.timeout)
            return APIReply(status: response.status, body: response.body)
        } catch {
            throw Self.unreachable(error)
        }
    }

    private func openClient() throws(ClientError) -> HTTPClient {
        if let client { return client }
        let client = try HTTPClient(caFile: connection.authorityFile)
        self.client = client
        return client
    }

    private static func unreachable(_ error: ClientError) -> ServerUnreachable {
        switch error {
        case .cannotConnect(let reason): .absent(reason: reason)
        case .notTrusted:
            ServerUnreachable(reason: "\(error)", hint: "name its authority: --authority FILE")
        case .invalidURL, .timedOut, .broken, .refused, .answerTooLarge:
            ServerUnreachable(reason: "\(error)")
        }
    }
}
