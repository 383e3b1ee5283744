import Drivers
import Engine
import JSON
import Station

/// Our own endpoints for users. Superusers only, but for one's own password.
struct UserRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        let access = Access(station: station)
        return [
            Route("GET", "/v1/users", access.superusersOnly(list), operations.list),
            Route("POST", "/v1/users", access.superusersOnly(add), operations.add),
            Route("GET", "/v1/users/{id}", access.superusersOnly(show), operations.show),
            Route("PUT", "/v1/users/{id}/password", setPassword, operations.setPassword),
        ]
    }

    private var operations: UserOperations { UserOperations(station) }

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let users = station.identity.enter { $0.allUsers() }
        return .json(200, .array(users.map { .object(Self.json($0)) }))
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try identity(station) { (identity) throws(IdentityError) in
            try identity.user(named: request[parameter: "id"])
        }
        return .object(Self.json(user))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        let body = try request.object()
        let new = try newUser(body)
        guard let password = try password(body) else { return try add(new) }
        // Before anybody waits for a hash.
        try identity(station) { (identity) throws(IdentityError) in try identity.check(new) }
        return .later { answer in
            station.passwords.hash(password) { result in
                answer { () throws(APIError) in
                    var new = new
                    new.passwordHash = try hash(result)
                    return try add(new)
                }
            }
        }
    }

    private func add(_ new: NewUser) throws(APIError) -> Reply {
        let user = try identity(station) { (identity) throws(IdentityError) in
            try identity.addUser(new)
        }
        return .object(Self.json(user), status: 201).noted(AuditNote(rightsOf: user))
    }

    // MARK: Passwords

    private func setPassword(_ request: APIRequest) throws(APIError) -> Reply {
        let user = try userToChange(request).id
        guard let password = try password(try request.object()) else {
            throw APIError(400, #""password" is missing"#)
        }
        return .later { answer in
            station.passwords.hash(password) { result in
                answer { () throws(APIError) in
                    let hash = try hash(result)
                    try identity(station) { (identity) throws(IdentityError) in
                        try identity.setPassword(hash, of: user)
                    }
                    return .empty(204).noted(AuditNote(resource: "user:\(user)"))
                }
            }
        }
    }

    /// The user whose password the caller may set: the caller, or anybody for a superuser.
    private func userToChange(_ request: APIRequest) throws(APIError) -> User {
        let caller = try Access(station: station).caller(request)
        guard caller.boundOrganization == nil else {
            // A login with the new password would reach further than the token does.
            throw APIError(403, "a token that is bound to an organisation may not set a password")
        }
        let name = request[parameter: "id"]
        if caller.user.isSuperuser {
            return try identity(station) { (identity) throws(IdentityError) in
                try identity.user(named: name)
            }
        }
        guard station.identity.enter({ try? $0.user(named: name) })?.id == caller.user.id else {
            throw APIError(403, "only a superuser may set the password of somebody else")
        }
        return caller.user
    }

    private func password(_ body: JSONObject) throws(APIError) -> Password? {
        guard let text = try BodyFields(body).optionalText("password") else { return nil }
        let limits = station.passwords.limits
        guard let password = Password(new: text, limits: limits) else {
            let (least, most) = (limits.characters.lowerBound, limits.characters.upperBound)
            throw APIError(400, #""password" must have \#(least) to \#(most) characters"#)
        }
        return password
    }

    private func hash(
        _ result: Result<PasswordHash, PasswordError>
    ) throws(APIError) -> PasswordHash {
        switch result {
        case .success(let hash): return hash
        case .failure(let error): throw APIError(error, station.passwords.limits)
        }
    }

    // MARK: JSON

    private func newUser(_ body: JSONObject) throws(APIError) -> NewUser {
        let fields = BodyFields(body)
        var new = NewUser(email: try fields.text("email"))
        new.name = try fields.optionalText("name") ?? ""
        new.isSuperuser = try fields.optionalFlag("superuser") ?? false
        new.isStaff = try fields.optionalFlag("staff") ?? false
        let permissions = try fields.optionalTexts("permissions") ?? []
        let most = station.identity.limits.permissions
        guard permissions.count <= most else {
            throw APIError(400, #""permissions" must have at most \#(most)"#)
        }
        for name in permissions {
            new.permissions.insert(Permission(name))
        }
        return new
    }

    static func json(_ user: User) -> JSONObject {
        [
            "id": .string(user.id), "email": .string(user.email), "name": .string(user.name),
            "superuser": .bool(user.isSuperuser), "staff": .bool(user.isStaff),
            "permissions": .array(user.permissions.map(\.name).sorted().map(JSONValue.string)),
            "created_at": .string(user.createdAt.text(.milliseconds)),
        ]
    }
}

extension AuditNote {
    /// What a new user may do.
    fileprivate init(rightsOf user: User) {
        let words = [
            user.email, user.isSuperuser ? "superuser" : "", user.isStaff ? "staff" : "",
        ]
        let rights = words.filter { !$0.isEmpty } + user.permissions.map(\.name).sorted()
        self.init(details: rights.joined(separator: ", "))
    }
}
