import Engine
import Synchronization
import Testing

@testable import Drivers
@testable import Station

/// A user with a password, and the doors that she logs in by.
final class LoginWorld: Sendable {
    let core = Core(pace: .virtual, seed: 1)
    let edge = SimulatedPasswords()
    let identity: Identity
    let passwords: Passwords
    let factors: SecondFactors
    let logins: Logins

    init(_ limits: IdentityLimits = IdentityLimits()) throws {
        let (core, edge) = (core, edge)
        (identity, passwords, factors, logins) = try core.perform {
            let identity = Identity(core: core, limits: limits)
            let passwords = Passwords(core: core, edge: edge)
            let factors = SecondFactors(
                core: core, identity: identity, passwords: passwords, limits: limits)
            let logins = Logins(
                core: core, identity: identity, passwords: passwords, factors: factors,
                limits: limits)
            try identity.enter { (identity) throws(IdentityError) in
                _ = try identity.addUser(NewUser(email: "Eva@example.org"))
            }
            return (identity, passwords, factors, logins)
        }
        try setPassword("open sesame")
    }

    var eva: User {
        get throws { try user("eva@example.org") }
    }

    func user(_ name: String) throws -> User {
        try core.look {
            try identity.enter { (identity) throws(IdentityError) in
                try identity.user(named: name)
            }
        }
    }

    func setPassword(_ text: String) throws {
        let hash: Result<PasswordHash, PasswordError>? = asked { answer in
            self.passwords.hash(Password(presented: text), then: answer)
        }
        try keepPassword(try #require(try hash?.get()))
    }

    func keepPassword(_ hash: PasswordHash) throws {
        try core.perform {
            try identity.enter { (identity) throws(IdentityError) in
                try identity.setPassword(hash, of: "eva@example.org")
            }
        }
    }

    /// Sends a try; its answer is nil while there is none.
    func start(
        _ email: String, _ password: String, _ proof: SecondFactorProof? = nil,
        from address: String = "a"
    ) -> LeftAnswer<Result<Login, LoginError>> {
        started { answer in
            self.logins.enter { logins in
                logins.logIn(
                    email, Password(presented: password), secondFactor: proof, from: address,
                    then: answer)
            }
        }
    }

    func logIn(
        _ email: String, _ password: String, _ proof: SecondFactorProof? = nil,
        from address: String = "a"
    ) -> Result<Login, LoginError>? {
        let answer = start(email, password, proof, from: address)
        run()
        return answer.value
    }

    /// Asks on the core, and waits for what it answers.
    func asked<Value: Sendable>(
        _ ask: @escaping @Sendable (@escaping @Sendable (Value) -> Void) -> Void
    ) -> Value? {
        let answer = started(ask)
        run()
        return answer.value
    }

    func started<Value: Sendable>(
        _ ask: @escaping @Sendable (@escaping @Sendable (Value) -> Void) -> Void
    ) -> LeftAnswer<Value> {
        let answer = LeftAnswer<Value>()
        core.perform { ask { answer.leave($0) } }
        return answer
    }

    func run() {
        repeat { core.run(for: .zero) } while edge.answer()
    }

    func tokens() -> [AccessToken] { core.look { identity.enter { $0.allTokens() } } }

    func addLoginToken(isMFAVerified: Bool = false) throws -> SecretToken {
        let eva = try eva
        return try core.perform {
            try identity.enter { (identity) throws(IdentityError) in
                try identity.addLoginToken(for: eva, isMFAVerified: isMFAVerified)
            }
        }
    }

    func caller(_ token: SecretToken) -> Caller? {
        core.look { identity.enter { $0.caller(forToken: token.hash) } }
    }
}

/// Where a closure leaves its answer.
final class LeftAnswer<Value: Sendable>: Sendable {
    private let left = Mutex<Value?>(nil)

    var value: Value? { left.withLock { $0 } }

    func leave(_ value: Value) {
        left.withLock { $0 = value }
    }
}
