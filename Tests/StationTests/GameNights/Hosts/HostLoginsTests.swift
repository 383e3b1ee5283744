import Drivers
import Engine
import Synchronization
import TestSupport
import Testing

@testable import Station

/// Hosts' logins in virtual time, with the real key.
@Suite(.runsTwice) struct HostLoginsTests {
    private final class World: Sendable {
        let core: Core
        let rows: KeptRows
        let logins: HostLogins

        init(
            _ limits: GameNightLimits = GameNightLimits(), rows: KeptRows = KeptRows(),
            utc: Int64 = 1_800_000_000, key: String = "let us play"
        ) {
            let core = Core(
                pace: .virtual, seed: 1, utc: UTCTime(nanoseconds: utc * 1_000_000_000),
                store: rows)
            logins = core.perform {
                let logins = HostLogins(
                    core: core, desk: HostDesk(core: core, edge: HostKey(key)), limits: limits,
                    addresses: 100)
                logins.enter { $0.start(rows.rows("host_logins")) }
                return logins
            }
            (self.core, self.rows) = (core, rows)
        }

        deinit {
            TraceLog.current?.note(core)
        }

        func logIn(
            _ key: String = "let us play", from address: String = "a"
        ) -> Result<String, HostLoginError>? {
            let box = Box()
            core.perform {
                logins.enter { logins in
                    logins.logIn(Password(presented: key), from: address) { result in
                        box.value.withLock { $0 = result }
                    }
                }
            }
            core.run(for: .zero)
            return box.value.withLock { $0 }
        }

        /// A second later, as two of one second are the same.
        func token() throws -> String {
            core.run(for: .seconds(1))
            return try #require(try logIn()?.get())
        }

        func isHost(_ token: String) -> Bool { core.look { logins.enter { $0.isHost(token) } } }
    }

    private final class Box: Sendable {
        let value = Mutex<Result<String, HostLoginError>?>(nil)
    }

    @Test func `the key opens the door for a day`() throws {
        let world = World()
        let token = try world.token()
        #expect(world.isHost(token))
        world.core.run(for: .seconds(86_399))
        #expect(world.isHost(token))
        world.core.run(for: .seconds(1))
        #expect(!world.isHost(token))
    }

    @Test func `only the whole token counts`() throws {
        let world = World()
        let token = try world.token()
        let parts = token.split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        for wrong in [
            "", ".", "..", parts[2], "." + parts[2], parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + ".", "x." + parts[1] + "." + parts[2],
            parts[1] + "." + parts[0] + "." + parts[2], token + "=", token + ".", " " + token,
            token.lowercased(),
        ] {
            #expect(!world.isHost(wrong), "\(wrong)")
        }
        // Signed with the same key, but not given out here.
        let own = HostKey("let us play")?.token(
            for: Password(presented: "let us play"), issuedAt: 1, expiresAt: 4_000_000_000)
        #expect(!world.isHost(try #require(own)))
    }

    @Test func `a wrong key is heard ten times a minute, from each address`() throws {
        let world = World()
        for _ in 0..<10 { #expect(world.logIn("guess") == .failure(.wrongKey)) }
        guard case .failure(.tooManyTries(let wait))? = world.logIn() else {
            Issue.record("an eleventh try was heard")
            return
        }
        #expect(wait > .zero && wait <= .seconds(6))
        #expect(world.logIn("guess", from: "b") == .failure(.wrongKey))
        world.core.run(for: wait)
        #expect(try world.logIn()?.get() != nil)
    }

    @Test func `whoever knows the key may log in as often as they like`() throws {
        let world = World()
        for _ in 0..<50 { #expect(try world.logIn()?.get() != nil) }
    }

    @Test func `logins outlive the station, what ended meanwhile is forgotten`() throws {
        let world = World()
        let early = try world.token()
        world.core.run(for: .seconds(50_000))
        let late = try world.token()
        let next = World(rows: world.rows, utc: 1_800_090_000)
        #expect(!next.isHost(early))
        #expect(next.isHost(late))
        #expect(next.rows.rows("host_logins").count == 2)
        let third = try next.token()
        #expect(next.rows.rows("host_logins").count == 2, "the row of the early one is gone")
        #expect(next.isHost(third) && next.isHost(late))
    }

    @Test func `the oldest of too many ends`() throws {
        var limits = GameNightLimits()
        limits.logins = 2
        let world = World(limits)
        let tokens = [try world.token(), try world.token(), try world.token()]
        #expect(tokens.map(world.isHost) == [false, true, true])
        #expect(world.rows.rows("host_logins").count == 2)
    }
}
