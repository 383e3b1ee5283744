import Transport

/// The server's API over HTTP, on one connection that stays open between calls.
final class HTTPAPIClient: APIClient {
    private let connection: ServerConnection
    private var client: HTTPClient?

    init(_ connection: ServerConnection) {
        self.connection = connection
    }

    func call(
        _ method: APIMethod, _ path: String, headers more: [APIHeader], body: [UInt8]?
    ) throws(ServerUnreachable) -> APIReply {
        var headers = HTTPHeaders()
        if body != nil { headers.add("Content-Type", "application/json") }
        connection.authorize(&headers)
        for header in more { headers.add(header.name, header.value) }
        do {
            let client = try openClient()
            let response = try client.call(
                method.rawValue, "\(connection.server)" + path, headers: headers, body: body,
                timeout: connection.timeout)
            return APIReply(status: response.status, body: response.body)
        } catch {
            throw ServerUnreachable(error)
        }
    }

    private func openClient() throws(ClientError) -> HTTPClient {
        if let client { return client }
        let client = try HTTPClient(caFile: connection.authorityFile)
        self.client = client
        return client
    }
}

extension ServerConnection {
    /// Shows the token.
    func authorize(_ headers: inout HTTPHeaders) {
        if let token { headers.add("Authorization", "Bearer " + token) }
    }
}

extension ServerUnreachable {
    init(_ error: ClientError) {
        switch error {
        case .cannotConnect(let reason): self = .absent(reason: reason)
        case .notTrusted:
            self.init(reason: "\(error)", hint: "name its authority: --authority FILE")
        case .invalidURL, .timedOut, .broken, .refused, .answerTooLarge, .invalidRequest, .busy:
            self.init(reason: "\(error)")
        }
    }
}
