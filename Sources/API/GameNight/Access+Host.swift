import Engine
import Station

extension Access {
    /// Lets in who may host game nights: with a host's token, or with a token of a user who has the
    /// right. 401 without one and 403 for any other, in the words of the API's document.
    ///
    /// A cookie does not count: pages of anywhere may call here.
    func host(_ request: APIRequest) throws(APIError) {
        guard let token = request.bearerToken else {
            throw APIError(401, "Access token required")
                .with(header: "WWW-Authenticate", "Bearer")
        }
        guard isHost(token) else { throw APIError(403, "Invalid or expired token") }
    }

    /// Whether a token is a host's.
    func isHost(_ token: String) -> Bool {
        if station.hosts.enter({ $0.isHost(token) }) { return true }
        let caller = station.identity.enter { $0.caller(forToken: SecretHash(of: token)) }
        return caller?.user.may(.hostGameNight) == true
    }
}
