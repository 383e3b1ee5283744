import Drivers
import Engine
import Testing

@testable import Station

@Suite struct ShardProgressTests {
    /// A monitor's course, with what it did as short words.
    private final class Course {
        private(set) var progress = ShardProgress(
            room: WatchedRoom(night: 1, nightGame: 5, code: "LSBN", status: RoomStatus()),
            heartbeat: .seconds(20))
        private var now = Instant.start

        func does(_ event: ShardProgress.Event, after pause: Duration = .zero) -> [String] {
            now = now.advanced(by: pause)
            return progress.handle(event, at: now).map(Self.word)
        }

        func sees(
            _ edit: (inout RoomStatus) -> Void, after pause: Duration = .zero
        ) -> [String] {
            var status = progress.room.status
            edit(&status)
            return does(.room(.status(status)), after: pause)
        }

        private static func word(_ action: ShardProgress.Action) -> String {
            switch action {
            case .arm(let time): "arm \(time.nanoseconds / 1_000_000_000)"
            case .disarm: "disarm"
            case .leave: "leave"
            case .report(.news(.playerJoined(_, let player))): "joined \(player)"
            case .report(.news(.roomDisconnected(_, let reason))): "disconnected \(reason)"
            case .report(.news(let event)): event.name
            case .report(.players(let count)): "\(count) players"
            case .report(.finished(let check, let isOver)):
                "finished \(check) \(isOver ? "over" : "not over")"
            }
        }
    }

    private static func status(_ edit: (inout RoomStatus) -> Void = { _ in }) -> RoomStatus {
        var status = RoomStatus()
        status.appTag = "drawful2"
        status.maxPlayers = 8
        edit(&status)
        return status
    }

    private static func inside() -> Course {
        let course = Course()
        _ = course.does(.begin)
        _ = course.does(.room(.connected(status())))
        return course
    }

    private static func end(_ reason: String, _ finished: String) -> [String] {
        ["disarm", "leave", "disconnected \(reason)", "finished \(finished)"]
    }

    // MARK: In the room

