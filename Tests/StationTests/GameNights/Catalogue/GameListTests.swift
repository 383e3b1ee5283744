import Engine
import Testing

@testable import Station

@Suite struct GameListTests {
    private static let head = "pack_name,title,min_players,max_players"

    @Test func `the list that a fresh store starts from has nothing wrong with it`() throws {
        let text = String(decoding: PackageResources.games_csv, as: UTF8.self)
        let games = try GameList.read(text)
        #expect(games == GameList.initial)
        #expect(games.count == 39)
        #expect(Set(games.map { [$0.pack, $0.title] }).count == games.count, "each once")
        #expect(games.allSatisfy { $0.problem(GameNightLimits()) == nil })
        #expect(games.allSatisfy { $0.lengthMinutes != nil && $0.type != nil && $0.isEnabled })
        #expect(games.contains { $0.title == "Quiplash 3" && $0.pack == "Jackbox Party Pack 7" })
    }

    @Test func `a list is read as it was written, whatever it has`() throws {
        var random = SeededRandom(seed: 5, purpose: "list")
        let parts = [
            "a", ",", "\"", " ", "ä", "e\u{301}", "\u{301}", "猫", "👩‍👩‍👧", ";", "'", "\u{FEFF}",
            "\u{2028}",
            "=", "\\", "\u{85}",
        ]
        func text() -> String {
            (0..<Int.random(in: 1...6, using: &random))
                .map { _ in parts[Int.random(in: parts.indices, using: &random)] }.joined()
        }
        func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
        for _ in 0..<300 {
            let games = (0..<3).map { _ in
                var game = Game.Description(
                    title: text(), pack: text(), minPlayers: Int.random(in: 1...5, using: &random),
                    maxPlayers: Int.random(in: 5...100_000, using: &random))
                game.lengthMinutes = maybe(Int.random(in: 1...1440, using: &random))
                game.hasAudience = Bool.random(using: &random)
                game.isFamilyFriendly = Bool.random(using: &random)
                game.isEnabled = Bool.random(using: &random)
                game.favor = Int.random(in: -1...1, using: &random)
                game.type = maybe(text())
                game.secondaryType = maybe(text())
                return game
            }
            let csv = GameList.csv(games)
            let read = try GameList.read(csv)
            #expect(read == games)
            // Equal texts may differ in their bytes.
            #expect(Array(GameList.csv(read).utf8) == Array(csv.utf8))
        }
    }

    @Test func `columns are found by their names`() throws {
        let games = try GameList.read(
            "Max_Players,colour, TITLE ,min_players,pack_name,enabled,has_audience\n"
                + "8,red,T,2,P,No,YES\n4,,U,1,P\n")
        #expect(games.map(\.title) == ["T", "U"])
        #expect(games.map(\.isEnabled) == [false, true])
        #expect(games.map(\.hasAudience) == [true, false])
    }

    @Test(arguments: [
        ("", 1, "the list is empty"), ("\n\n", 1, "the list is empty"),
        ("title", 1, "the column pack_name is missing"),
        ("\npack_name,title,min_players", 2, "the column max_players is missing"),
        (head + ", Title ", 1, "the column title is there twice"),
        (head + "\n,T,1,2", 2, "pack_name is required"),
        (head + "\nP,T,,2", 2, "min_players is required"),
        (head + "\nP,T", 2, "min_players is required"),
        (head + "\nP,T,1.5,2", 2, "min_players must be a whole number, not 1.5"),
        (
            head + "\nP,T,99999999999999999999,2", 2,
            "min_players must be a whole number, not 99999999999999999999"
        ),
        (head + "\nP,T,0,2", 2, "min_players must be a whole number from 1 to 100000"),
        (head + ",enabled\nP,T,1,2,2", 2, "enabled must be 1 or 0, not 2"),
        (head + ",favor_bias\nP,T,1,2,7", 2, "favor_bias must be a whole number from -1 to 1"),
        (
            head + ",length_minutes\nP,T,1,2,1441", 2,
            "length_minutes must be a whole number from 1 to 1440"
        ),
    ])
    func `what is wrong is told with its line`(_ text: String, _ line: Int, _ problem: String) {
        #expect(throws: GameListError(line: line, problem)) { _ = try GameList.read(text) }
    }
}
