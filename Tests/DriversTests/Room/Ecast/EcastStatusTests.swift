import Drivers
import Engine
import Testing

/// What a session makes of a room's frames.
@Suite struct EcastStatusTests {
    private typealias Bench = EcastSessionBench

    // MARK: Players

    @Test func `players are counted in the order of their ids, and never fewer`() {
        var bench = Bench()
        bench.enter(Bench.welcome(players: [(10, "TEN"), (2, "TWO")]))
        #expect(bench.status?.players == ["TWO", "TEN"])
        bench.hear(
            frame: """
                {"opcode":"client/connected","result":{"id":5,"name":"FIVE","role":"player",\
                "profile":{"id":5,"roles":{"player":{"name":"FIVE"}}}}}
                """)
        #expect(bench.status?.players == ["TWO", "FIVE", "TEN"])
        bench.hear(frame: "{\"opcode\":\"client/disconnected\",\"result\":{\"id\":5}}")
        bench.hear(frame: Bench.welcome(players: [(2, "TWO")]))
        #expect(bench.status?.players == ["TWO", "FIVE", "TEN"])
        #expect(bench.session.ignored == 0)
    }

    @Test func `only players count`() {
        var bench = Bench()
        bench.enter()
        for role in ["host", "shard", "audience", "moderator"] {
            bench.hear(
                frame: """
                    {"opcode":"client/connected","result":{"id":5,"name":"X","role":"\(role)",\
                    "profile":{"roles":{"\(role)":{}}}}}
                    """)
        }
        #expect(bench.status?.players.isEmpty == true)
        bench.hear(
            frame: "{\"opcode\":\"client/connected\",\"result\":{\"id\":6,\"role\":\"player\"}}")
        #expect(bench.status?.players == ["Player 6"], "one without a name counts")
    }

    @Test func `equal names are kept apart by their ids`() {
        var bench = Bench()
        bench.enter(Bench.welcome(players: [(2, "BOB"), (3, "BOB")]))
        #expect(bench.status?.players == ["BOB", "BOB"])
        bench.hear(frame: Bench.welcome(players: [(2, "BOB"), (3, "BOB"), (4, "BOB")]))
        #expect(bench.status?.players.count == 3)
        bench.hear(frame: Bench.welcome(players: [(3, "ROB")]))
        #expect(bench.status?.players == ["BOB", "BOB", "BOB"], "the first name stays")
    }

    private static func joins(_ texts: String...) -> String {
        let list = texts.map {
            "{\"category\":\"TEXT_DESCRIPTION_PLAYER_JOINED\",\"text\":\"\($0)\"}"
        }
        return Bench.room(
            "{\"latestDescriptions\":[\(list.joined(separator: ","))]}", key: "textDescriptions")
    }

    @Test func `a described join counts at once, and is the same player when the id is known`() {
        var bench = Bench()
        bench.enter(Bench.welcome(players: [(2, "Alice")]))
        bench.hear(frame: Self.joins("ALICE joined", "JO ANN joined.", "BOB has joined the game"))
        #expect(bench.status?.players == ["Alice", "JO ANN", "BOB"])
        let count = bench.reports.count
        bench.hear(frame: Self.joins("BOB joined"))
        #expect(bench.reports.count == count, "nothing new")
        bench.hear(frame: Bench.welcome(players: [(2, "Alice"), (3, "Bob")]))
        #expect(bench.status?.players == ["Alice", "BOB", "JO ANN"])
    }

    @Test func `a join in another language is asked for by a probe`() {
        var bench = Bench()
        bench.enter()
        bench.hear(frame: Self.joins("ALICE ist beigetreten"))
        #expect(bench.status?.players.isEmpty == true)
        #expect(bench.pause == bench.limits.noticePause)
        bench.hear(
            frame: Bench.room(
                "{\"latestDescriptions\":[{\"category\":\"X\",\"text\":\"Y joined\"}]}",
                key: "textDescriptions"))
        #expect(bench.status?.players.isEmpty == true)
    }

    @Test func `names are bounded and harmless`() {
        var bench = Bench { $0.nameScalars = 5 }
        bench.enter(
            Bench.welcome(players: [
                (2, " \\u0007A\\u202eB\\nC "), (3, "123456789"), (4, "\\u0000"), (5, "  "),
                (6, "Zoë🎲"),
            ]))
        #expect(bench.status?.players == ["ABC", "12345", "Player 4", "Player 5", "Zoë🎲"])
    }

