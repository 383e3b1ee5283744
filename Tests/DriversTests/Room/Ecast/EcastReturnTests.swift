import Drivers
import Engine
import Testing

/// Lost connections, and probes.
@Suite struct EcastReturnTests {
    private typealias Bench = EcastSessionBench

    private static func lose(_ bench: inout Bench, code: UInt16 = 1006, jitter: Double = 0.5) {
        bench.hear(.closed(code: code, reason: ""), jitter: jitter)
    }

    @Test(arguments: [UInt16(1001), 1002, 1006, 1009, 1011, 1012, 1013])
    func `a lost connection is sought again from the same seat`(code: UInt16) {
        var bench = Bench()
        bench.enter(Bench.welcome(id: 12, secret: "a b"))
        Self.lose(&bench, code: code)
        #expect(bench.reports.last == .interrupted)
        #expect(bench.pause == .milliseconds(1250))
        _ = bench.take()
        bench.ring()
        let begun = bench.takeBegun()
        #expect(begun.map(\.line) == [.room])
        #expect(begun.first?.url.hasSuffix("&format=json&id=12&secret=a%20b") == true)
        bench.hear(.opened)
        bench.hear(frame: Bench.welcome(players: [(2, "ALICE")], id: 12, secret: "a b"))
        guard case .connected(let status)? = bench.reports.last else {
            Issue.record("\(bench.reports)")
            return
        }
        #expect(status.players == ["ALICE"])
    }

    @Test(arguments: [UInt16(1000), 1005, 4000, 4999])
    func `a connection that is ended on purpose is the room's end`(code: UInt16) {
        var bench = Bench()
        bench.enter()
        Self.lose(&bench, code: code)
        #expect(bench.reports.last == .ended(.closed))
        #expect(bench.armed == nil)
    }

    @Test(arguments: [
        (0.0, [1, 2, 4, 8, 13, 13]), (0.999_999_999, [1.5, 3, 6, 12, 13, 13]),
    ])
    func `pauses begin between 1 and 1.5 seconds and double to 13`(
        jitter: Double, seconds: [Double]
    ) {
        var bench = Bench()
        bench.enter()
        Self.lose(&bench, jitter: jitter)
        var pauses = [bench.pause]
        for _ in 1..<seconds.count {
            bench.ring()
            bench.hear(
                .failed(.timedOut), on: bench.underWay.first ?? .room, jitter: jitter)
            pauses.append(bench.pause)
        }
        for (pause, expected) in zip(pauses, seconds) {
            let seconds = (pause ?? .zero) / .seconds(1)
            #expect(abs(seconds - expected) < 1e-6)
        }
    }

    @Test func `the first way back is straight, and the others begin with a look-up`() {
        var bench = Bench()
        bench.enter()
        Self.lose(&bench)
        _ = bench.take()
        bench.ring()
        #expect(bench.takeBegun().map(\.line) == [.room])
        bench.hear(.failed(.unreachable("")))
        bench.ring()
        #expect(bench.takeBegun().map(\.line) == [.lookUp])
        bench.answer()
        #expect(bench.takeBegun().first?.url.contains("&secret=s-1") == true)
    }

    @Test func `a room that ended meanwhile is closed`() {
        let endings: [(inout Bench) -> Void] = [
            { $0.hear(frame: Bench.error(2027)) }, { $0.hear(frame: Bench.error(2013)) },
            { $0.hear(.failed(.refused(WebAnswer(status: 404)))) },
            { bench in
                bench.hear(.failed(.timedOut))
                bench.ring()
                bench.answer(status: 404, "")
            },
        ]
        for ending in endings {
            var bench = Bench()
            bench.enter()
            Self.lose(&bench)
            bench.ring()
            ending(&bench)
            #expect(bench.reports.last == .ended(.closed))
        }
    }

    @Test func `a seat that the service has forgotten is taken anew`() {
        var bench = Bench()
        bench.enter()
        Self.lose(&bench)
        bench.ring()
        bench.hear(frame: Bench.error(2008))
        bench.ring()
        _ = bench.take()
        bench.answer()
        #expect(bench.takeBegun().first?.url.contains("secret") == false)
    }

    @Test func `a watch that does not come back gives up`() {
        var bench = Bench()
        bench.enter()
        Self.lose(&bench)
        var tries = 0
        while bench.armed != nil, tries < 100 {
            bench.ring()
            guard let line = bench.underWay.first else { continue }
            tries += 1
            bench.hear(.failed(.unreachable("")), on: line)
        }
        #expect(tries == bench.limits.triesToReturn)
        #expect(bench.reports.suffix(2) == [.interrupted, .ended(.connectionFailed)])
    }

    @Test func `a service that drops everybody at once is not asked for ever`() {
        var bench = Bench()
        bench.enter()
        var losses = 0
        while bench.armed != nil, losses < 100 {
            Self.lose(&bench)
            losses += 1
            bench.ring()
            bench.hear(frame: Bench.welcome())
        }
        #expect(losses == bench.limits.triesToReturn + 1)
        #expect(bench.reports.last == .ended(.connectionFailed))
    }

    @Test func `a connection that held makes the tries count from nothing`() {
        var bench = Bench()
        bench.enter()
        for _ in 0..<50 {
            bench.pass(bench.limits.steadyAfter)
            Self.lose(&bench)
            #expect(bench.pause == .milliseconds(1250))
            bench.ring()
            bench.hear(frame: Bench.welcome())
        }
    }

