import Drivers
import Engine
import Testing

@Suite struct RotctldSessionTests {
    private let connect = LinkAction.connect(host: "rotor", port: 4533, timeout: .seconds(3))
    private let pointA = RotorCommand.point(azimuthDegrees: 10, elevationDegrees: 5)
    private let pointB = RotorCommand.point(azimuthDegrees: 20, elevationDegrees: 6)
    private let pointC = RotorCommand.point(azimuthDegrees: 30, elevationDegrees: 7)

    private func state(_ condition: DriverState.Condition, _ time: Instant) -> RotorEvent {
        .state(DriverState(condition, since: time))
    }

    @Test func `the greeting asks for the state, then for the position in the extended form`() {
        var bench = RotctldSessionBench()
        bench.handle(.start)
        #expect(bench.takeLinks() == [connect])
        #expect(bench.takeReports() == [state(.connecting, .start)])
        bench.handle(.link(.connected))
        #expect(bench.takeSent() == ["\\dump_state\n"])
        bench.answer(RotctldSessionBench.state)
        #expect(bench.takeSent() == ["+\\get_pos\n"])
        bench.answer(RotctldSessionBench.position(12.5, 3))
        let reports = bench.takeReports()
        #expect(reports.contains(state(.ready, .start)))
        #expect(reports.contains(.position(azimuthDegrees: 12.5, elevationDegrees: 3)))
        guard case .capabilities(let capabilities) = reports.first else {
            Issue.record("capabilities come first: \(reports)")
            return
        }
        #expect(capabilities.azimuthDegrees == -180...450)
    }

