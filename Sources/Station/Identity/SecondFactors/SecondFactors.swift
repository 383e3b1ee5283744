package import Drivers
package import Engine

/// Second factors of users: made, confirmed, asked for and removed.
///
/// Secrets are made and codes are checked where passwords are, outside of the core. One factor at
/// most belongs to each user, so there are no more than users.
package actor SecondFactors: CoreActor {
    /// Called once, now or in a later turn.
    package typealias Answer<Value> = @Sendable (Result<Value, SecondFactorError>) -> Void

    package nonisolated let core: Core
    private let identity: Identity
    private let passwords: Passwords
    private var factors: [String: SecondFactor] = [:]
    private var wrongCodes: WrongCodes

    package init(
        core: Core, identity: Identity, passwords: Passwords,
        limits: IdentityLimits = IdentityLimits()
    ) {
        self.core = core
        self.identity = identity
        self.passwords = passwords
        wrongCodes = WrongCodes(limits)
    }

    package func start(_ rows: [StoreRow]) {
        for factor in rows.compactMap(SecondFactor.init(stored:)) { factors[factor.user] = factor }
    }

    /// What a user has; nil for nothing.
    package func factor(of user: User) -> SecondFactor? { factors[user.id] }

    // MARK: By its owner

    /// Makes a new one, in the place of one that is not confirmed; it is told this once.
    ///
    /// - Parameter proof: of the confirmed one, which is gone from then on.
    package func enrol(
        _ user: User, _ proof: SecondFactorProof?, then: @escaping Answer<FactorEnrolment>
    ) {
        guard user.hasPassword else { return then(.failure(.noPassword)) }
        demand(proof, of: user) { result in
            switch result {
            case .failure(let error): then(.failure(error))
            case .success(let proven):
                self.passwords.makeFactor { result in
                    self.enter { then($0.enrolled(user, result, instead: proven)) }
                }
            }
        }
    }

    private func enrolled(
        _ user: User, _ result: Result<NewFactor, PasswordError>, instead old: SecondFactor?
    ) -> Result<FactorEnrolment, SecondFactorError> {
        switch result {
        case .failure(let error): return .failure(.passwords(error))
        case .success(let new):
            // Meanwhile another one may have been confirmed, which no proof was for.
            if let now = factors[user.id], now.isConfirmed, now.secret != old?.secret {
                return .failure(.needed)
            }
            keep(SecondFactor(user: user.id, new, at: core.utc))
            return .success(
                FactorEnrolment(
                    secret: new.secret.base32, recoveryCodes: new.recoveryCodes,
                    account: user.email))
        }
    }

    /// From here on logging in takes a code.
    package func confirm(_ user: User, _ code: Password, then: @escaping Answer<SecondFactor>) {
        guard let factor = factors[user.id] else { return then(.failure(.noFactor)) }
        guard !factor.isConfirmed else { return then(.failure(.isConfirmed)) }
        prove(factor, by: .code(code), then: then)
    }

    /// - Parameter proof: of a confirmed one; another guards nothing.
    package func remove(
        from user: User, _ proof: SecondFactorProof?, then: @escaping Answer<Void>
    ) {
        guard factors[user.id] != nil else { return then(.failure(.noFactor)) }
        demand(proof, of: user) { result in
            self.enter { factors in
                if case .success = result { factors.drop(user) }
                then(result.map { _ in })
            }
        }
    }

    // MARK: By others

    /// Takes it from a user who has lost everything, and ends what their logins let in.
    package func reset(_ user: User) throws(SecondFactorError) {
        guard factors[user.id] != nil else { throw .noFactor }
        drop(user)
        wrongCodes.forget(user.id)
        identity.enter { $0.endLogins(of: user.id) }
    }

    /// Asks for the proof of a confirmed factor; `then` is told the factor, nil when there is none
    /// that counts.
    package func demand(
        _ proof: SecondFactorProof?, of user: User, then: @escaping Answer<SecondFactor?>
    ) {
        guard let factor = factors[user.id], factor.isConfirmed else { return then(.success(nil)) }
        guard let proof else { return then(.failure(.needed)) }
        prove(factor, by: proof) { then($0.map { $0 }) }
    }

    // MARK: Proofs

    private func prove(
        _ factor: SecondFactor, by proof: SecondFactorProof, then: @escaping Answer<SecondFactor>
    ) {
        switch proof {
        case .code(let text):
            if let wait = wrongCodes.take(factor.user, now: core.now) {
                return then(.failure(.tooManyTries(wait)))
            }
            passwords.step(of: text, factor.secret, seconds: core.utc.nanoseconds / 1_000_000_000) {
                result in
                self.enter { factors in
                    let taken = factors.taken(factor, result) { $0.take(step: $1) }
                    if taken != .failure(.wrong) { factors.wrongCodes.putBack(factor.user) }
                    then(taken)
                }
            }
        case .recovery(let text):
            passwords.recovery(of: text, in: factor.recovery) { result in
                self.enter { factors in then(factors.taken(factor, result) { $0.take($1) }) }
            }
        }
    }

    /// Takes what was found, unless the factor has been replaced or it has been taken meanwhile.
    private func taken<Found>(
        _ factor: SecondFactor, _ result: Result<Found?, PasswordError>,
        _ take: (inout SecondFactor, Found) -> Bool
    ) -> Result<SecondFactor, SecondFactorError> {
        switch result {
        case .failure(let error): return .failure(.passwords(error))
        case .success(let found):
            guard let found, var now = factors[factor.user], now.secret == factor.secret,
                take(&now, found)
            else { return .failure(.wrong) }
            keep(now)
            return .success(now)
        }
    }

    private func keep(_ factor: SecondFactor) {
        factors[factor.user] = factor
        core.write(.put(table: "second_factors", row: factor.row))
    }

    private func drop(_ user: User) {
        factors[user.id] = nil
        core.write(.delete(table: "second_factors", key: ["user_id": .text(user.id)]))
    }
}
