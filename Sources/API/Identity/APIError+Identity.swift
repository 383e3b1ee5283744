import Drivers
import Engine
import Station

/// Calls the identity actor and words its refusals.
func identity<Result: Sendable>(
    _ station: FieldStation, _ call: (isolated Identity) throws(IdentityError) -> Result
) throws(APIError) -> Result {
    try station.identity.enter(throwing: APIError.init, call)
}

extension APIError {
    init(_ error: IdentityError) {
        switch error {
        case .unknownUser: self.init(404, "there is no such user")
        case .unknownOrganization: self.init(404, "there is no such organisation")
        case .unknownMember: self.init(404, "the user is not a member of this organisation")
        case .unknownToken: self.init(404, "there is no such token")
        case .emailIsTaken: self.init(409, "there is a user with this e-mail address already")
        case .organizationIsTaken: self.init(409, "there is an organisation of this name already")
        case .invalidEmail:
            self.init(400, #""email" must be an address such as name@example.org"#)
        case .invalidName:
            self.init(400, #""name" must have 1 to 200 characters and no control characters"#)
        case .invalidPermission(let name):
            self.init(
                400,
                #""permissions" must be words such as rotor.operate, and "\#(name)" is none"#)
        case .notAMember:
            self.init(400, "the user is not a member of this organisation; make it one first")
        case .tooMany(let things): self.init(503, "there are too many \(things)")
        }
    }
}

extension APIError {
    init(_ error: SecondFactorError, _ limits: PasswordLimits) {
        switch error {
        case .noPassword:
            self.init(409, "who has no password cannot log in and needs no second factor")
        case .noFactor: self.init(409, "there is no second factor; make one first")
        case .isConfirmed: self.init(409, "the second factor is confirmed already")
        case .needed:
            self.init(
                409, "there is a second factor; this takes one of its codes or recovery codes")
        case .wrong: self.init(400, "the code is wrong, or was used already")
        case .tooManyTries(let wait): self.init(tooManyRequests: wait)
        case .passwords(let error): self.init(error, limits)
        }
    }
}
