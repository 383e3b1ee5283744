import Drivers
import Engine
import JSON
import Station
import Transport

/// 004: becoming a user, coming in, going out, and who one is.
struct WorkspaceLoginRoutes: Sendable {
    let station: FieldStation

    private static let path = "/workspaces/api/auth"

    var routes: [Route] {
        let operations = WorkspaceLoginOperations(station)
        return [
            Route("POST", Self.path + "/register", register, operations.register),
            Route("POST", Self.path + "/login", logIn, action: "login", operations.logIn),
            Route("POST", Self.path + "/logout", logOut, action: "logout", operations.logOut),
            Route("GET", Self.path + "/me", show, operations.me),
        ]
    }

    // MARK: In

    private func register(_ request: APIRequest) throws(APIError) -> Reply {
        let fields = BodyFields(try request.object())
        var new = NewUser(email: try fields.text("email"))
        new.name = try fields.optionalText("name") ?? ""
        let limits = station.passwords.limits
        guard let password = Password(new: try fields.text("password"), limits: limits) else {
            let (least, most) = (limits.characters.lowerBound, limits.characters.upperBound)
            throw APIError(400, #""password" must have \#(least) to \#(most) characters"#)
        }
        return .later { [new] answer in
            station.registrations.enter { registrations in
                registrations.register(new, password, from: request.http.remoteAddress) { result in
                    answer { () throws(APIError) in
                        let user = try registered(result)
                        return try welcome(Login(user: user, isMFAVerified: false), request)
                    }
                }
            }
        }
    }

    private func registered(
        _ result: Result<User, RegistrationError>
    ) throws(APIError) -> User {
        switch result {
        case .success(let user): return user
        case .failure(.closed):
            throw APIError(403, "Registration is closed; ask an administrator")
        case .failure(.tooManyTries(let wait)): throw APIError(tooManyRequests: wait)
        case .failure(.identity(.emailIsTaken)):
            throw APIError(400, "Email already registered")
        case .failure(.identity(let error)): throw APIError(error)
        case .failure(.passwords(let error)): throw APIError(error, station.passwords.limits)
        }
    }

    private func logIn(_ request: APIRequest) throws(APIError) -> Reply {
        let body = try request.object()
        let fields = BodyFields(body)
        let email = try fields.text("email")
        let password = Password(presented: try fields.text("password"))
        let proof = try SecondFactorProof(body)
        let address = request.http.remoteAddress
        return .later { answer in
            station.logins.enter { logins in
                logins.logIn(email, password, secondFactor: proof, from: address) { result in
                    answer { () throws(APIError) in
                        try welcome(loggedIn(result, email: email), request)
                    }
                }
            }
        }
    }

    private func loggedIn(
        _ result: Result<Login, LoginError>, email: String
    ) throws(APIError) -> Login {
        do throws(APIError) {
            return try login(result)
        } catch {
            throw error.noted(AuditNote(triedName: email))
        }
    }

    private func login(_ result: Result<Login, LoginError>) throws(APIError) -> Login {
        switch result {
        case .success(let login): return login
        case .failure(.wrongCredentials): throw Self.unauthorized("Invalid credentials")
        case .failure(.secondFactorNeeded): throw Self.unauthorized("MFA code required")
        case .failure(.wrongSecondFactor): throw Self.unauthorized("Invalid MFA code")
        case .failure(.tooManyTries(let wait)): throw APIError(tooManyRequests: wait)
        case .failure(.passwords(let error)): throw APIError(error, station.passwords.limits)
        }
    }

    private static func unauthorized(_ detail: String) -> APIError {
        APIError(401, detail).with(header: "WWW-Authenticate", "Bearer")
    }

    /// The token, as a cookie too: a browser that opens a viewer's page can show no other.
    private func welcome(
        _ login: Login, _ request: APIRequest
    ) throws(APIError) -> Reply {
        let token = try identity(station) { (identity) throws(IdentityError) in
            try identity.addLoginToken(for: login.user, isMFAVerified: login.isMFAVerified)
        }
        let answer: JSONObject = [
            "access_token": .string(token.text), "token_type": .string("bearer"),
            "user": .object(json(login.user)),
        ]
        var note = AuditNote()
        note.user = login.user
        return .noted(
            note,
            .content(
                type: "application/json", bytes: JSONValue.object(answer).bytes(),
                headers: [Self.cookie(token.text, request)]))
    }

    private static func cookie(_ token: String, _ request: APIRequest) -> HTTPHeaders.Field {
        let end = token.isEmpty ? "; Max-Age=0" : ""
        let secure = request.http.isSecure ? "; Secure" : ""
        return .init(
            name: "Set-Cookie",
            value: "sessionid=\(token); Path=/; HttpOnly; SameSite=Strict\(secure)\(end)")
    }

    // MARK: Out

    /// Ends what the user does, and the login. Whoever is not in is out already.
    private func logOut(_ request: APIRequest) throws(APIError) -> Reply {
        let hash = request.presentedToken.map { SecretHash(of: $0) }
        let caller = hash.flatMap { hash in
            station.identity.enter { $0.caller(forToken: hash) }
        }
        var ended = 0
        var note = AuditNote(details: "Logged out")
        if let caller, let hash {
            ended = station.workspaces.enter { $0.logOut(caller.user.id) }.count
            station.identity.enter { $0.endLogin(hash) }
            note.user = caller.user
        } else {
            note.isSilent = true
        }
        let answer: JSONObject = [
            "message": .string("Logged out successfully"),
            "sessions_terminated": .integer(Int64(ended)),
        ]
        return .noted(
            note,
            .content(
                type: "application/json", bytes: JSONValue.object(answer).bytes(),
                headers: [Self.cookie("", request)]))
    }

    // MARK: Who

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        .object(json(try Access(station: station).worker(request).user))
    }

    private func json(_ user: User) -> JSONObject {
        let organization = station.identity.enter { $0.defaultOrganization(of: user) }
        let factor = station.secondFactors.enter { $0.factor(of: user) }
        return [
            "id": .string(user.id), "email": .string(user.email), "name": .string(user.name),
            "organization": organization.map { .string($0.name) } ?? .null,
            "role": .string(user.isSuperuser ? "admin" : "user"),
            "mfa_enabled": .bool(factor?.isConfirmed ?? false),
        ]
    }
}