    // MARK: Probes

    @Test func `a probe looks who is there, every 20 seconds, and goes`() {
        var bench = Bench()
        bench.enter()
        for round in 1...3 {
            #expect(bench.pause == bench.limits.probePause)
            bench.ring()
            let begun = bench.takeBegun()
            #expect(begun.map(\.line) == [.probe])
            #expect(begun.first?.url.contains("userId=boresight-7-probe&") == true)
            #expect(begun.first?.url.contains("secret") == false)
            bench.hear(.opened, on: .probe)
            let players = (1...round).map { ($0 + 1, "P\($0)") }
            bench.hear(frame: Bench.welcome(players: players, id: 40 + round), on: .probe)
            #expect(bench.underWay == [.room])
            #expect(bench.status?.players.count == round)
        }
    }

    @Test func `a probe that fails is none, and the watch goes on`() {
        let failures: [(inout Bench) -> Void] = [
            { $0.hear(.failed(.busy), on: .probe) },
            { $0.hear(.closed(code: 1000, reason: ""), on: .probe) },
            { $0.hear(frame: Bench.error(2014), on: .probe) },
            { $0.hear(frame: Bench.error(2013), on: .probe) },
        ]
        for failure in failures {
            var bench = Bench()
            bench.enter()
            bench.ring()
            failure(&bench)
            #expect(bench.underWay == [.room] && bench.reports.count == 1)
            #expect(bench.pause == bench.limits.probePause)
        }
        var bench = Bench()
        bench.enter()
        bench.ring()
        bench.hear(frame: "nonsense", on: .probe)
        bench.hear(frame: Bench.room("{\"state\":\"Gameplay\"}"), on: .probe)
        #expect(bench.pause == bench.limits.welcomeTimeout)
        bench.ring()
        #expect(bench.underWay == [.room], "a silent probe is ended")
        #expect(bench.status?.hasStarted == false, "it reads its welcome only")
        #expect(bench.session.ignored == 1)
    }

    @Test func `the room's end that a probe is told of is believed`() {
        var bench = Bench()
        bench.enter()
        bench.ring()
        bench.hear(frame: Bench.error(2027), on: .probe)
        #expect(bench.reports.last == .ended(.closed))
        #expect(bench.underWay.isEmpty)
    }

    @Test(arguments: [(6, true), (5, false), (4, false)])
    func `a probe that knows more than a dead socket is believed`(version: Int, isTaken: Bool) {
        var bench = Bench()
        bench.enter(Bench.welcome(version: 5))
        bench.ring()
        bench.hear(
            frame: Bench.welcome(room: "{\"state\":\"Gameplay\"}", version: version), on: .probe)
        #expect(bench.status?.hasStarted == isTaken)
    }

    @Test func `notices bring a probe forward, and not too often`() {
        let notice = Bench.room(
            "{\"latestDescriptions\":[{\"category\":\"A_PLAYER_JOINED\",\"text\":\"?\"}]}",
            key: "textDescriptions")
        var bench = Bench()
        bench.enter()
        bench.hear(frame: notice)
        bench.hear(frame: notice)
        #expect(bench.pause == bench.limits.noticePause)
        bench.ring()
        bench.hear(frame: notice)
        bench.hear(frame: Bench.welcome(), on: .probe)
        #expect(bench.pause == bench.limits.shortestProbePause, "it may have been too early")
        bench.hear(frame: notice)
        #expect(bench.pause == bench.limits.shortestProbePause)
        bench.ring()
        bench.hear(frame: Bench.welcome(), on: .probe)
        #expect(bench.pause == bench.limits.probePause)
    }

    @Test func `a lost connection takes its probe along`() {
        var bench = Bench()
        bench.enter()
        bench.ring()
        #expect(bench.underWay == [.room, .probe])
        Self.lose(&bench)
        #expect(bench.underWay.isEmpty)
    }

    @Test func `a finished game is not probed`() {
        var bench = Bench()
        bench.enter()
        bench.hear(frame: Bench.room("{\"state\":\"EndGame\"}"))
        #expect(bench.armed == nil)
        bench = Bench()
        bench.enter()
        bench.ring()
        bench.hear(frame: Bench.room("{\"state\":\"EndGame\"}"))
        #expect(bench.underWay == [.room] && bench.armed == nil)
        Self.lose(&bench)
        bench.ring()
        bench.hear(frame: Bench.welcome())
        #expect(bench.armed == nil)
    }

    @Test func `a probe's seat is not the watch's`() {
        var bench = Bench()
        bench.enter(Bench.welcome(id: 12, secret: "mine"))
        bench.ring()
        bench.hear(frame: Bench.welcome(id: 13, secret: "other"), on: .probe)
        Self.lose(&bench)
        _ = bench.take()
        bench.ring()
        #expect(bench.takeBegun().first?.url.hasSuffix("id=12&secret=mine") == true)
    }

    @Test func `a secret is sent back up to its bound`() {
        for (length, isKept) in [(128, true), (129, false)] {
            var bench = Bench()
            bench.enter(Bench.welcome(secret: String(repeating: "x", count: length)))
            Self.lose(&bench)
            _ = bench.take()
            bench.ring()
            #expect((bench.takeBegun().first?.url.contains("secret=") == true) == isKept)
        }
    }
}