    @Test func `no more players are counted than the bound`() {
        var bench = Bench { $0.players = 3 }
        bench.enter(Bench.welcome(players: (2...9).map { ($0, "P\($0)") }))
        #expect(bench.status?.players == ["P2", "P3", "P4"])
        bench.hear(frame: Self.joins("Q joined"))
        bench.hear(
            frame: "{\"opcode\":\"client/connected\",\"result\":{\"id\":1,\"role\":\"player\"}}")
        #expect(bench.status?.players.count == 3)
    }

    @Test func `descriptions are looked at up to the bound, the latest of them`() {
        var bench = Bench { $0.descriptions = 2 }
        bench.enter()
        bench.hear(frame: Self.joins("A joined", "B joined", "C joined"))
        #expect(bench.status?.players == ["B", "C"])
    }

    // MARK: States

    @Test(arguments: ["room", "bc:room"])
    func `the game's own words are passed on`(key: String) {
        var bench = Bench()
        bench.enter(
            Bench.welcome(
                room: "{\"state\":\"Lobby\",\"lobbyState\":\"WaitingForMore\"}", key: key))
        #expect(bench.status?.lobbyState == "WaitingForMore")
        bench.hear(
            frame: Bench.room("{\"state\":\"Lobby\",\"lobbyState\":\"CanStart\"}", key: key))
        #expect(bench.status?.lobbyState == "CanStart")
        bench.hear(frame: Bench.room("{\"state\":null}", key: key))
        #expect(bench.status?.lobbyState == nil && bench.status?.gameState == nil)
        let count = bench.reports.count
        bench.hear(frame: Bench.room("{\"state\":null,\"more\":1}", key: key))
        #expect(bench.reports.count == count, "nothing new is not reported")
    }

    @Test(arguments: [
        ("{}", false), ("{\"state\":null}", false), ("{\"state\":\"\"}", false),
        ("{\"state\":\"Lobby\"}", false), ("{\"state\":\"Logo\"}", false),
        ("{\"state\":\"Logo_Intro\"}", false), ("{\"state\":\"Gameplay\"}", true),
        ("{\"state\":\"Gameplay_Logo\"}", true), ("{\"state\":\"EndGame\"}", true),
        ("{\"lobbyState\":\"Countdown\",\"state\":\"Lobby\"}", false),
    ])
    func `a game has started when its state is past the lobby`(room: String, started: Bool) {
        var bench = Bench()
        bench.enter(Bench.welcome(room: room))
        #expect(bench.status?.hasStarted == started)
        bench.hear(frame: Bench.room("{\"state\":\"Lobby\"}"))
        #expect(bench.status?.hasStarted == started, "and stays so")
    }

    @Test(arguments: [
        "{\"gameFinished\":true}", "{\"state\":\"EndGame\"}", "{\"lobbyState\":\"PostGame\"}",
        "{\"state\":\"Lobby\",\"lobbyState\":\"PostGame\",\"gameFinished\":true}",
    ])
    func `a game has finished when it says so after a start`(room: String) {
        var bench = Bench()
        bench.enter(Bench.welcome(room: "{\"state\":\"Lobby\",\"lobbyState\":\"PostGame\"}"))
        #expect(bench.status?.hasFinished == false, "that was the game before")
        bench.hear(frame: Bench.room("{\"state\":\"Gameplay\"}"))
        #expect(bench.status?.hasFinished == false)
        bench.hear(frame: Bench.room(room))
        #expect(bench.status?.hasFinished == true)
        bench.hear(frame: Bench.room("{\"state\":\"Lobby\",\"lobbyState\":\"CanStart\"}"))
        #expect(bench.status?.hasStarted == true && bench.status?.hasFinished == true)
    }

