import Drivers
import Engine
import JSON
import Station
import Transport

/// 002: a token for whoever knows a user's password.
struct LoginRoutes: Sendable {
    let station: FieldStation

    var routes: [Route] {
        [
            Route(
                "POST", "/api/v1/users/token/", logIn, action: "login",
                UserOperations(station).logIn)
        ]
    }

    private func logIn(_ request: APIRequest) throws(APIError) -> Reply {
        let body = try request.object()
        let (name, password) = try Self.credentials(body)
        let proof = try SecondFactorProof(body)
        let address = request.http.remoteAddress
        return .later { answer in
            station.logins.enter { logins in
                logins.logIn(name, password, secondFactor: proof, from: address) { result in
                    answer { () throws(APIError) in
                        do throws(APIError) {
                            return try token(for: result)
                        } catch {
                            throw error.noted(AuditNote(triedName: name))
                        }
                    }
                }
            }
        }
    }

    private func token(for result: Result<Login, LoginError>) throws(APIError) -> Reply {
        switch result {
        case .success(let login):
            let token = try identity(station) { (identity) throws(IdentityError) in
                try identity.addLoginToken(for: login.user, isMFAVerified: login.isMFAVerified)
            }
            return .object(["token": .string(token.text)]).noted(AuditNote(user: login.user))
        case .failure(.wrongCredentials):
            throw APIError(
                field: "non_field_errors", "Unable to log in with provided credentials.")
        case .failure(.secondFactorNeeded):
            throw APIError(field: "non_field_errors", "A code of the second factor is needed.")
        case .failure(.wrongSecondFactor):
            throw APIError(field: "non_field_errors", "The code of the second factor is wrong.")
        case .failure(.tooManyTries(let wait)): throw APIError(tooManyRequests: wait)
        case .failure(.passwords(let error)):
            throw APIError(error, station.passwords.limits)
        }
    }

    /// In the words of Django REST framework, which the original is written with.
    private static func credentials(
        _ body: JSONObject
    ) throws(APIError) -> (name: String, Password) {
        var problems: [(name: String, message: String)] = []
        var texts: [String] = []
        for key in ["username", "password"] {
            switch body[key] {
            case nil: problems.append((key, "This field is required."))
            case .null?: problems.append((key, "This field may not be null."))
            case .string(let text)?:
                let text = key == "username" ? text.trimmed : text
                if text.isEmpty { problems.append((key, "This field may not be blank.")) }
                texts.append(text)
            default: problems.append((key, "Not a valid string."))
            }
        }
        guard problems.isEmpty, let name = texts.first, let password = texts.last else {
            throw APIError(fields: problems)
        }
        return (name, Password(presented: password))
    }
}

extension AuditNote {
    /// Whose password somebody tried. What is no address may be the password, typed into the wrong
    /// field.
    init(triedName name: String) {
        self.init(details: name.contains("@") ? name : "no e-mail address")
    }
}

extension APIError {
    init(_ error: PasswordError, _ limits: PasswordLimits) {
        let text =
            switch error {
            case .busy: "too many passwords are being looked at; try again later"
            case .failed: "there is no memory to look at passwords now"
            }
        self = APIError(503, text)
            .with(header: "Retry-After", String(limits.retryAfter.wholeSeconds))
    }
}

extension String {
    /// Without the white space around it.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