    @Test func `the first sight of a room is its connection, with who is there`() {
        let course = Course()
        #expect(course.does(.begin) == ["arm 20"])
        let there = Self.status {
            $0.players = ["Alice", "Bob"]
            $0.lobbyState = "CanStart"
        }
        #expect(
            course.does(.room(.connected(there))) == [
                "room.connected", "2 players", "lobby.updated",
            ])
        #expect(course.progress.room.status == there)
        #expect(course.does(.room(.connected(there))) == [], "back after a lost connection")
        #expect(course.does(.room(.interrupted)) == [])
        #expect(course.does(.room(.status(there))) == [])
    }

    @Test func `each who joins is told, two of one name as well`() {
        let course = Self.inside()
        #expect(course.sees { $0.players = ["A"] } == ["joined A", "1 players"])
        #expect(course.sees { $0.players = ["A", "A"] } == ["joined A", "2 players"])
        #expect(
            course.sees { $0.players = ["B", "A", "C", "A", "A"] }
                == ["joined B", "joined C", "joined A", "5 players"])
        #expect(course.sees { $0.players.reverse() } == [])
        #expect(course.sees { $0.players = ["A"] } == ["1 players"], "a service that forgets")
        #expect(course.sees { $0.players = ["B"] } == ["joined B"], "as many, others")
    }

    @Test func `those who join while the connection is lost are told when it is back`() {
        let course = Self.inside()
        _ = course.does(.room(.interrupted))
        let back = Self.status { $0.players = ["A", "B"] }
        #expect(
            course.does(.room(.connected(back))) == ["joined A", "joined B", "2 players"])
    }

    @Test func `the lobby and the start are told once`() {
        let course = Self.inside()
        #expect(course.sees { $0.lobbyState = "WaitingForMore" } == ["lobby.updated"])
        #expect(course.sees { $0.lobbyState = "CanStart" } == ["lobby.updated"])
        #expect(course.sees { $0.maxPlayers = 10 } == ["lobby.updated"])
        #expect(course.sees { $0.gameState = "Lobby" } == [])
        #expect(
            course.sees {
                $0.gameState = "Gameplay"
                $0.hasStarted = true
            } == ["game.started"])
        #expect(course.sees { $0.gameState = "Gameplay_Logo" } == [])
        #expect(course.sees { $0.lobbyState = nil } == ["lobby.updated"])
    }

    // MARK: The end

    @Test func `a game that finishes ends the monitor`() {
        let course = Self.inside()
        _ = course.sees { $0.hasStarted = true }
        #expect(
            course.sees { $0.hasFinished = true } == ["game.ended"]
                + Self.end("room_closed", "completed over"))
    }

    @Test func `a monitor that comes late tells all at once`() {
        let course = Course()
        _ = course.does(.begin)
        let over = Self.status {
            $0.players = ["A"]
            $0.hasStarted = true
            $0.hasFinished = true
        }
        #expect(
            course.does(.room(.connected(over))) == [
                "room.connected", "1 players", "lobby.updated", "game.started", "game.ended",
            ] + Self.end("room_closed", "completed over"))
    }

    @Test(arguments: [
        (RoomEnd.closed, false, "failed not over"), (.closed, true, "completed over"),
        (.notFound, false, "failed not over"), (.notFound, true, "failed not over"),
        (.connectionFailed, false, "failed not over"), (.connectionFailed, true, "failed not over"),
        (.roleRejected, false, "failed not over"),
    ])
    func `a room that ends ends the monitor, and in mid-game the game`(
        _ end: RoomEnd, _ hasStarted: Bool, _ finished: String
    ) {
        let course = Self.inside()
        _ = course.sees { $0.hasStarted = hasStarted }
        #expect(course.does(.room(.ended(end))) == Self.end(end.rawValue, finished))
    }

    @Test func `a room that is never reached ends the monitor`() {
        let course = Course()
        _ = course.does(.begin)
        #expect(
            course.does(.room(.ended(.notFound))) == Self.end("room_not_found", "failed not over"))
    }

    @Test func `a stop is the last word, whenever it comes`() {
        let early = Course()
        _ = early.does(.begin)
        for course in [early, Self.inside()] {
            #expect(course.does(.stop) == Self.end("manually_stopped", "stopped not over"))
        }
    }

    @Test func `after the end nothing is said`() {
        let events: [ShardProgress.Event] = [
            .begin, .stop, .deadline, .room(.connected(Self.status())), .room(.interrupted),
            .room(.status(Self.status { $0.players = ["A"] })), .room(.ended(.closed)),
        ]
        for end in [ShardProgress.Event.stop, .room(.ended(.notFound))] {
            let course = Self.inside()
            _ = course.does(end)
            for event in events { #expect(course.does(event, after: .seconds(30)) == []) }
        }
    }

    // MARK: Heartbeats

    @Test func `every 20 seconds it says how the game is, without drift`() {
        let course = Course()
        #expect(course.does(.begin) == ["arm 20"])
        #expect(course.does(.deadline, after: .seconds(20)) == ["game.status", "arm 40"])
        // The timer rings late, as on a busy machine.
        #expect(course.does(.deadline, after: .seconds(23)) == ["game.status", "arm 60"])
        #expect(course.does(.deadline, after: .seconds(16)) == [], "not due")
        #expect(course.does(.deadline, after: .seconds(1)) == ["game.status", "arm 80"])
    }

    @Test func `it beats before it is connected, and while the connection is lost`() {
        let course = Course()
        _ = course.does(.begin)
        #expect(course.does(.deadline, after: .seconds(20)) == ["game.status", "arm 40"])
        _ = course.does(.room(.connected(Self.status())))
        _ = course.does(.room(.interrupted))
        #expect(course.does(.deadline, after: .seconds(20)) == ["game.status", "arm 60"])
    }
}