    @Test func `a room that keeps back its state is asked for it`() {
        var bench = Bench()
        bench.comeToDoor()
        bench.hear(frame: Bench.welcome(room: nil))
        let questions = bench.take().compactMap { action in
            if case .send(.room, let text) = action { text } else { nil }
        }
        #expect(
            questions == [
                "{\"seq\":1,\"opcode\":\"object/get\",\"params\":{\"key\":\"room\"}}",
                "{\"seq\":2,\"opcode\":\"object/get\",\"params\":{\"key\":\"bc:room\"}}",
            ])
        bench.hear(frame: Bench.error(2005, re: 1))
        bench.hear(frame: Bench.room("{\"state\":\"Gameplay\"}", key: "bc:room"))
        #expect(bench.status?.hasStarted == true)
    }

    @Test func `words are bounded`() {
        var bench = Bench { $0.wordScalars = 4 }
        bench.enter(Bench.welcome(room: "{\"state\":\"Gameplay\",\"lobbyState\":\"CanStart\"}"))
        #expect(bench.status?.gameState == "Game")
        #expect(bench.status?.lobbyState == "CanS")
        #expect(bench.status?.appTag == "quip")
    }

    // MARK: Garbage

    @Test func `what is no frame is ignored and counted`() {
        var bench = Bench()
        bench.enter()
        let deep = String(repeating: "[", count: 5000)
        let garbage = [
            "", " ", "nonsense", "{", "[]", "7", "null", "{}", "{\"opcode\":1}",
            "{\"opcode\":\"object\"}", "{\"opcode\":\"object\",\"result\":[]}",
            "{\"opcode\":\"tea/time\"}", deep, "{\"opcode\":\"object\",\"result\":\(deep)",
            Bench.room("3"), Bench.room("{\"state\":1}"), Bench.room("{\"lobbyState\":[]}"),
            Bench.room("{\"gameFinished\":1}"), Bench.room("1", key: "textDescriptions"),
            "{\"opcode\":\"client/welcome\"}", "{\"opcode\":\"client/connected\",\"result\":{}}",
            "{\"opcode\":\"client/connected\",\"result\":{\"id\":1e400}}",
        ]
        for text in garbage { bench.hear(frame: text) }
        bench.hear(.received([0xFF, 0xFE, 0x00]))
        bench.hear(.received(Array(repeating: 0x20, count: bench.limits.frameBytes + 1)))
        #expect(bench.session.ignored == garbage.count + 2)
        #expect(bench.reports.count == 1 && bench.underWay == [.room])
        bench.hear(frame: Bench.room("{\"state\":\"Gameplay\"}"))
        #expect(bench.status?.hasStarted == true, "the watch goes on")
    }

    @Test func `a frame is read up to its bound`() {
        let frame = Bench.room("{\"state\":\"Gameplay\"}")
        for (bound, isRead) in [(frame.utf8.count, true), (frame.utf8.count - 1, false)] {
            var bench = Bench { $0.frameBytes = 600 }
            bench.enter()
            #expect(Bench.welcome().utf8.count < 600)
            let padding = String(repeating: " ", count: 600 - bound)
            bench.hear(frame: isRead ? frame + padding : frame + padding + "  ")
            #expect((bench.status?.hasStarted == true) == isRead)
        }
    }

    @Test func `of two members with one name the last counts`() {
        var bench = Bench()
        bench.enter()
        bench.hear(frame: Bench.room("{\"state\":\"Lobby\",\"state\":\"Gameplay\"}"))
        #expect(bench.status?.gameState == "Gameplay")
    }

    @Test func `a damaged welcome is taken as far as it goes`() {
        var bench = Bench()
        bench.comeToDoor()
        bench.hear(
            frame: """
                {"opcode":"client/welcome","result":{"id":"x","secret":5,"entities":[1],"here":\
                {"2":{"roles":{"player":{"name":5}}},"x":{"roles":{"player":{}}},"3":null,\
                "4":{"id":4,"roles":{"player":null}},"99999999999999999999":{"roles":{"player":{}}}}}}
                """)
        #expect(bench.status?.players == ["Player 2"])
    }

    @Test func `numbers beyond all games are none`() {
        for (number, expected) in [("8", 8), ("0", nil), ("-1", nil), ("1e9", nil), ("true", nil)] {
            var bench = Bench()
            bench.handle(.start)
            bench.answer(
                status: 200, "{\"body\":{\"host\":\"a.b\",\"maxPlayers\":\(number),\"appTag\":1}}")
            bench.hear(frame: Bench.welcome())
            #expect(bench.status?.maxPlayers == expected)
            #expect(bench.status?.appTag == "")
        }
    }
}