    @Test func `one command is in flight, and the newest position replaces the one that waits`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.submit(pointA))
        bench.handle(.submit(pointB))
        bench.handle(.submit(pointC))
        #expect(bench.takeSent() == ["+\\set_pos 10.00 5.00\n"])
        #expect(bench.takeReports() == [.finished(pointB, .superseded)])
        bench.answer("set_pos: 10.00 5.00\nRPRT 0\n")
        #expect(bench.takeReports() == [.finished(pointA, nil)])
        #expect(bench.takeSent() == ["+\\set_pos 30.00 7.00\n"])
    }

    @Test func `a stop overtakes what waits and discards it`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.submit(pointA))
        bench.handle(.submit(pointB))
        bench.handle(.submit(.stop))
        #expect(bench.takeReports() == [.finished(pointB, .superseded)])
        _ = bench.takeSent()
        bench.answer("set_pos: 10.00 5.00\nRPRT 0\n")
        #expect(bench.takeSent() == ["+\\stop\n"])
        bench.handle(.submit(pointC))
        bench.answer("stop:\nRPRT 0\n")
        #expect(
            bench.takeReports() == [.finished(pointA, nil), .finished(.stop, nil)])
        #expect(bench.takeSent() == ["+\\set_pos 30.00 7.00\n"])
    }

    @Test func `where a stopped rotor stands is asked at once`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.submit(.stop))
        #expect(bench.takeSent() == ["+\\stop\n"])
        bench.answer("stop:\nRPRT 0\n")
        #expect(bench.takeSent() == ["+\\get_pos\n"])
    }

    @Test func `a stop overtakes a question for the position that is due`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.submit(pointA))
        bench.pass(.seconds(4))
        bench.handle(.submit(.stop))
        _ = bench.takeSent()
        bench.answer("set_pos: 10.00 5.00\nRPRT 0\n")
        #expect(bench.takeSent() == ["+\\stop\n"])
    }

    @Test func `every submitted command is finished exactly once, whatever happens`() {
        for seed in 0..<300 {
            var random = SeededRandom(seed: UInt64(seed), purpose: "commands")
            var bench = RotctldSessionBench()
            bench.becomeReady()
            var submitted: [RotorCommand] = []
            for step in 0..<60 {
                switch random.next() % 7 {
                case 0, 1:
                    submitted.append(
                        .point(azimuthDegrees: Double(step), elevationDegrees: 1))
                    bench.handle(.submit(submitted[submitted.count - 1]))
                case 2:
                    submitted.append(random.next() % 2 == 0 ? .stop : .park)
                    bench.handle(.submit(submitted[submitted.count - 1]))
                case 3: bench.pass(.milliseconds(Int64(random.next() % 3000)))
                case 4: bench.handle(.link(.closed(.reset)))
                case 5: bench.handle(.link(.connected))
                default:
                    bench.answer(
                        [
                            "RPRT 0\n", "stop:\nRPRT 0\n", "park:\nRPRT -11\n",
                            RotctldSessionBench.position(1, 1), RotctldSessionBench.state,
                            "set_pos: 1 1\nRPRT 0\n",
                        ][Int(random.next() % 6)])
                }
            }
            bench.handle(.close)
            var finished: [RotorCommand] = []
            for case .finished(let command, _) in bench.takeReports() { finished.append(command) }
            func key(_ command: RotorCommand) -> String { "\(command)" }
            #expect(finished.map(key).sorted() == submitted.map(key).sorted(), "seed \(seed)")
        }
    }

    @Test func `at no time are two commands unanswered`() {
        for seed in 0..<200 {
            var random = SeededRandom(seed: UInt64(seed), purpose: "flight")
            var bench = RotctldSessionBench()
            bench.becomeReady()
            var unanswered = 0
            for _ in 0..<60 {
                switch random.next() % 4 {
                case 0: bench.handle(.submit(pointA))
                case 1: bench.handle(.submit(.stop))
                case 2: bench.pass(.milliseconds(Int64(random.next() % 900)))
                default:
                    guard unanswered == 1 else { continue }
                    unanswered = 0
                    bench.answer("RPRT -9\n")
                }
                unanswered += bench.takeSent().count
                #expect(unanswered <= 1)
            }
        }
    }

    @Test func `a late answer ends the connection and is never read`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.submit(pointA))
        bench.handle(.submit(pointB))
        _ = bench.takeLinks()
        bench.pass(.seconds(5))
        #expect(bench.takeLinks() == [.close])
        #expect(
            bench.takeReports() == [
                .finished(pointA, .timedOut), .finished(pointB, .notConnected),
                state(.failed(.replyTimedOut), .start.advanced(by: .seconds(5))),
            ])
        bench.answer("set_pos: 10.00 5.00\nRPRT 0\n")
        #expect(bench.takeReports() == [])
        bench.pass(.milliseconds(250))
        #expect(bench.takeLinks() == [connect])
        bench.handle(.link(.connected))
        #expect(bench.takeSent() == ["\\dump_state\n"])
    }

    @Test func `after a reconnection nothing old is repeated`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.submit(pointA))
        bench.handle(.link(.closed(.ended)))
        bench.pass(.milliseconds(250))
        bench.handle(.link(.connected))
        bench.answer(RotctldSessionBench.state)
        bench.answer(RotctldSessionBench.position(0, 0))
        #expect(bench.takeSent().filter { $0.contains("set_pos") }.count == 1)
        #expect(bench.takeReports().contains(.finished(pointA, .disconnected)))
    }

    @Test func `commands without a connection are refused at once`() {
        var bench = RotctldSessionBench()
        bench.handle(.submit(.stop))
        bench.handle(.start)
        bench.handle(.submit(pointA))
        bench.handle(.link(.connected))
        bench.handle(.submit(.park))
        let finished = bench.takeReports().filter {
            if case .finished = $0 { true } else { false }
        }
        #expect(
            finished == [
                .finished(.stop, .notConnected), .finished(pointA, .notConnected),
                .finished(.park, .notConnected),
            ])
    }

    @Test func `angles that are no numbers are not sent`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        let bad = RotorCommand.point(azimuthDegrees: 1e9, elevationDegrees: 0)
        bench.handle(.submit(bad))
        #expect(bench.takeReports() == [.finished(bad, .invalidAngle)])
        #expect(bench.takeSent() == [])
    }

    @Test func `failed connections are tried again with growing pauses`() {
        var bench = RotctldSessionBench()
        bench.handle(.start)
        var pauses: [Duration] = []
        for _ in 0..<6 {
            bench.handle(.link(.closed(.refused)))
            _ = bench.takeLinks()
            let since = bench.now
            while bench.links.isEmpty { bench.pass(.milliseconds(50)) }
            pauses.append(since.duration(to: bench.now))
        }
        #expect(pauses == [0.25, 0.5, 1, 2, 4, 5].map { .seconds($0) })
        #expect(
            bench.takeReports() == [
                state(.connecting, .start), state(.failed(.link(.refused)), .start),
            ])
    }

    @Test func `without extended answers the session goes on in the plain form`() {
        var bench = RotctldSessionBench()
        bench.handle(.start)
        bench.handle(.link(.connected))
        bench.answer(RotctldSessionBench.state)
        bench.answer("12.00\n3.00\n")
        bench.pass(.milliseconds(300))
        bench.handle(.link(.connected))
        bench.answer(RotctldSessionBench.state)
        _ = bench.takeLinks()
        bench.answer("12.00\n3.00\n")
        bench.handle(.submit(pointA))
        #expect(bench.takeSent() == ["P 10.00 5.00\n"])
        bench.answer("RPRT 0\n")
        #expect(bench.takeReports().contains(.finished(pointA, nil)))
    }

    @Test func `an imitation that is silent on the first command is asked for its position only`() {
        var bench = RotctldSessionBench()
        bench.handle(.start)
        bench.handle(.link(.connected))
        bench.pass(.milliseconds(2300))
        bench.handle(.link(.connected))
        #expect(bench.takeSent() == ["\\dump_state\n", "p\n"])
        bench.answer("12.00\n3.00\n")
        #expect(bench.takeReports().last == .position(azimuthDegrees: 12, elevationDegrees: 3))
    }

    @Test func `a link that ends in the greeting is greeted alike once more, then otherwise`() {
        var bench = RotctldSessionBench()
        bench.handle(.start)
        var greetings: [String] = []
        for _ in 0..<4 {
            bench.handle(.link(.connected))
            greetings += bench.takeSent()
            bench.handle(.link(.closed(.ended)))
            bench.pass(.seconds(2))
        }
        #expect(greetings == ["\\dump_state\n", "\\dump_state\n", "p\n", "p\n"])
        #expect(bench.takeReports().last == state(.failed(.link(.ended)), .start))
    }

    @Test func `when no greeting works the first is tried again`() {
        var bench = RotctldSessionBench()
        bench.handle(.start)
        var greetings: [String] = []
        for _ in 0..<4 {
            bench.handle(.link(.connected))
            greetings += bench.takeSent()
            bench.pass(.seconds(2))
            while !bench.links.contains(connect) { bench.pass(.milliseconds(100)) }
        }
        #expect(greetings == ["\\dump_state\n", "p\n", "\\dump_state\n", "p\n"])
        #expect(
            bench.takeReports().last
                == state(.failed(.noGreeting), .start.advanced(by: .milliseconds(4300))))
    }

    @Test func `an I/O error is degraded until a position comes again`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.pass(.seconds(1))
        #expect(bench.takeSent() == ["+\\get_pos\n"])
        bench.answer("get_pos:\nRPRT -6\n")
        let second = Instant.start.advanced(by: .seconds(1))
        #expect(bench.takeReports() == [state(.degraded(.rotor(.deviceUnreachable)), second)])
        bench.pass(.seconds(1))
        bench.answer("get_pos:\nRPRT -6\n")
        #expect(bench.takeReports() == [])
        bench.pass(.seconds(1))
        bench.answer(RotctldSessionBench.position(1, 1))
        #expect(bench.takeReports().first == state(.ready, .start.advanced(by: .seconds(3))))
    }

    @Test func `a refused command says why and changes nothing else`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.submit(pointA))
        bench.answer("set_pos: 10.00 5.00\nRPRT -21\n")
        #expect(bench.takeReports() == [.finished(pointA, .refused(.limitExceeded))])
    }

    @Test func `the position is asked for often while it changes and seldom while it does not`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.submit(pointA))
        bench.answer("set_pos: 10.00 5.00\nRPRT 0\n")
        _ = bench.takeSent()
        var azimuth = 0.0
        var polls: [Bool] = []
        for step in 0..<80 {
            bench.pass(.milliseconds(250))
            let polled = bench.takeSent() == ["+\\get_pos\n"]
            polls.append(polled)
            if step < 40 { azimuth += 1.5 }
            if polled { bench.answer(RotctldSessionBench.position(azimuth, 0)) }
        }
        #expect(polls[..<40].allSatisfy { $0 })
        #expect(polls[60...].filter { $0 }.count == 5)
    }

    @Test func `a steady stream of positions does not starve the question for the position`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        var polls = 0
        for _ in 0..<40 {
            bench.handle(.submit(pointA))
            bench.handle(.submit(pointB))
            bench.pass(.milliseconds(600))
            let sent = bench.takeSent()
            if sent.last == "+\\get_pos\n" {
                polls += 1
                bench.answer(RotctldSessionBench.position(1, 1))
            } else if !sent.isEmpty {
                bench.answer("RPRT -9\n")
            }
        }
        #expect(polls >= 3)
    }

    @Test func `a connection of which nothing is heard is given up`() {
        var bench = RotctldSessionBench()
        bench.handle(.start)
        bench.pass(.seconds(5))
        #expect(bench.takeLinks() == [connect, .close])
        bench.pass(.milliseconds(250))
        #expect(bench.takeLinks() == [connect])
    }

    @Test func `closing signs off and waits for rotctld to end the link`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.close)
        #expect(bench.takeLinks() == [.send(bytes("q\n"))])
        #expect(bench.takeReports() == [state(.absent, .start)])
        bench.handle(.link(.closed(.ended)))
        bench.pass(.seconds(60))
        bench.handle(.start)
        #expect(bench.takeLinks() == [])
    }

    @Test func `closing puts a stop that waits on the wire at once`() {
        var bench = RotctldSessionBench()
        bench.becomeReady()
        bench.handle(.submit(pointA))
        bench.handle(.submit(.stop))
        _ = bench.takeLinks()
        bench.handle(.close)
        #expect(bench.takeSent() == ["+\\stop\n", "q\n"])
        bench.pass(.seconds(5))
        #expect(bench.takeLinks() == [.close])
    }
}
