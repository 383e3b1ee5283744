import Engine
import Testing

@testable import Drivers
@testable import Station

@Suite struct SecondFactorsTests {
    private let world: LoginWorld

    init() throws {
        world = try LoginWorld()
        world.core.run(for: .seconds(1000))
    }

    private var step: Int64 {
        OneTimeCode.step(at: world.core.look { world.core.utc.nanoseconds } / 1_000_000_000)
    }

    private func code(_ new: FactorEnrolment, _ later: Int64 = 0) throws -> String {
        let key = try #require(Base32.bytes(new.secret))
        return try OneTimeCode.code(key, counter: UInt64(step + later))
    }

    private func enrol(
        _ proof: SecondFactorProof? = nil
    ) throws -> Result<FactorEnrolment, SecondFactorError> {
        let (eva, factors) = (try world.eva, world.factors)
        return try #require(
            world.asked { answer in factors.enter { $0.enrol(eva, proof, then: answer) } })
    }

    private func confirm(_ code: String) throws -> Result<SecondFactor, SecondFactorError> {
        let (eva, factors) = (try world.eva, world.factors)
        return try #require(
            world.asked { answer in
                factors.enter { $0.confirm(eva, Password(presented: code), then: answer) }
            })
    }

    private func remove(_ proof: SecondFactorProof?) throws -> SecondFactorError? {
        let (eva, factors) = (try world.eva, world.factors)
        let result: Result<Void, SecondFactorError>? = world.asked { answer in
            factors.enter { $0.remove(from: eva, proof, then: answer) }
        }
        if case .failure(let error)? = result { return error }
        return nil
    }

    private var factor: SecondFactor? {
        get throws {
            let eva = try world.eva
            return world.core.look { world.factors.enter { $0.factor(of: eva) } }
        }
    }

    private func confirmed() throws -> FactorEnrolment {
        let new = try enrol().get()
        _ = try confirm(code(new)).get()
        return new
    }

    private func logIn(_ proof: SecondFactorProof?) -> Result<Login, LoginError>? {
        world.logIn("eva@example.org", "open sesame", proof)
    }

    // MARK: Enrolment

    @Test func `it is told once, and guards nothing until it is confirmed`() throws {
        #expect(try factor == nil)
        let new = try enrol().get()
        #expect(new.account == "Eva@example.org")
        #expect(new.recoveryCodes.count == 10)
        #expect(try factor?.isConfirmed == false)
        #expect(try logIn(nil)?.get().isMFAVerified == false)
        #expect(try confirm("000000") == .failure(.wrong))
        #expect(try confirm(code(new)).get().isConfirmed)
        #expect(try confirm(code(new, 1)) == .failure(.isConfirmed))
        #expect(logIn(nil) == .failure(.secondFactorNeeded))
    }

    @Test func `before it is confirmed another takes its place`() throws {
        let first = try enrol().get()
        let second = try enrol().get()
        #expect(first.secret != second.secret)
        #expect(try confirm(code(first)) == .failure(.wrong))
        #expect(try confirm(code(second)).get().isConfirmed)
    }

    @Test func `a confirmed one is replaced with a proof only`() throws {
        let first = try confirmed()
        #expect(try enrol() == .failure(.needed))
        #expect(try enrol(.code("000000")) == .failure(.wrong))
        #expect(try enrol(.code(code(first))) == .failure(.wrong), "it has confirmed already")
        _ = try enrol(.code(code(first, 1))).get()
        #expect(try factor?.isConfirmed == false)
    }

    @Test func `one that is confirmed while another is made stays`() throws {
        let (eva, factors) = (try world.eva, world.factors)
        let new = try enrol().get()
        let code = try code(new)
        let confirming = world.started { answer in
            factors.enter { $0.confirm(eva, Password(presented: code), then: answer) }
        }
        let making = world.started { answer in
            factors.enter { $0.enrol(eva, nil, then: answer) }
        }
        world.run()
        #expect(try confirming.value?.get().isConfirmed == true)
        #expect(making.value == .failure(.needed))
        #expect(try factor?.isConfirmed == true)
    }

    @Test func `who has no password has no use for one`() throws {
        try world.core.perform {
            try world.identity.enter { (identity) throws(IdentityError) in
                _ = try identity.addUser(NewUser(email: "bot@b"))
            }
        }
        let (bot, factors) = (try world.user("bot@b"), world.factors)
        let result = world.asked { answer in factors.enter { $0.enrol(bot, nil, then: answer) } }
        #expect(result == .failure(.noPassword))
    }

    // MARK: Logging in

    @Test func `a code lets in once, and no older one after it`() throws {
        let new = try confirmed()
        #expect(try logIn(.code(code(new))) == .failure(.wrongSecondFactor), "it has confirmed")
        let next = try code(new, 1)
        #expect(try logIn(.code(next))?.get().isMFAVerified == true)
        #expect(logIn(.code(next)) == .failure(.wrongSecondFactor))
        world.core.run(for: .seconds(60))
        #expect(try logIn(.code(code(new, -1))) == .failure(.wrongSecondFactor), "the same step")
        #expect(try logIn(.code(code(new)))?.get().isMFAVerified == true)
    }

    @Test func `of two at once with the same code one comes in`() throws {
        let new = try confirmed()
        let next = try code(new, 1)
        let tries = (0..<2).map { _ in
            world.start("eva@example.org", "open sesame", .code(next))
        }
        world.run()
        #expect(tries.count { (try? $0.value?.get()) != nil } == 1)
        let same = new.recoveryCodes[0]
        let more = (0..<2).map { _ in
            world.start("eva@example.org", "open sesame", .recovery(same))
        }
        world.run()
        #expect(more.count { (try? $0.value?.get()) != nil } == 1)
    }

    @Test func `each recovery code lets in once`() throws {
        let new = try confirmed()
        for (index, text) in new.recoveryCodes.enumerated() {
            #expect(try logIn(.recovery(text))?.get().isMFAVerified == true)
            #expect(logIn(.recovery(text)) == .failure(.wrongSecondFactor))
            #expect(try factor?.recoveryCodesLeft == 9 - index)
            world.core.run(for: .seconds(6))
        }
    }

    @Test func `of a second factor only who knows the password hears`() throws {
        let new = try confirmed()
        for proof: SecondFactorProof? in [nil, .code("000000"), .recovery(new.recoveryCodes[0])] {
            #expect(
                world.logIn("eva@example.org", "no", proof) == .failure(.wrongCredentials))
        }
        #expect(try factor?.recoveryCodesLeft == 10)
    }

    @Test func `a wrong code counts as a try, being asked for one does not`() throws {
        _ = try confirmed()
        for _ in 0..<30 { #expect(logIn(nil) == .failure(.secondFactorNeeded)) }
        for _ in 0..<10 { #expect(logIn(.code("x")) == .failure(.wrongSecondFactor)) }
        #expect(logIn(nil) == .failure(.tooManyTries(.seconds(6))))
    }

    @Test func `after so many wrong codes in a day only recovery codes are heard`() throws {
        let new = try confirmed()
        for _ in 0..<20 {
            #expect(logIn(.code("000000")) == .failure(.wrongSecondFactor))
            world.core.run(for: .seconds(6))
        }
        guard case .failure(.tooManyTries(let wait))? = try logIn(.code(code(new))) else {
            Issue.record("the right one is heard")
            return
        }
        #expect(wait > .seconds(23 * 3600))
        #expect(try remove(.code(code(new))) == .tooManyTries(wait))
        #expect(try logIn(.recovery(new.recoveryCodes[0]))?.get().isMFAVerified == true)
        world.core.run(for: wait)
        #expect(try logIn(.code(code(new)))?.get().isMFAVerified == true)
    }

    @Test func `a token knows what its login has shown, after a restart too`() throws {
        let tokens = try [false, true].map { try world.addLoginToken(isMFAVerified: $0) }
        #expect(tokens.map { world.caller($0)?.isMFAVerified } == [false, true])
        let rows = world.tokens().map(\.row)
        #expect(rows.map { $0.columns.map(\.name).contains("is_mfa_verified") } == [false, true])
        #expect(rows.map { AccessToken.stored($0)?.isMFAVerified } == [false, true])
    }

    // MARK: Its end

    @Test func `its owner removes it with a proof, and tokens stay`() throws {
        #expect(try remove(nil) == .noFactor)
        _ = try enrol().get()
        #expect(try remove(nil) == nil, "it guarded nothing")
        let new = try confirmed()
        let token = try world.addLoginToken(isMFAVerified: true)
        #expect(try remove(nil) == .needed)
        #expect(try remove(.code("000000")) == .wrong)
        #expect(try remove(.recovery(new.recoveryCodes[3])) == nil)
        #expect(try factor == nil)
        #expect(world.caller(token)?.isMFAVerified == true)
        #expect(try logIn(nil)?.get().isMFAVerified == false)
    }

    @Test func `an administrator takes it, and the user's logins end`() throws {
        _ = try confirmed()
        let token = try world.addLoginToken(isMFAVerified: true)
        let eva = try world.eva
        try world.core.perform {
            try world.factors.enter { (factors) throws(SecondFactorError) in
                try factors.reset(eva)
            }
        }
        #expect(try factor == nil)
        #expect(world.caller(token) == nil)
        #expect(throws: SecondFactorError.noFactor) {
            try world.core.perform {
                try world.factors.enter { (factors) throws(SecondFactorError) in
                    try factors.reset(eva)
                }
            }
        }
    }
}
