import Drivers
import Engine
import TestSupport
import Testing

/// What every room service does, whatever is behind it.
@Suite(.runsTwice) struct RoomContractTests {
    private func run(
        _ driver: RoomDriver, _ name: String, for duration: Duration = .seconds(300)
    ) throws -> RoomUnderTest {
        let run = try RoomUnderTest(driver, .file(name))
        run.watch()
        run.pass(duration)
        return run
    }

    @Test(arguments: RoomDriver.allCases)
    func `a whole game is seen, and ends once`(driver: RoomDriver) throws {
        let run = try run(driver, "quick-lobby")
        #expect(run.eventsOfTheFirstTurn == [], "nothing is reported within the call")
        #expect(run.course == ["connected", "status", "room_closed"])
        let last = try #require(run.statuses.last)
        #expect(last.players == ["ALICE", "BOB", "CAROL"])
        #expect(last.appTag == "drawful2international" && last.maxPlayers == 8)
        #expect(last.hasStarted && last.hasFinished)
        #expect(run.statuses.map(\.players.count).filter { $0 > 0 }.first == 1)
        #expect(run.statuses.map(\.lobbyState).contains("CanStart"))
        let events = run.events
        run.stop()
        run.pass(.seconds(60))
        #expect(run.events == events, "nothing follows the end")
    }

    @Test(arguments: RoomDriver.allCases)
    func `what has begun stays so`(driver: RoomDriver) throws {
        for name in ["quick-lobby", "trivia-no-notices", "drops-and-returns", "garbage"] {
            let statuses = try run(driver, name).statuses
            for (old, new) in zip(statuses, statuses.dropFirst()) {
                #expect(new.players.count >= old.players.count)
                #expect(new.hasStarted || !old.hasStarted)
                #expect(new.hasFinished || !old.hasFinished)
            }
            #expect(statuses.last?.hasFinished == true, "\(name)")
        }
    }

    @Test(
        arguments: RoomDriver.allCases,
        [
            ("never-found", "room_not_found"), ("refused-shard", "role_rejected"),
        ])
    func `a room that cannot be watched says why, and nothing else`(
        driver: RoomDriver, fixture: (name: String, end: String)
    ) throws {
        let run = try run(driver, fixture.name)
        #expect(run.course == [fixture.end])
        #expect(run.eventsOfTheFirstTurn == [])
    }

    @Test(arguments: RoomDriver.allCases)
    func `a service that nobody reaches is a failed connection`(driver: RoomDriver) {
        var fixture = RoomFixture()
        fixture.lookUps = [RoomFixture.Reply(.unreachable)]
        let run = RoomUnderTest(driver, fixture)
        run.watch()
        run.pass(.seconds(60))
        #expect(run.course == ["connection_failed"])
    }

    @Test(arguments: RoomDriver.allCases)
    func `a lost connection is told, and the way back`(driver: RoomDriver) throws {
        let run = try run(driver, "drops-and-returns")
        #expect(
            run.course == [
                "connected", "status", "interrupted", "connected", "status", "interrupted",
                "connected", "status", "room_closed",
            ])
        #expect(run.statuses.last?.players == ["ALICE", "BOB", "CAROL"])
    }

    @Test(arguments: RoomDriver.allCases)
    func `a stopped watch says nothing more`(driver: RoomDriver) throws {
        let early = try RoomUnderTest(driver, .file("quick-lobby"))
        early.watch()
        early.stop()
        early.pass(.seconds(120))
        #expect(early.events.isEmpty)
        let conditions: [@Sendable (RoomEvent) -> Bool] = [
            { if case .connected = $0 { true } else { false } }, { $0 == .interrupted },
            { if case .status(let status) = $0 { status.hasStarted } else { false } },
        ]
        for condition in conditions {
            let late = try RoomUnderTest(driver, .file("drops-and-returns"))
            late.stop(when: condition)
            late.watch()
            late.pass(.seconds(200))
            #expect(late.events.filter(condition).count == 1)
            #expect(late.events.last.map(condition) == true)
        }
    }

    @Test(arguments: RoomDriver.allCases)
    func `a stopped or ended watch leaves nothing behind`(driver: RoomDriver) throws {
        for (name, stops) in [
            ("quick-lobby", true), ("quick-lobby", false), ("never-found", false),
        ] {
            let run = try run(driver, name, for: .seconds(stops ? 30 : 200))
            if stops { run.stop() }
            run.pass(.seconds(60))
            let core = run.world.core
            #expect(core.perform { core.nextDue } == nil, "a timer is still armed")
        }
    }

    @Test func `both drivers see the same`() throws {
        for name in [
            "quick-lobby", "trivia-no-notices", "departed-player", "closes-in-mid-game",
            "drops-and-returns", "unsteady-service", "garbage",
        ] {
            let runs = try RoomDriver.allCases.map { try run($0, name) }
            #expect(runs[0].course == runs[1].course, "\(name)")
            #expect(runs[0].statuses.last == runs[1].statuses.last, "\(name)")
        }
    }
}
