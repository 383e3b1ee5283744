import Transport

/// The server's API over HTTP.
struct HTTPAPIClient: APIClient {
    private let connection: ServerConnection

    init(_ connection: ServerConnection) {
        self.connection = connection
    }

    func call(
        _ method: APIMethod, _ path: String, body: [UInt8]?
    ) throws(ServerUnreachable) -> APIReply {
        do throws(ClientError) {
            let response = try HTTPClient().call(
                method.rawValue, connection.server.description + path, headers: headers(body),
                body: body, timeout: connection.timeout)
            return APIReply(status: response.status, body: response.body)
        } catch {
            throw ServerUnreachable(reason: error.description)
        }
    }

    private func headers(_ body: [UInt8]?) -> HTTPHeaders {
        var headers = HTTPHeaders()
        if let token = connection.token { headers.add("Authorization", "Bearer \(token)") }
        if body != nil { headers.add("Content-Type", "application/json") }
        return headers
    }
}
