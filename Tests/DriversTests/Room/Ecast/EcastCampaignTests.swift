import Drivers
import Engine
import Testing

/// Sessions that meet anything in any order.
@Suite struct EcastCampaignTests {
    private typealias Bench = EcastSessionBench

    /// Goal: no order of events and no bytes break a rule that every watch keeps to. Method: many
    /// seeds draw what the service says, most of it sensible, so that the session gets far; the
    /// bench looks at each action, and this test at what stands after each event.
    @Test func `no order of events breaks a rule`() {
        var deepest = 0
        var ends: Set<String> = []
        for seed in 0..<2000 {
            var random = SeededRandom(seed: UInt64(seed), purpose: "ecast campaign")
            var bench = Bench()
            bench.handle(.start)
            for _ in 0..<(20 + random.next() % 180) {
                step(&bench, &random)
                check(bench, seed)
            }
            deepest = max(deepest, bench.reports.count)
            if case .ended(let end)? = bench.reports.last { ends.insert(end.rawValue) }
            drain(&bench, seed)
            check(bench, seed)
        }
        // The draws are worth something: they reach every end, and rooms in which much happens.
        #expect(ends.count == RoomEnd.allCases.count)
        #expect(deepest > 20)
    }

    // MARK: Rules

    private func check(_ bench: Bench, _ seed: Int) {
        let reports = bench.reports
        switch reports.first {
        case .connected?, .ended?, nil: break
        default: Issue.record("seed \(seed) begins with \(reports[0])")
        }
        let isOver = reports.contains { if case .ended = $0 { true } else { false } }
        if isOver {
            #expect(bench.underWay.isEmpty && bench.armed == nil, "seed \(seed) goes on")
            return
        }
        #expect(
            bench.armed != nil || bench.status?.hasFinished == true,
            "seed \(seed) waits for nothing")
        if bench.underWay.isEmpty, let pause = bench.pause {
            #expect(
                pause <= bench.limits.longestPause, "seed \(seed) pauses for \(pause)")
        }
        if bench.underWay.contains(.probe) {
            #expect(bench.underWay.contains(.room), "seed \(seed) probes from outside")
        }
        checkLast(reports, seed)
    }

    /// The last report follows from the one before.
    private func checkLast(_ reports: [RoomEvent], _ seed: Int) {
        guard let last = reports.last, reports.count > 1 else { return }
        let before = reports[reports.count - 2]
        switch (before, last) {
        case (_, .ended): break
        case (.interrupted, .interrupted), (.interrupted, .status):
            Issue.record("seed \(seed): \(last) while interrupted")
        case (.connected, .connected), (.status, .connected):
            Issue.record("seed \(seed): connected twice")
        case (.connected(let old), .status(let new)), (.status(let old), .status(let new)):
            #expect(old != new, "seed \(seed) reports what is known")
            #expect(new.players.count >= old.players.count, "seed \(seed) loses a player")
            #expect(new.hasStarted || !old.hasStarted)
            #expect(new.hasFinished || !old.hasFinished)
            #expect(new.hasStarted || !new.hasFinished)
            #expect(new.players.count <= 256)
        default: break
        }
    }

    /// With a service that never answers again, every deadline leads on to the end.
    private func drain(_ bench: inout Bench, _ seed: Int) {
        if bench.underWay.contains(.room) { bench.hear(.closed(code: 1006, reason: "")) }
        var rings = 0
        while bench.armed != nil, rings < 100 {
            let before = bench.now
            bench.ring()
            #expect(before < bench.now || rings == 0, "seed \(seed) rings for nothing")
            rings += 1
        }
        #expect(rings <= 2 * bench.limits.triesToReturn + 2, "seed \(seed) takes \(rings)")
        guard case .ended? = bench.reports.last else {
            Issue.record("seed \(seed) does not end: \(bench.reports.suffix(3))")
            return
        }
    }

    // MARK: Draws

    private func step(_ bench: inout Bench, _ random: inout SeededRandom) {
        let jitter = random.unit()
        switch random.next() % 100 {
        case 0..<25: bench.ring(jitter: jitter)
        case 25..<30: bench.pass(.seconds(random.unit() * 40), jitter: jitter)
        case 30: bench.handle(.deadline, jitter: jitter)
        case 31: bench.handle(.start, jitter: jitter)
        case 32..<34:
            // On any line, also where nothing is under way.
            let line = EcastSession.Line.allCases[Int(random.next() % 3)]
            bench.hear(drawEvent(for: line, &random), on: line, jitter: jitter)
        default:
            guard !bench.underWay.isEmpty else { return bench.ring(jitter: jitter) }
            let line = bench.underWay[Int(random.next() % UInt64(bench.underWay.count))]
            bench.hear(drawEvent(for: line, &random), on: line, jitter: jitter)
        }
    }

    private func drawEvent(
        for line: EcastSession.Line, _ random: inout SeededRandom
    ) -> WebEvent {
        let draw = random.next() % 100
        if line == .lookUp {
            switch draw {
            case 0..<70:
                let body = "{\"body\":{\"host\":\"a.example\",\"maxPlayers\":\(draw)}}"
                return .answered(WebAnswer(status: 200, body: damaged(body, &random)))
            case 70..<72: return .answered(WebAnswer(status: 404))
            case 72..<85: return .answered(WebAnswer(status: Int(random.next() % 600)))
            default: return .failed(drawError(&random))
            }
        }
        switch draw {
        case 0..<6: return .opened
        case 6..<10: return .closed(code: 1006, reason: "")
        case 10: return .closed(code: UInt16(1000 + random.next() % 4000), reason: "x")
        case 11: return .failed(drawError(&random))
        default: return .received(damaged(drawFrame(&random), &random))
        }
    }

    private func drawError(_ random: inout SeededRandom) -> WebError {
        let errors: [WebError] = [
            .unreachable("x"), .timedOut, .notTrusted("x"), .broken("x"), .tooLarge, .busy,
            .refused(WebAnswer(status: 404)), .refused(WebAnswer(status: 403)),
            .refused(WebAnswer(status: 502)), .unreachable(""), .timedOut, .invalidURL,
        ]
        return errors[Int(random.next() % UInt64(errors.count))]
    }

    private func drawFrame(_ random: inout SeededRandom) -> String {
        let id = Int(random.next() % 12) + 1
        let states = ["Lobby", "Logo", "Gameplay", "Lobby", "Gameplay_Logo"]
        let lobbies = ["CanStart", "WaitingForMore", "Countdown", "None"]
        let state = states[Int(random.next() % 5)]
        let lobby = lobbies[Int(random.next() % 4)]
        let isFinished = random.next() % 20 == 0
        let value =
            "{\"state\":\"\(state)\",\"lobbyState\":\"\(lobby)\",\"gameFinished\":\(isFinished)}"
        let version = Int(random.next() % 50)
        switch random.next() % 20 {
        case 0..<8:
            let players = (0..<Int(random.next() % 6)).map { ($0 + id, "P\($0)") }
            return Bench.welcome(
                players: players, room: id == 1 ? nil : value, version: version, id: id)
        case 8..<12: return Bench.room(value, version: version)
        case 12..<15:
            return """
                {"opcode":"client/connected","result":{"id":\(id),"name":"N\(id)","role":"player"}}
                """
        case 15:
            return Bench.room(
                "{\"latestDescriptions\":[{\"category\":\"PLAYER_JOINED\",\"text\":\"A joined\"}]}",
                key: "textDescriptions")
        case 16 where id == 1: return "{\"opcode\":\"room/exit\"}"
        case 16 where id < 4: return "{\"opcode\":\"client/kicked\",\"result\":{\"id\":\(id)}}"
        case 17 where id < 4: return Bench.error(2000 + Int(random.next() % 30))
        case 18: return Bench.error(2005, re: id)
        default: return "{\"opcode\":\"ok\"}"
        }
    }

    /// Now and then with a few bytes changed, cut off, or replaced by noise.
    private func damaged(_ text: String, _ random: inout SeededRandom) -> [UInt8] {
        var bytes = Array(text.utf8)
        switch random.next() % 20 {
        case 0:
            for _ in 0...random.next() % 4 where !bytes.isEmpty {
                let index = Int(random.next() % UInt64(bytes.count))
                bytes[index] = UInt8(truncatingIfNeeded: random.next())
            }
        case 1: bytes.removeLast(Int(random.next() % UInt64(bytes.count + 1)))
        case 2:
            bytes = (0..<random.next() % 64).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        case 3: bytes += bytes
        default: break
        }
        return bytes
    }
}
