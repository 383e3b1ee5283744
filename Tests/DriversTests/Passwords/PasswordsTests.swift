import Drivers
import Engine
import Synchronization
import Testing

@Suite struct PasswordsTests {
    private final class World: Sendable {
        let core = Core(pace: .virtual, seed: 1)
        let edge = SimulatedPasswords()
        let passwords: Passwords
        let answers = Mutex<[String]>([])

        init(waiting: Int = 16) {
            var limits = PasswordLimits()
            limits.waitingJobs = waiting
            let (core, edge, bounds) = (core, edge, limits)
            passwords = core.perform { Passwords(core: core, edge: edge, limits: bounds) }
        }

        func note(_ answer: String) { answers.withLock { $0.append(answer) } }

        func run() {
            repeat { core.run(for: .zero) } while edge.answer()
        }
    }

    @Test func `what is hashed is found right, and only that`() throws {
        let world = World()
        let password = Password(presented: "secret")
        let kept = Mutex<PasswordHash?>(nil)
        world.core.perform {
            world.passwords.hash(password) { result in kept.withLock { $0 = try? result.get() } }
        }
        #expect(kept.withLock { $0 } == nil, "never in the turn of the question")
        world.run()
        let hash = try #require(kept.withLock { $0 })
        world.core.perform {
            world.passwords.verify(password, hash) { world.note("right \($0)") }
            world.passwords.verify(Password(presented: "x"), hash) { world.note("wrong \($0)") }
            world.passwords.verify(password, nil) { world.note("nobody \($0)") }
        }
        world.run()
        #expect(
            world.answers.withLock { $0 } == [
                "right success(true)", "wrong success(false)", "nobody success(false)",
            ])
    }

    @Test func `only so many wait; the next may when one is answered`() {
        let world = World(waiting: 2)
        let ask = { (name: String) in
            world.core.perform {
                world.passwords.verify(Password(presented: "x"), nil) { result in
                    world.note(name + (result == .failure(.busy) ? " busy" : ""))
                }
            }
        }
        for name in ["a", "b", "c"] { ask(name) }
        #expect(world.answers.withLock { $0 } == ["c busy"])
        world.run()
        ask("d")
        world.run()
        #expect(world.answers.withLock { $0 } == ["c busy", "a", "b", "d"])
    }

    @Test func `a failure and a report of nobody's job are heard for what they are`() {
        let world = World()
        world.core.perform {
            world.passwords.hash(Password(presented: "x")) { result in
                world.note(result == .failure(.failed) ? "failed" : "hashed")
            }
        }
        world.passwords.hear(PasswordReport(job: 77, result: .verified(true)))
        world.passwords.hear(PasswordReport(job: 1, result: .failed))
        world.core.run(for: .zero)
        #expect(world.answers.withLock { $0 } == ["failed"])
    }
}
