import Drivers
import Engine
@testable import Station
import Synchronization
import Testing

@Suite struct LoginsTests {
    fileprivate final class World: Sendable {
        let core = Core(pace: .virtual, seed: 1)
        let edge = SimulatedPasswords()
        let identity: Identity
        let passwords: Passwords
        let logins: Logins
        let eva: User

        init(_ limits: IdentityLimits = IdentityLimits()) throws {
            let (core, edge) = (core, edge)
            (identity, passwords, logins, eva) = try core.perform {
                let identity = Identity(core: core, limits: limits)
                let passwords = Passwords(core: core, edge: edge)
                let logins = Logins(
                    core: core, identity: identity, passwords: passwords, limits: limits)
                let eva = try identity.enter { (identity) throws(IdentityError) in
                    try identity.addUser(NewUser(email: "Eva@example.org"))
                }
                return (identity, passwords, logins, eva)
            }
            try setPassword("open sesame")
        }

        func setPassword(_ text: String) throws {
            let hash = Mutex<PasswordHash?>(nil)
            core.perform {
                passwords.hash(Password(presented: text)) { result in
                    hash.withLock { $0 = try? result.get() }
                }
            }
            run()
            try keepPassword(try #require(hash.withLock { $0 }))
        }

        func keepPassword(_ hash: PasswordHash) throws {
            try core.perform {
                try identity.enter { (identity) throws(IdentityError) in
                    try identity.setPassword(hash, of: eva.id)
                }
            }
        }

        /// Sends a try; `nil` while there is no answer.
        func start(
            _ email: String, _ password: String, from address: String = "a"
        ) -> Answer {
            let answer = Answer()
            core.perform {
                logins.enter { logins in
                    logins.logIn(email, Password(presented: password), from: address) { result in
                        answer.value.withLock { $0 = result }
                    }
                }
            }
            return answer
        }

        func logIn(
            _ email: String, _ password: String, from address: String = "a"
        ) -> Result<User, LoginError>? {
            let answer = start(email, password, from: address)
            run()
            return answer.value.withLock { $0 }
        }

        func run() {
            repeat { core.run(for: .zero) } while edge.answer()
        }

        func tokens() -> [AccessToken] { core.look { identity.enter { $0.allTokens() } } }

        func addLoginToken() throws -> SecretToken {
            try core.perform {
                try identity.enter { (identity) throws(IdentityError) in
                    try identity.addLoginToken(for: eva)
                }
            }
        }
    }

    @Test func `the right password lets in, in any case of the address`() throws {
        let world = try World()
        let answer = world.logIn("EVA@example.ORG", "open sesame")
        #expect(try answer?.get().id == world.eva.id)
    }

    @Test(arguments: [
        ("eva@example.org", "open sesam"), ("eva@example.org", ""),
        ("nobody@example.org", "open sesame"), ("", ""),
        (String(repeating: "x", count: 100_000), "open sesame"),
    ])
    func `a wrong password and an unknown user are told alike, and both cost a hash`(
        email: String, password: String
    ) throws {
        let world = try World()
        let answer = world.start(email, password)
        world.core.run(for: .zero)
        #expect(answer.value.withLock { $0 } == nil, "it waits for a hash")
        world.run()
        #expect(answer.value.withLock { $0 } == .failure(.wrongCredentials))
    }

    @Test func `tries are counted by user, wherever they come from`() throws {
        let world = try World()
        for number in 0..<10 {
            #expect(
                world.logIn("eva@example.org", "no", from: "host \(number)")
                    == .failure(.wrongCredentials))
        }
        #expect(
            world.logIn("Eva@Example.org", "open sesame", from: "other")
                == .failure(.tooManyTries(.seconds(6))))
        #expect(
            world.logIn("bo@example.org", "no", from: "other") == .failure(.wrongCredentials),
            "another user's tries are not counted here")
        world.core.run(for: .seconds(6))
        #expect(try world.logIn("eva@example.org", "open sesame")?.get().id == world.eva.id)
    }

    @Test func `tries are counted by address, and what it may not try counts for no user`() throws {
        let world = try World()
        for number in 0..<30 { _ = world.logIn("user \(number)", "no", from: "a") }
        for _ in 0..<20 {
            #expect(
                world.logIn("eva@example.org", "no", from: "a")
                    == .failure(.tooManyTries(.seconds(2))))
        }
        #expect(
            try world.logIn("eva@example.org", "open sesame", from: "b")?.get().id == world.eva.id)
    }

    @Test func `logging in does not lock anybody out, however often`() throws {
        let world = try World()
        for _ in 0..<100 {
            #expect(try world.logIn("eva@example.org", "open sesame")?.get().id == world.eva.id)
        }
    }

    @Test func `a password that is changed meanwhile lets nobody in`() throws {
        let world = try World()
        let answer = world.start("eva@example.org", "open sesame")
        try world.keepPassword(PasswordHash(stored: "another one's"))
        world.run()
        #expect(answer.value.withLock { $0 } == .failure(.wrongCredentials))
    }

    @Test func `a user keeps so many login tokens, and the oldest goes first`() throws {
        var limits = IdentityLimits()
        limits.loginTokens = 3
        let world = try World(limits)
        _ = try world.core.perform {
            try world.identity.enter { (identity) throws(IdentityError) in
                try identity.addToken(for: "eva@example.org", in: nil, name: "phone")
            }
        }
        var secrets: [SecretToken] = []
        for _ in 0..<5 {
            secrets.append(try world.addLoginToken())
            world.core.run(for: .seconds(1))
        }
        #expect(world.tokens().map(\.name) == ["phone", "login", "login", "login"])
        let callers = secrets.map { secret in
            world.core.look { world.identity.enter { $0.caller(forToken: secret.hash) } } != nil
        }
        #expect(callers == [false, false, true, true, true])
        try world.setPassword("another one")
        #expect(world.tokens().map(\.name) == ["phone"], "the others came from the old password")
    }
}

/// Where a closure leaves its answer.
private final class Answer: Sendable {
    let value = Mutex<Result<User, LoginError>?>(nil)
}
