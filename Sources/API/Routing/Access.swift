import Engine
import Station

/// Checks who calls.
struct Access: Sendable {
    let station: FieldStation

    /// The caller; 401 when there is no token or it is nobody's.
    @discardableResult
    func user(_ request: APIRequest) throws(APIError) -> User {
        try caller(request).user
    }

    /// The caller with what the token is bound to; 401 as for `user`.
    func caller(_ request: APIRequest) throws(APIError) -> Caller {
        guard let token = request.presentedToken else {
            throw APIError(401, "a bearer token is needed; the first one is in DATA/admin.token")
                .with(header: "WWW-Authenticate", "Bearer")
        }
        let hash = SecretHash(of: token)
        guard let caller = station.identity.enter({ $0.caller(forToken: hash) }) else {
            throw APIError(401, "the token is not valid")
                .with(header: "WWW-Authenticate", #"Bearer error="invalid_token""#)
        }
        return caller
    }

    /// An answer for whoever may change who may do what, in every organisation.
    func superusersOnly(
        _ answer: @escaping @Sendable (APIRequest) throws(APIError) -> Reply
    ) -> @Sendable (APIRequest) throws(APIError) -> Reply {
        { request throws(APIError) in
            let caller = try caller(request)
            guard caller.user.isSuperuser else {
                throw APIError(403, "only a superuser may do this")
            }
            guard caller.boundOrganization == nil else {
                // It could make itself a token that reaches further.
                throw APIError(403, "a token that is bound to an organisation may not do this")
            }
            return try answer(request)
        }
    }

    func require(_ permission: Permission, _ request: APIRequest) throws(APIError) {
        guard try user(request).may(permission) else {
            throw APIError(403, "the permission \(permission.name) is needed")
        }
    }

    /// The organisations in which the caller may do what one of these permissions allows, as
    /// managers do (002); 403 for nowhere at all.
    func managed(
        _ request: APIRequest, anyOf permissions: [Permission]
    ) throws(APIError) -> OrganizationScope {
        let caller = try caller(request)
        let scope = station.identity.enter { identity in
            identity.managed(by: caller) { user in permissions.contains { user.may($0) } }
        }
        guard let scope else {
            throw APIError(403, "You do not have permission to perform this action.")
        }
        return scope
    }

    func managed(
        _ request: APIRequest, anyOf permissions: Permission...
    ) throws(APIError) -> OrganizationScope {
        try managed(request, anyOf: permissions)
    }

    /// Any valid token may stop a rotor, and so may the session that it is paired with.
    func requireStopRight(rotor id: Int, _ request: APIRequest) throws(APIError) {
        if let token = request.presentedToken,
            station.sessions.enter({ $0.obeys(rotor: id, SecretHash(of: token)) })
        {
            return
        }
        try user(request)
    }
}
