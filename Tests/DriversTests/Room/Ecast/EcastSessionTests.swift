import Drivers
import Engine
import Testing

/// The way in, what is seen, and the end.
@Suite struct EcastSessionTests {
    private typealias Bench = EcastSessionBench

    @Test func `a room is looked up, and watched from a seat that takes no player's place`() {
        var bench = Bench()
        bench.handle(.start)
        let lookUp = bench.takeBegun()
        #expect(lookUp.map(\.line) == [.lookUp])
        #expect(lookUp.map(\.url) == ["https://ecast.jackboxgames.com/api/v2/rooms/ABCD"])
        bench.answer()
        #expect(
            bench.take().contains(
                .begin(
                    .room,
                    .open(
                        WebRequest(
                            "GET",
                            "wss://ecast-1.jackboxgames.com/api/v2/rooms/ABCD/play?role=shard"
                                + "&name=Boresight&userId=boresight-7&format=json",
                            headers: [WebRequest.Header("User-Agent", "boresight")],
                            timeout: bench.limits.openTimeout),
                        subprotocol: "ecast-v0"))))
        bench.hear(.opened)
        #expect(bench.reports.isEmpty, "nothing is known yet")
        bench.hear(frame: Bench.welcome(players: [(3, "BOB"), (2, "ALICE")]))
        var status = RoomStatus()
        status.appTag = "quiplash3"
        status.maxPlayers = 8
        status.players = ["ALICE", "BOB"]
        status.gameState = "Lobby"
        #expect(bench.reports == [.connected(status)])
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "ws://127.0.0.1:8081/"),
        ("http://localhost:8080/", "http://localhost:8080", "ws://127.0.0.1:8081/"),
        ("https://rooms.example/fake", "https://rooms.example/fake", "wss://127.0.0.1:8081/"),
    ])
    func `a server of one's own may have a port`(base: String, lookUp: String, socket: String)
        throws
    {
        let base = try #require(EcastBase(base))
        var bench = Bench(settings: EcastSettings(code: "A/ B", session: 1, base: base))
        bench.handle(.start)
        #expect(bench.takeBegun().map(\.url) == [lookUp + "/api/v2/rooms/A%2F%20B"])
        bench.answer(status: 200, "{\"body\":{\"host\":\"127.0.0.1:8081\"}}")
        #expect(
            bench.takeBegun().first?.url.hasPrefix(socket + "api/v2/rooms/A%2F%20B/play") == true)
    }

    @Test(arguments: [
        "", "ecast.jackboxgames.com", "ftp://host", "https://", "http://user@host", "http://a b",
        "http://host:99999", "http://host:", "http://host?x", "http://-host", "http://[::1",
        "http://host/%2e", "ws://host", "http://..",
    ])
    func `what is no address of a server is refused`(text: String) {
        #expect(EcastBase(text) == nil)
    }

    @Test func `addresses of a server are taken as they are written`() {
        for text in ["http://[::1]:80", "https://a.b-c.d", "http://10.0.0.1:8080/x/y"] {
            #expect(EcastBase(text)?.text == text)
        }
        #expect(EcastBase("https://ecast.jackboxgames.com/") == .publicService)
    }

    @Test(arguments: [
        "evil.example/path", "evil.example:443", "user@evil.example", "10.0.0.1", "localhost", "",
        "a..b", "host name.example", "[::1]", "-a.example", "x.example?y",
        String(repeating: "a.", count: 130) + "example",
    ])
    func `the public service's host must be a name`(host: String) {
        var bench = Bench()
        bench.handle(.start)
        bench.answer(status: 200, "{\"body\":{\"host\":\"\(host)\"}}")
        #expect(bench.underWay.isEmpty)
        #expect(bench.armed != nil, "the look-up is tried again")
    }

    // MARK: The look-up

    @Test func `a code that nobody has is not found`() {
        var bench = Bench()
        bench.handle(.start)
        bench.answer(status: 404, "")
        #expect(bench.reports == [.ended(.notFound)])
        #expect(bench.armed == nil)
    }

    @Test(arguments: [
        WebEvent.answered(WebAnswer(status: 500)), .answered(WebAnswer(status: 503)),
        .answered(WebAnswer(status: 429)), .answered(WebAnswer(status: 200)),
        .answered(WebAnswer(status: 200, body: Array("{\"body\":{}}".utf8))),
        .answered(WebAnswer(status: 200, body: Array(repeating: 32, count: 1 << 17))),
        .failed(.timedOut), .failed(.unreachable("no route")), .failed(.broken("cut")),
        .failed(.busy), .failed(.tooLarge), .failed(.notTrusted("expired")),
    ])
    func `a look-up that fails is tried again, five times`(event: WebEvent) {
        var bench = Bench()
        bench.handle(.start)
        var pauses: [Duration] = []
        for _ in 0..<bench.limits.triesToEnter {
            bench.hear(event, on: .lookUp, jitter: 0)
            pauses.append(bench.pause ?? .zero)
            bench.ring()
        }
        #expect(pauses == [1, 2, 4, 8, 13].map { .seconds($0) })
        #expect(bench.reports.isEmpty)
        bench.hear(event, on: .lookUp)
        #expect(bench.reports == [.ended(.connectionFailed)])
        #expect(bench.session.problem != nil)
    }

    @Test func `a look-up without any answer is given up`() {
        var bench = Bench()
        bench.handle(.start)
        bench.ring()
        #expect(bench.take().contains(.end(.lookUp)))
        bench.pass(.seconds(600))
        #expect(bench.reports == [.ended(.connectionFailed)])
    }

    @Test func `an answer to a look-up is read up to its bound`() {
        let body = "{\"body\":{\"host\":\"a.example\"}}"
        for (bytes, isRead) in [(body.utf8.count, true), (body.utf8.count - 1, false)] {
            var bench = Bench { $0.lookUpBytes = bytes }
            bench.handle(.start)
            bench.answer(status: 200, body)
            #expect((bench.underWay == [.room]) == isRead)
        }
    }

    @Test func `nothing is waited for longer than its bound`() {
        var bench = Bench()
        bench.handle(.start)
        #expect(bench.pause == bench.limits.lookUpTimeout + bench.limits.reportMargin)
        bench.answer()
        #expect(bench.pause == bench.limits.welcomeTimeout)
        bench.pass(.seconds(5))
        bench.hear(.opened)
        bench.hear(frame: "{\"opcode\":\"ok\"}")
        #expect(bench.pause == bench.limits.welcomeTimeout - .seconds(5), "it is not moved")
    }

    @Test func `an address that is none is not tried again`() {
        var bench = Bench()
        bench.handle(.start)
        bench.hear(.failed(.invalidURL), on: .lookUp)
        #expect(bench.reports == [.ended(.connectionFailed)])
    }

    // MARK: The door

    @Test(arguments: [
        (2013, RoomEnd.notFound), (2014, .roleRejected), (2023, .roleRejected), (2027, .closed),
        (2017, .roleRejected), (2010, .roleRejected),
    ])
    func `an error instead of a welcome ends the watch`(code: Int, end: RoomEnd) {
        var bench = Bench()
        bench.comeToDoor()
        bench.hear(frame: Bench.error(code))
        #expect(bench.reports == [.ended(end)])
        #expect(bench.underWay.isEmpty && bench.armed == nil)
    }

    @Test(arguments: [(404, RoomEnd.notFound), (403, .roleRejected), (401, .roleRejected)])
    func `a refused handshake ends the watch`(status: Int, end: RoomEnd) {
        var bench = Bench()
        bench.handle(.start)
        bench.answer()
        bench.hear(.failed(.refused(WebAnswer(status: status))))
        #expect(bench.reports == [.ended(end)])
    }

    @Test func `trouble at the door begins again with a look-up`() {
        let troubles: [(inout Bench) -> Void] = [
            { $0.hear(frame: Bench.error(1000)) }, { $0.hear(frame: Bench.error(2420)) },
            { $0.hear(.closed(code: 1000, reason: "")) },
            { $0.hear(.closed(code: 1006, reason: "")) }, { $0.hear(.failed(.timedOut)) },
            { $0.hear(.failed(.refused(WebAnswer(status: 502)))) },
            {
                $0.hear(frame: "nonsense"); $0.ring()
            },
        ]
        for trouble in troubles {
            var bench = Bench()
            bench.comeToDoor()
            trouble(&bench)
            #expect(bench.underWay.isEmpty)
            #expect(bench.pause == .milliseconds(1250))
            _ = bench.take()
            bench.ring()
            #expect(bench.takeBegun().map(\.line) == [.lookUp])
            #expect(bench.reports.isEmpty)
        }
    }

    // MARK: The end

    @Test(arguments: [
        "{\"opcode\":\"room/exit\",\"result\":{\"cause\":1}}", EcastSessionBench.error(2027),
        EcastSessionBench.error(2013),
    ])
    func `a room that is over is closed`(frame: String) {
        var bench = Bench()
        bench.enter()
        bench.hear(frame: frame)
        #expect(bench.reports.last == .ended(.closed))
        #expect(bench.underWay.isEmpty && bench.armed == nil)
    }

    @Test(arguments: [2014, 2023])
    func `a seat that is taken away ends the watch, a question that is refused does not`(
        code: Int
    ) {
        var bench = Bench()
        bench.enter()
        bench.hear(frame: Bench.error(code, re: 1))
        #expect(bench.reports.count == 1)
        bench.hear(frame: Bench.error(code))
        #expect(bench.reports.last == .ended(.roleRejected))
    }

    @Test func `who is sent away goes, and stays when another is`() {
        for (frame, ends) in [
            ("{\"opcode\":\"client/kicked\",\"result\":{\"id\":9}}", true),
            ("{\"opcode\":\"client/kicked\"}", true),
            ("{\"opcode\":\"client/kicked\",\"result\":{\"id\":2}}", false),
        ] {
            var bench = Bench()
            bench.enter()
            bench.hear(frame: frame)
            #expect((bench.reports.last == .ended(.roleRejected)) == ends)
        }
    }

    @Test func `a watch that is stopped lets go of everything and says nothing`() {
        let stages: [(inout Bench) -> Void] = [
            { _ in }, { $0.handle(.start) }, { $0.comeToDoor() }, { $0.enter() },
            {
                $0.enter(); $0.pass(.seconds(20))
            },
            {
                $0.enter(); $0.hear(.closed(code: 1006, reason: ""))
            },
        ]
        for stage in stages {
            var bench = Bench()
            stage(&bench)
            let reports = bench.reports
            bench.handle(.stop)
            #expect(bench.underWay.isEmpty && bench.armed == nil)
            bench.handle(.stop)
            bench.handle(.start)
            bench.handle(.deadline)
            bench.hear(frame: Bench.room("{\"state\":\"Gameplay\"}"))
            #expect(bench.reports == reports)
        }
    }
}
