package import Drivers
package import Engine

/// Lets users in who know their passwords.
///
/// Nobody learns from the answer, or from how long it takes, which users there are. Tries are
/// counted by address and by user; those that succeed do not count.
package actor Logins: CoreActor {
    package nonisolated let core: Core
    private let identity: Identity
    private let passwords: Passwords
    private let limits: IdentityLimits
    private var addresses: RateLimiter
    private var users: RateLimiter

    init(
        core: Core, identity: Identity, passwords: Passwords,
        limits: IdentityLimits = IdentityLimits()
    ) {
        self.core = core
        self.identity = identity
        self.passwords = passwords
        self.limits = limits
        addresses = RateLimiter(
            perMinute: limits.loginsPerMinuteAndAddress, addresses: limits.rateLimitedLogins)
        users = RateLimiter(
            perMinute: limits.loginsPerMinuteAndUser, addresses: limits.rateLimitedLogins)
    }

    /// Looks whether a user may come in; `then` is called once, now or in a later turn.
    package func logIn(
        _ email: String, _ password: Password, from address: String,
        then: @escaping @Sendable (Result<User, LoginError>) -> Void
    ) {
        // Longer ones are nobody's; what is remembered of them is bounded.
        let name = String(email.lowercased().prefix(limits.emailCharacters))
        let wait = addresses.take(address, now: core.now) ?? users.take(name, now: core.now)
        if let wait { return then(.failure(.tooManyTries(wait))) }
        let hash = identity.enter { $0.user(email: email) }?.passwordHash
        passwords.verify(password, hash) { result in
            self.enter { logins in
                then(logins.verdict(result, email: email, hash, from: address, name: name))
            }
        }
    }

    private func verdict(
        _ result: Result<Bool, PasswordError>, email: String, _ hash: PasswordHash?,
        from address: String, name: String
    ) -> Result<User, LoginError> {
        switch result {
        case .success(true):
            // Meanwhile the password may have been changed.
            guard let user = identity.enter({ $0.user(email: email) }), user.passwordHash == hash
            else { return .failure(.wrongCredentials) }
            putBack(address, name)
            return .success(user)
        case .success(false): return .failure(.wrongCredentials)
        case .failure(let error):
            putBack(address, name)
            return .failure(.passwords(error))
        }
    }

    private func putBack(_ address: String, _ name: String) {
        addresses.putBack(address)
        users.putBack(name)
    }
}

/// Why somebody may not come in.
package enum LoginError: Error, Sendable, Equatable {
    /// No such user, no password, or another one.
    case wrongCredentials
    /// After how long another try is heard.
    case tooManyTries(Duration)
    case passwords(PasswordError)
}
