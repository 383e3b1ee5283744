package import Drivers
package import Engine

/// Lets users in who know their passwords, and have their second factors.
///
/// Nobody learns from the answer, or from how long it takes, which users there are; of a second
/// factor only who knows the password. Tries are counted by address and by user; those that succeed
/// do not count.
package actor Logins: CoreActor {
    package nonisolated let core: Core
    private let identity: Identity
    private let passwords: Passwords
    private let factors: SecondFactors
    private let limits: IdentityLimits
    private var addresses: RateLimiter
    private var users: RateLimiter

    init(
        core: Core, identity: Identity, passwords: Passwords, factors: SecondFactors,
        limits: IdentityLimits = IdentityLimits()
    ) {
        self.core = core
        self.identity = identity
        self.passwords = passwords
        self.factors = factors
        self.limits = limits
        addresses = RateLimiter(
            perMinute: limits.loginsPerMinuteAndAddress, addresses: limits.rateLimitedLogins)
        users = RateLimiter(
            perMinute: limits.loginsPerMinuteAndUser, addresses: limits.rateLimitedLogins)
    }

    /// Looks whether a user may come in; `then` is called once, now or in a later turn.
    ///
    /// - Parameter proof: of the second factor, for a user who has one.
    package func logIn(
        _ email: String, _ password: Password, secondFactor proof: SecondFactorProof? = nil,
        from address: String, then: @escaping @Sendable (Result<Login, LoginError>) -> Void
    ) {
        // Longer ones are nobody's; what is remembered of them is bounded.
        let name = String(email.lowercased().prefix(limits.emailCharacters))
        let wait = addresses.take(address, now: core.now) ?? users.take(name, now: core.now)
        if let wait { return then(.failure(.tooManyTries(wait))) }
        @Sendable func end(_ result: Result<Login, LoginError>) {
            enter { $0.count(result, from: address, name: name) }
            then(result)
        }
        let hash = identity.enter { $0.user(email: email) }?.passwordHash
        passwords.verify(password, hash) { result in
            self.enter { logins in
                switch logins.verdict(result, email: email, hash) {
                case .success(let user): logins.demand(proof, of: user, then: end)
                case .failure(let error): end(.failure(error))
                }
            }
        }
    }

    private func verdict(
        _ result: Result<Bool, PasswordError>, email: String, _ hash: PasswordHash?
    ) -> Result<User, LoginError> {
        switch result {
        case .success(true):
            // Meanwhile the password may have been changed.
            guard let user = identity.enter({ $0.user(email: email) }), user.passwordHash == hash
            else { return .failure(.wrongCredentials) }
            return .success(user)
        case .success(false): return .failure(.wrongCredentials)
        case .failure(let error): return .failure(.passwords(error))
        }
    }

    private func demand(
        _ proof: SecondFactorProof?, of user: User,
        then: @escaping @Sendable (Result<Login, LoginError>) -> Void
    ) {
        factors.enter { factors in
            factors.demand(proof, of: user) { result in
                then(
                    result.map { Login(user: user, isMFAVerified: $0 != nil) }
                        .mapError(LoginError.init))
            }
        }
    }

    /// What guesses counts; what only waits, or asks for more, does not.
    private func count(_ result: Result<Login, LoginError>, from address: String, name: String) {
        switch result {
        case .failure(.wrongCredentials), .failure(.wrongSecondFactor): break
        case .success, .failure: putBack(address, name)
        }
    }

    private func putBack(_ address: String, _ name: String) {
        addresses.putBack(address)
        users.putBack(name)
    }
}

/// Somebody who has come in.
package struct Login: Sendable, Equatable {
    package let user: User
    /// Whether a second factor was shown.
    package let isMFAVerified: Bool

    package init(user: User, isMFAVerified: Bool) {
        self.user = user
        self.isMFAVerified = isMFAVerified
    }
}

/// Why somebody may not come in.
package enum LoginError: Error, Sendable, Equatable {
    /// No such user, no password, or another one.
    case wrongCredentials
    /// After how long another try is heard.
    case tooManyTries(Duration)
    /// The password is right, and there is a second factor to show.
    case secondFactorNeeded
    /// The password is right, and the code is another one or was taken already.
    case wrongSecondFactor
    case passwords(PasswordError)

    init(_ error: SecondFactorError) {
        switch error {
        case .tooManyTries(let wait): self = .tooManyTries(wait)
        case .passwords(let error): self = .passwords(error)
        case .wrong: self = .wrongSecondFactor
        case .needed, .noFactor, .noPassword, .isConfirmed: self = .secondFactorNeeded
        }
    }
}
