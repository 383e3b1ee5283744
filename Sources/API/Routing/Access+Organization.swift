import Engine
import Station
import Transport

extension Access {
    /// The organisation that a request acts on (001): the header, else the token's, else the
    /// caller's first one. 403 when it is not the caller's.
    func organization(_ request: APIRequest, _ caller: Caller) throws(APIError) -> Organization {
        let forbidden = APIError(403, "this organisation is not one of the caller's")
        let named = request.http.headers["X-Organization-Id"]
        if let bound = caller.boundOrganization, let named, named != bound { throw forbidden }
        let organization = station.identity.enter { identity -> Organization? in
            guard let id = named ?? caller.boundOrganization else {
                return identity.defaultOrganization(of: caller.user)
            }
            return identity.organization(id: id)
        }
        guard let organization,
            station.identity.enter({ $0.acts(caller, for: organization.id) })
        else { throw forbidden }
        return organization
    }
}
