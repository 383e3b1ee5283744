import Drivers
import Engine
@testable import Station
import Testing

@Suite struct LoginsTests {
    @Test func `the right password lets in, in any case of the address`() throws {
        let world = try LoginWorld()
        let answer = world.logIn("EVA@example.ORG", "open sesame")
        #expect(try answer?.get().user.id == world.eva.id)
    }

    @Test(arguments: [
        ("eva@example.org", "open sesam"), ("eva@example.org", ""),
        ("nobody@example.org", "open sesame"), ("", ""),
        (String(repeating: "x", count: 100_000), "open sesame"),
    ])
    func `a wrong password and an unknown user are told alike, and both cost a hash`(
        email: String, password: String
    ) throws {
        let world = try LoginWorld()
        let answer = world.start(email, password)
        world.core.run(for: .zero)
        #expect(answer.value == nil, "it waits for a hash")
        world.run()
        #expect(answer.value == .failure(.wrongCredentials))
    }

    @Test func `tries are counted by user, wherever they come from`() throws {
        let world = try LoginWorld()
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
        #expect(try world.logIn("eva@example.org", "open sesame")?.get().user.id == world.eva.id)
    }

    @Test func `tries are counted by address, and what it may not try counts for no user`() throws {
        let world = try LoginWorld()
        for number in 0..<30 { _ = world.logIn("user \(number)", "no", from: "a") }
        for _ in 0..<20 {
            #expect(
                world.logIn("eva@example.org", "no", from: "a")
                    == .failure(.tooManyTries(.seconds(2))))
        }
        #expect(
            try world.logIn("eva@example.org", "open sesame", from: "b")?.get().user.id
                == world.eva.id)
    }

    @Test func `logging in does not lock anybody out, however often`() throws {
        let world = try LoginWorld()
        for _ in 0..<100 {
            #expect(
                try world.logIn("eva@example.org", "open sesame")?.get().user.id == world.eva.id)
        }
    }

    @Test func `a password that is changed meanwhile lets nobody in`() throws {
        let world = try LoginWorld()
        let answer = world.start("eva@example.org", "open sesame")
        try world.keepPassword(PasswordHash(stored: "another one's"))
        world.run()
        #expect(answer.value == .failure(.wrongCredentials))
    }

    @Test func `a user keeps so many login tokens, and the oldest goes first`() throws {
        var limits = IdentityLimits()
        limits.loginTokens = 3
        let world = try LoginWorld(limits)
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
        #expect(secrets.map { world.caller($0) != nil } == [false, false, true, true, true])
        try world.setPassword("another one")
        #expect(world.tokens().map(\.name) == ["phone"], "the others came from the old password")
    }
}
