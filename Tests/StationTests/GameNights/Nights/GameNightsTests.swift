import Drivers
import Engine
import TestSupport
import Testing

@testable import Station

/// Nights, their games and monitors in virtual time, with rooms that the test plays.
@Suite(.runsTwice) struct GameNightsTests {
    private static func isWatched(_ world: NightWorld, _ game: NightGame) -> Bool {
        world.nights { $0.room(of: game.id) != nil }
    }

    private static func set(
        _ world: NightWorld, _ status: NightGame.Status, _ game: NightGame
    ) throws(GameNightError) {
        try world.nights { (nights) throws(GameNightError) in
            try nights.set(status, of: game.id, in: game.night)
        }
    }

    private static func start(_ world: NightWorld, _ game: NightGame) throws(GameNightError) {
        try world.nights { (nights) throws(GameNightError) in
            try nights.startMonitor(of: game.id, in: game.night)
        }
    }

    private static func stop(_ world: NightWorld, _ game: NightGame) {
        world.nights { $0.stopMonitor(of: game.id, in: game.night) }
    }

    private static func check(_ world: NightWorld, _ game: NightGame) -> NightGame.Check? {
        world.listed(game.night).first { $0.id == game.id }?.check
    }

    private static func statuses(_ world: NightWorld, _ night: Int) -> [NightGame.Status] {
        world.listed(night).map(\.status)
    }

    // MARK: Games

    @Test func `one game plays, and what was before has been played`() throws {
        let world = NightWorld()
        let night = try world.begin().id
        let games = try (1...3).map { try world.add($0, to: night) }
        #expect(Self.statuses(world, night) == [.played, .played, .playing])
        try Self.set(world, .skipped, games[1])
        try Self.set(world, .playing, games[0])
        #expect(Self.statuses(world, night) == [.playing, .skipped, .played])
        try world.add(4, to: night)
        #expect(Self.statuses(world, night) == [.played, .skipped, .played, .playing])
        #expect((1...4).map { world.game($0)?.plays } == [1, 1, 1, 1])
    }

    @Test func `two games of one moment begin at two`() throws {
        let world = NightWorld()
        let night = try world.begin().id
        for _ in 1...5 { try world.add(to: night) }
        let times = world.listed(night).map(\.playedAt)
        #expect(times == times.sorted())
        #expect(Set(times).count == 5)
    }

