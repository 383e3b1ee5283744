import Engine
import JSON
import Station

/// Our own endpoints for access tokens. Superusers only.
struct TokenRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        let access = Access(station: station)
        return [
            Route("GET", "/v1/tokens", access.superusersOnly(list), operations.tokens),
            Route("POST", "/v1/tokens", access.superusersOnly(add), operations.addToken),
            Route(
                "DELETE", "/v1/tokens/{id}", access.superusersOnly(remove), operations.removeToken),
        ]
    }

    private var operations: IdentityOperations {
        IdentityOperations(limits: station.identity.limits)
    }

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let tokens = station.identity.enter { $0.allTokens() }
        return .json(200, .array(tokens.map { .object(Self.json($0, secret: nil)) }))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        let fields = BodyFields(try request.object())
        let user = try fields.text("user")
        let organization = try fields.optionalText("organization")
        let name = try fields.optionalText("name") ?? ""
        let (token, secret) = try identity(station) { (identity) throws(IdentityError) in
            try identity.addToken(for: user, in: organization, name: name)
        }
        return .object(Self.json(token, secret: secret), status: 201).noted(
            AuditNote(details: "of user \(token.user)", organization: token.organization))
    }

    private func remove(_ request: APIRequest) throws(APIError) -> Reply {
        let token = try identity(station) { (identity) throws(IdentityError) in
            try identity.removeToken(request[parameter: "id"])
        }
        return .empty(204).noted(
            AuditNote(details: "of user \(token.user)", organization: token.organization))
    }

    /// - Parameter secret: shown once, when the token is made.
    private static func json(_ token: AccessToken, secret: SecretToken?) -> JSONObject {
        var object: JSONObject = ["id": .string(token.id)]
        if let secret { object["token"] = .string(secret.text) }
        object["user"] = .string(token.user)
        object["organization"] = token.organization.map { .string($0) } ?? .null
        object["name"] = .string(token.name)
        object["created_at"] = .string(token.createdAt.text(.milliseconds))
        return object
    }
}
