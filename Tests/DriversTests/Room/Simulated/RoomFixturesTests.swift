import Drivers
import Engine
import Foundation
import TestSupport
import Testing

/// The rooms in `Fixtures/rooms`, each with what it is there to show.
@Suite(.runsTwice) struct RoomFixturesTests {
    private func run(
        _ fixture: RoomFixture, for duration: Duration = .seconds(300)
    ) -> RoomUnderTest {
        let run = RoomUnderTest(.simulated, fixture)
        run.watch()
        run.pass(duration)
        return run
    }

    private func run(
        _ name: String, for duration: Duration = .seconds(300)
    ) throws -> RoomUnderTest {
        run(try RoomFixture.file(name), for: duration)
    }

    @Test func `every fixture can be read and comes to an end`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: RoomFixture.folder, includingPropertiesForKeys: nil)
        let names = files.filter { $0.pathExtension == "json" }
            .map { $0.deletingPathExtension().lastPathComponent }.sorted()
        #expect(names.count >= 9)
        for name in names {
            let run = try run(name)
            guard case .ended? = run.events.last else {
                Issue.record("\(name): \(run.course)")
                continue
            }
        }
    }

    @Test func `without notices only probes see who joins`() throws {
        let run = try run("trivia-no-notices", for: .seconds(19))
        #expect(run.statuses.last?.players == [])
        run.pass(.seconds(2))
        #expect(run.statuses.last?.players == ["DANA", "ERIN"])
        run.pass(.seconds(17))
        #expect(run.statuses.last?.players.count == 2)
        run.pass(.seconds(4))
        #expect(run.statuses.last?.players == ["DANA", "ERIN", "FRANK"])
        run.pass(.seconds(200))
        #expect(run.statuses.contains { $0.hasStarted && !$0.hasFinished })
        #expect(run.statuses.last?.hasFinished == true)
    }

    @Test func `who departs stays counted, and a namesake is one more`() throws {
        let run = try run("departed-player")
        #expect(run.statuses.last?.players == ["ALICE", "BOB", "CAROL", "BOB"])
        #expect(run.course.last == "room_closed")
    }

    @Test func `a room may be over before its game`() throws {
        let run = try run("closes-in-mid-game")
        #expect(run.course == ["connected", "status", "room_closed"])
        #expect(run.statuses.last?.hasStarted == true)
        #expect(run.statuses.last?.hasFinished == false)
        #expect(run.statuses.last?.players == ["ALICE", "BOB"])
    }

    @Test func `an unsteady service is asked again`() throws {
        let run = try run("unsteady-service")
        #expect(run.course == ["connected", "status", "room_closed"])
    }

    @Test func `garbage changes nothing`() throws {
        let run = try run("garbage")
        #expect(run.course == ["connected", "status", "room_closed"])
        #expect(run.statuses.last?.players == ["ALICE", "BOB"])
        #expect(run.statuses.filter { $0.players.count == 1 }.count == 1)
    }

    @Test func `a room that vanishes is closed once nobody finds it`() {
        var fixture = RoomFixture()
        fixture.steps = [
            RoomFixture.Step(after: .seconds(1), .join("ALICE")),
            RoomFixture.Step(after: .seconds(1), .vanish),
        ]
        let run = run(fixture, for: .seconds(30))
        #expect(run.course == ["connected", "status", "interrupted", "room_closed"])
    }

    @Test func `the demonstration is a whole evening`() {
        let run = run(.demonstration)
        #expect(run.course == ["connected", "status", "room_closed"])
        #expect(run.statuses.last?.players == ["ADA", "GRACE", "LINUS", "MARGARET"])
        #expect(run.statuses.last?.hasFinished == true)
    }
}
