import Drivers
import Engine
import JSON
import Station
import Transport

/// 003: a token for whoever knows the hosts' key; and whether the API is there.
struct HostLoginRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        [
            Route(
                "POST", "/game-night/api/auth/login", logIn, action: "login",
                GameNightOperations(limits: station.nights.limits).logIn),
            Route("GET", "/game-night/health", { _ in .object(Self.health) }, Self.ofHealth),
        ]
    }

    private static let health: JSONObject = [
        "status": .string("ok"), "message": .string("The game night API is running"),
    ]

    private static var ofHealth: Operation {
        Operation("Get health").withoutToken
            .answers(200, "The API is there.", .message(.required("status", .text)))
    }

    private func logIn(_ request: APIRequest) throws(APIError) -> Reply {
        let body = GameNightBody(try request.object(isOptional: true))
        let key = Password(presented: try body.required("key", try body.text("key")))
        let address = request.http.remoteAddress
        return .later { answer in
            station.hosts.enter { hosts in
                hosts.logIn(key, from: address) { result in
                    answer { () throws(APIError) in
                        switch result {
                        case .success(let token):
                            return .object([
                                "token": .string(token),
                                "message": .string("Authentication successful"),
                                "expiresIn": .string("24h"),
                            ]).noted(AuditNote(details: "host"))
                        case .failure(.wrongKey):
                            throw APIError(401, "Invalid admin key")
                                .with(header: "WWW-Authenticate", "Bearer")
                        case .failure(.tooManyTries(let wait)):
                            throw APIError(tooManyRequests: wait)
                        }
                    }
                }
            }
        }
    }
}
