import Engine
import Station

extension Access {
    /// Who works, with what their login proved; 401 in the words of the original.
    func worker(_ request: APIRequest) throws(APIError) -> Caller {
        guard let token = request.presentedToken else {
            throw APIError(401, "Not authenticated").with(header: "WWW-Authenticate", "Bearer")
        }
        let caller = station.identity.enter { $0.caller(forToken: SecretHash(of: token)) }
        guard let caller else {
            throw APIError(401, "Invalid token")
                .with(header: "WWW-Authenticate", #"Bearer error="invalid_token""#)
        }
        return caller
    }

    /// Lets in who administers workspaces.
    func workspaceAdministrator(_ request: APIRequest) throws(APIError) {
        let caller = try worker(request)
        guard caller.user.isSuperuser, caller.boundOrganization == nil else {
            throw APIError(403, "Admin access required")
        }
    }
}
