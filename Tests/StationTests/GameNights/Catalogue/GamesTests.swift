import Engine
import TestSupport
import Testing

@testable import Station

/// The catalogue in virtual time.
@Suite(.runsTwice) struct GamesTests {
    private static func game(
        _ title: String, _ pack: String = "P", players: ClosedRange<Int> = 1...2
    ) -> Game.Description {
        Game.Description(
            title: title, pack: pack, minPlayers: players.lowerBound,
            maxPlayers: players.upperBound)
    }

    private static func add(
        _ world: NightWorld, _ description: Game.Description
    ) throws(GamesError) -> Game {
        try world.games { (games) throws(GamesError) in try games.add(description) }
    }

    private static func take(
        _ world: NightWorld, _ list: [Game.Description], replacing used: Set<Int>? = nil
    ) throws(GamesError) -> [Int] {
        let (added, changed, removed) = try world.games { (games) throws(GamesError) in
            try games.take(list, replacing: used.map { used in { used.contains($0) } })
        }
        return [added, changed, removed]
    }

    private static func all(_ world: NightWorld) -> [Game] { world.games { $0.all() } }

    @Test func `a fresh store has the initial games and writes nothing before a change`() throws {
        let world = NightWorld()
        #expect(Self.all(world).count == 39)
        #expect(world.rows.rows("games").isEmpty)
        #expect(Self.all(world.restarted()).map(\.id) == Self.all(world).map(\.id))
        _ = try Self.add(world, Self.game("New"))
        #expect(world.rows.rows("games").count == 40)
        #expect(Self.all(world.restarted()) == Self.all(world))
    }

    @Test func `an emptied catalogue stays empty`() throws {
        let world = NightWorld()
        #expect(try Self.take(world, [], replacing: []) == [0, 0, 39])
        #expect(Self.all(world).isEmpty)
        let second = world.restarted()
        #expect(Self.all(second).isEmpty)
        #expect(try Self.add(second, Self.game("New")).id == 40, "a number is given once")
    }

    @Test func `a list changes what is known and adds what is not`() throws {
        let world = NightWorld()
        var known = Self.game("Quiplash 3", "Jackbox Party Pack 7", players: 3...9)
        known.favor = 1
        #expect(try Self.take(world, [known, Self.game("A"), Self.game("A", "Q")]) == [2, 1, 0])
        #expect(Self.all(world).count == 41)
        let changed = Self.all(world).filter { $0.description.title == "Quiplash 3" }
        #expect(changed.map(\.description) == [known])
        #expect(
            try Self.take(world, [Self.game("A"), Self.game("A", players: 2...3)]) == [0, 1, 0])
        let last = Self.all(world).first {
            $0.description.title == "A" && $0.description.pack == "P"
        }
        #expect(last?.description.minPlayers == 2, "the last of two rows counts")
    }

    @Test func `a list that replaces all leaves what nights have, disabled`() throws {
        let world = NightWorld()
        _ = try Self.take(world, [Self.game("A"), Self.game("B")], replacing: [])
        _ = try Self.add(world, Self.game("B"))
        let ids = Self.all(world).map(\.id)
        #expect(try Self.take(world, [Self.game("C")], replacing: [ids[0]]) == [1, 0, 3])
        #expect(Self.all(world).map(\.description.title) == ["A", "C"], "of two Bs both are gone")
        #expect(Self.all(world).map(\.description.isEnabled) == [false, true])
        #expect(Self.all(world.restarted()) == Self.all(world))
    }

    @Test func `a list is taken whole or not at all`() throws {
        var limits = GameNightLimits()
        limits.games = 40
        let world = NightWorld(limits)
        let before = Self.all(world)
        for list in [
            [Self.game("A"), Self.game("")], [Self.game("A"), Self.game("B")],
            [Self.game("A"), Self.game("B", players: 1...100_001)],
        ] {
            #expect(throws: GamesError.self) { _ = try Self.take(world, list) }
        }
        #expect(Self.all(world) == before)
        #expect(try Self.take(world, [Self.game("A"), Self.game("A")]) == [1, 0, 0])
        #expect(throws: GamesError.tooManyGames) { _ = try Self.add(world, Self.game("B")) }
        #expect(
            try Self.take(world, (0..<40).map { Self.game("\($0)") }, replacing: [])
                == [40, 0, 40])
        let used = Set([Self.all(world)[0].id])
        let other = (0..<40).map { Self.game("other \($0)") }
        #expect(throws: GamesError.tooManyGames, "one of them stays") {
            _ = try Self.take(world, other, replacing: used)
        }
        #expect(try Self.take(world, Array(other.dropLast()), replacing: used) == [39, 0, 40])
        #expect(Self.all(world).count == 40)
    }

    @Test func `a game that a night has is not deleted`() throws {
        let world = NightWorld()
        let night = try world.begin().id
        let played = try world.add(3, to: night)
        #expect(world.nights { $0.usedGames.contains(3) })
        #expect(throws: GamesError.isUsed) {
            try world.games { (games) throws(GamesError) in try games.delete(3, isUsed: true) }
        }
        try world.nights { (nights) throws(GameNightError) in
            try nights.remove(played.id, of: night)
        }
        #expect(!world.nights { $0.usedGames.contains(3) })
        try world.games { (games) throws(GamesError) in try games.delete(3, isUsed: false) }
        #expect(throws: GamesError.unknownGame) {
            try world.games { (games) throws(GamesError) in try games.delete(3, isUsed: false) }
        }
        #expect(world.game(3) == nil)
    }

    @Test func `each bound of a description holds`() {
        let limits = GameNightLimits()
        func problem(_ edit: (inout Game.Description) -> Void) -> String? {
            var game = Self.game("T")
            edit(&game)
            return game.problem(limits)?.description
        }
        let long = String(repeating: "x", count: 200)
        #expect(problem { $0.title = long } == nil)
        #expect(problem { $0.pack = long } == nil)
        let tooLong = "must be one line of at most 200 characters"
        #expect(problem { $0.title = long + "x" } == "title \(tooLong)")
        #expect(problem { $0.pack = long + "x" } == "pack_name \(tooLong)")
        #expect(problem { $0.type = long + "x" } == "game_type \(tooLong)")
        #expect(problem { $0.secondaryType = "a\tb" } == "secondary_type \(tooLong)")
        #expect(problem { $0.maxPlayers = 100_000 } == nil)
        #expect(problem { $0.maxPlayers = 100_001 } != nil)
        #expect(problem { $0.minPlayers = 0 } != nil)
        #expect(problem { $0.minPlayers = 3 } != nil)
        #expect(problem { $0.minPlayers = .max } != nil)
        #expect(problem { $0.lengthMinutes = 1440 } == nil)
        #expect(problem { $0.lengthMinutes = 1441 } != nil)
        #expect(problem { $0.lengthMinutes = 0 } != nil)
        #expect(problem { $0.favor = -1 } == nil)
        #expect(problem { $0.favor = .min } != nil)
    }
}