    @Test func `one night is active`() throws {
        let world = NightWorld()
        let first = try world.begin(notes: "a")
        #expect(throws: GameNightError.anotherIsActive(first.id)) { _ = try world.begin() }
        try world.add(to: first.id)
        try world.close(first.id)
        #expect(Self.statuses(world, first.id) == [.played])
        #expect(throws: GameNightError.isClosed) { try world.close(first.id) }
        #expect(throws: GameNightError.isClosed) { try world.add(to: first.id) }
        let second = try world.begin()
        #expect(throws: GameNightError.isActive) {
            try world.nights { (nights) throws(GameNightError) in try nights.delete(second.id) }
        }
        #expect(world.nights { $0.all() }.map(\.id) == [2, 1])
        #expect(
            world.takeNews() == [
                "session.started", "game.added", "session.ended", "session.started",
            ])
    }

    @Test func `everything outlives the station`() throws {
        let world = NightWorld()
        let night = try world.begin(notes: "Friday").id
        try world.add(to: night, code: "AAAA")
        let second = try world.add(2, to: night, code: "BBBB")
        world.rooms.all[1].say(.connected(RoomStatus()))
        let next = world.restarted()
        #expect(next.nights { $0.all() } == world.nights { $0.all() })
        #expect(next.listed(night) == world.listed(night))
        #expect(next.rooms.all.map(\.wish.code) == ["BBBB"], "the monitor that ran goes on")
        #expect(Self.isWatched(next, second))
        try next.close(night)
        #expect(try next.begin().id == 2)
        #expect(try next.add(to: 2).id == 3)
        let third = next.restarted()
        #expect(third.rooms.all.isEmpty)
    }

    // MARK: Monitors

    @Test func `a room code starts a monitor, and a second start is the same one`() throws {
        let world = NightWorld()
        let night = try world.begin().id
        let game = try world.add(to: night, code: "ABCD")
        #expect(game.check == .monitoring)
        try Self.start(world, game)
        #expect(world.rooms.all.map(\.wish.code) == ["ABCD"])
        #expect(world.rooms.all.map(\.wish.night) == [night])
        let without = try world.add(2, to: night)
        #expect(throws: GameNightError.noRoomCode) { try Self.start(world, without) }
    }

    @Test(arguments: ["stop", "remove", "close", "next", "skipped", "played", "code"])
    func `what ends a game ends its monitor with a last word`(_ how: String) throws {
        let world = NightWorld()
        let night = try world.begin().id
        let game = try world.add(to: night, code: "ABCD")
        let room = world.rooms.all[0]
        room.say(.connected(RoomStatus()))
        _ = world.takeNews()
        switch how {
        case "stop": Self.stop(world, game)
        case "remove":
            try world.nights { (nights) throws(GameNightError) in
                try nights.remove(game.id, of: night)
            }
        case "close": try world.close(night)
        case "next": try world.add(2, to: night)
        case "code":
            _ = try world.nights { (nights) throws(GameNightError) in
                try nights.set(roomCode: "WXYZ", of: game.id, in: night)
            }
        default: try Self.set(world, how == "skipped" ? .skipped : .played, game)
        }
        let news = world.takeEvents()
        #expect(news.first?.event.name == "room.disconnected")
        guard case .roomDisconnected(_, let reason) = news.first?.event else { return }
        #expect(reason == "manually_stopped")
        #expect(Self.isWatched(world, game) == (how == "code"))
        // A service that does not hear the stop.
        var status = RoomStatus()
        status.players = ["late"]
        room.say(.status(status))
        room.say(.ended(.closed))
        world.core.run(for: .seconds(60))
        let later = world.takeNews().filter { $0 != "game.status" || how != "code" }
        #expect(later == [])
        #expect(world.core.perform { room.enter { $0.stops } } == 1)
    }

    @Test func `a game that ends has been played, with its players`() throws {
        let world = NightWorld()
        let night = try world.begin().id
        let game = try world.add(to: night, code: "ABCD")
        var status = RoomStatus()
        status.players = ["A", "B"]
        world.rooms.all[0].say(.connected(status))
        status.hasStarted = true
        world.rooms.all[0].say(.status(status))
        status.hasFinished = true
        world.rooms.all[0].say(.status(status))
        let row = world.listed(night)[0]
        #expect(row.status == .played)
        #expect(row.playerCount == 2)
        #expect(row.check == .completed)
        #expect(!Self.isWatched(world, game))
        #expect(world.takeNews().suffix(3) == ["game.started", "game.ended", "room.disconnected"])
        try Self.start(world, game)
        #expect(Self.isWatched(world, game), "the players may play another")
    }

    @Test func `a room that is not there leaves the game playing`() throws {
        let world = NightWorld()
        let night = try world.begin().id
        let game = try world.add(to: night, code: "ABCD")
        world.rooms.all[0].say(.ended(.notFound))
        #expect(Self.statuses(world, night) == [.playing])
        #expect(Self.check(world, game) == .failed)
        try Self.start(world, game)
        #expect(world.rooms.all.map(\.wish.number) == [1, 2], "another watch")
    }

    @Test func `a running monitor says how the game is every 20 seconds`() throws {
        let world = NightWorld()
        let night = try world.begin().id
        let game = try world.add(to: night, code: "ABCD")
        _ = world.takeNews()
        world.core.run(for: .seconds(100))
        #expect(world.takeNews() == Array(repeating: "game.status", count: 5))
        Self.stop(world, game)
        world.core.run(for: .seconds(100))
        #expect(world.takeNews() == ["room.disconnected"])
        #expect(Self.check(world, game) == .stopped)
    }

    @Test func `players are counted by hand`() throws {
        let world = NightWorld()
        let night = try world.begin().id
        let game = try world.add(to: night)
        func count(_ players: Int) throws(GameNightError) {
            try world.nights { (nights) throws(GameNightError) in
                try nights.set(playerCount: players, of: game.id, in: night)
            }
        }
        for players in [0, 6, 100_000] { try count(players) }
        #expect(world.listed(night)[0].playerCount == 100_000)
        #expect(Self.check(world, game) == .completed)
        for players in [-1, 100_001, Int.max, Int.min] {
            #expect(throws: GameNightError.invalidPlayerCount) { try count(players) }
        }
        #expect(world.takeNews().suffix(3) == Array(repeating: "player-count.updated", count: 3))
    }

    // MARK: Bounds

    @Test func `nights, games and monitors have bounds`() throws {
        var limits = GameNightLimits()
        (limits.nights, limits.gamesPerNight, limits.nightGames) = (3, 4, 6)
        (limits.monitors, limits.noteCharacters) = (2, 5)
        let world = NightWorld(limits)
        #expect(throws: GameNightError.notes(characters: 5)) {
            _ = try world.begin(notes: "123456")
        }
        let first = try world.begin(notes: "12345").id
        for _ in 1...4 { try world.add(to: first) }
        #expect(throws: GameNightError.tooManyGames) { try world.add(to: first) }
        try world.close(first)
        let second = try world.begin().id
        for _ in 1...2 { try world.add(to: second, code: "AAAA") }
        #expect(throws: GameNightError.tooManyGames) { try world.add(to: second) }
        try world.nights { (nights) throws(GameNightError) in try nights.delete(first) }
        #expect(world.rows.rows("night_games").count == 2)
        try world.add(to: second, code: "BBBB")
        let games = world.listed(second)
        try Self.start(world, games[0])
        #expect(throws: GameNightError.tooManyMonitors) { try Self.start(world, games[1]) }
        try Self.start(world, games[2])
        try world.close(second)
        let third = try world.begin().id
        try world.close(third)
        _ = try world.begin()
        try world.close(4)
        #expect(throws: GameNightError.tooManyNights) { _ = try world.begin() }
    }

    @Test func `without room for a monitor a game is added all the same`() throws {
        var limits = GameNightLimits()
        limits.monitors = 0
        let world = NightWorld(limits)
        let night = try world.begin().id
        let game = try world.add(to: night, code: "ABCD")
        #expect(game.roomCode == "ABCD")
        #expect(game.check == nil)
        #expect(!Self.isWatched(world, game))
    }

    @Test(arguments: ["ABCD", "0000", "A1B2"])
    func `a room code is four capital letters or digits`(_ code: String) {
        #expect(RoomCode.isOne(code))
        for wrong in [code.lowercased() + "x", code + code, String(code.dropLast()), code + "\n"] {
            #expect(!RoomCode.isOne(wrong))
        }
        #expect(!RoomCode.isOne("ÄÖ") && !RoomCode.isOne("AB D") && !RoomCode.isOne("abcd"))
    }
}
