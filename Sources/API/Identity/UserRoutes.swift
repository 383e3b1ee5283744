import Engine
import JSON
import Station

/// Our own endpoints for users. Superusers only.
struct UserRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        let access = Access(station: station)
        return [
            Route("GET", "/v1/users", access.superusersOnly(list)),
            Route("POST", "/v1/users", access.superusersOnly(add)),
            Route("GET", "/v1/users/{id}", access.superusersOnly(show)),
        ]
    }

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
        let new = try Self.newUser(try request.object())
        let user = try identity(station) { (identity) throws(IdentityError) in
            try identity.addUser(new)
        }
        return .object(Self.json(user), status: 201)
    }

    private static func newUser(_ body: JSONObject) throws(APIError) -> NewUser {
        let fields = BodyFields(body)
        guard body["password"] == nil else {
            throw APIError(400, #""password" cannot be set: users log in with tokens"#)
        }
        var new = NewUser(email: try fields.text("email"))
        new.name = try fields.optionalText("name") ?? ""
        new.isSuperuser = try fields.optionalFlag("superuser") ?? false
        new.isStaff = try fields.optionalFlag("staff") ?? false
        for name in try fields.optionalTexts("permissions") ?? [] {
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
