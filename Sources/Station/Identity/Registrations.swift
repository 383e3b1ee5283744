package import Drivers
package import Engine

/// Lets people make themselves users, where the station is open for that. They may do what every
/// user may, and nothing else.
package actor Registrations: CoreActor {
    package nonisolated let core: Core
    private let identity: Identity
    private let passwords: Passwords
    private let isOpen: Bool
    private var addresses: RateLimiter

    init(core: Core, identity: Identity, passwords: Passwords, isOpen: Bool) {
        self.core = core
        self.identity = identity
        self.passwords = passwords
        self.isOpen = isOpen
        let limits = identity.limits
        addresses = RateLimiter(
            perMinute: limits.registrationsPerMinute, addresses: limits.rateLimitedLogins)
    }

    /// Makes a user; `then` is called once, now or in a later turn.
    package func register(
        _ new: NewUser, _ password: Password, from address: String,
        then: @escaping @Sendable (Result<User, RegistrationError>) -> Void
    ) {
        guard isOpen else { return then(.failure(.closed)) }
        if let wait = addresses.take(address, now: core.now) {
            return then(.failure(.tooManyTries(wait)))
        }
        do throws(IdentityError) {
            // Before anybody waits for a hash.
            try identity.enter { (identity) throws(IdentityError) in try identity.check(new) }
        } catch {
            return then(.failure(.identity(error)))
        }
        passwords.hash(password) { result in
            self.enter { then($0.add(new, result)) }
        }
    }

    private func add(
        _ new: NewUser, _ result: Result<PasswordHash, PasswordError>
    ) -> Result<User, RegistrationError> {
        switch result {
        case .failure(let error): return .failure(.passwords(error))
        case .success(let hash):
            var new = new
            new.passwordHash = hash
            do throws(IdentityError) {
                let user = try identity.enter { (identity) throws(IdentityError) in
                    try identity.addUser(new)
                }
                return .success(user)
            } catch {
                return .failure(.identity(error))
            }
        }
    }
}

/// Why somebody does not become a user.
package enum RegistrationError: Error, Sendable, Equatable {
    /// Here only administrators make users.
    case closed
    /// After how long another try is heard.
    case tooManyTries(Duration)
    case identity(IdentityError)
    case passwords(PasswordError)
}
