import Drivers
import Engine
import Testing

@Suite struct RotctldOrderSessionTests {
    private let now = Instant.start

    private func session(_ text: String) throws -> RotctldOrderSession {
        var session = try RotctldOrderSession(.custom(text), settings: RotctldSettings())
        let started = session.handle(.start, at: now)
        #expect(started.count == 2)
        return session
    }

    private func answer(
        _ session: inout RotctldOrderSession, _ text: String
    ) -> [RotctldOrderSession.Action] {
        session.handle(.link(.received(Array(text.utf8))), at: now)
    }

    private func ending(_ actions: [RotctldOrderSession.Action]) -> CommandEvent? {
        for case .report(let event) in actions where event.isFinal { return event }
        return nil
    }

    @Test func `an answer is put together from whatever pieces it comes in`() throws {
        let text = "get_pos:\nAzimuth: 1.0\nElevation: 2.0\nRPRT 0\n"
        var session = try session("p")
        let sent = session.handle(.link(.connected), at: now)
        #expect(sent.contains(.link(.send(Array("+p\n".utf8)))))
        for character in text.dropLast() {
            let actions = answer(&session, String(character))
            #expect(ending(actions) == nil)
        }
        let last = answer(&session, "\n")
        #expect(ending(last) == .ended(exitCode: 0))
        #expect(last.contains(.link(.close)))
        let more = answer(&session, "more\n")
        #expect(more.isEmpty)
    }

    @Test func `the second line waits for the answer to the first`() throws {
        var session = try session("p\n_")
        _ = session.handle(.link(.connected), at: now)
        let next = answer(&session, "get_pos:\nRPRT 0\n")
        #expect(next.contains(.link(.send(Array("+_\n".utf8)))))
        #expect(ending(next) == nil)
    }

    @Test func `a second answer to one line is told`() throws {
        var session = try session("P 1 2 p")
        _ = session.handle(.link(.connected), at: now)
        let actions = answer(&session, "set_pos: 1 2\nRPRT 0\n1.00\n2.00\n")
        #expect(ending(actions) == .failed(CommandFailure("a line may have one command only")))
    }

    @Test func `an endless answer is given up`() throws {
        var session = try session("p")
        _ = session.handle(.link(.connected), at: now)
        var last: CommandEvent?
        for _ in 0..<70 { last = last ?? ending(answer(&session, line)) }
        #expect(last == .failed(CommandFailure("the answer was not understood")))
    }

    private var line: String { String(repeating: "x", count: 1023) + "\n" }

    @Test func `nobody there is told as such, a link that ends later is not`() throws {
        var away = try session("p")
        let refused = away.handle(.link(.closed(.refused)), at: now)
        #expect(
            ending(refused)
                == .failed(
                    CommandFailure("nobody listens at that address", isUnreachable: true)))
        var silent = try session("p")
        let late = silent.handle(.deadline, at: now.advanced(by: .seconds(5)))
        #expect(
            ending(late)
                == .failed(
                    CommandFailure(LinkError.timedOut.description, isUnreachable: true)))
        var cut = try session("p")
        _ = cut.handle(.link(.connected), at: now)
        let reset = cut.handle(.link(.closed(.reset)), at: now)
        #expect(ending(reset) == .failed(CommandFailure(LinkError.reset.description)))
        let nothing = cut.handle(.deadline, at: now)
        #expect(nothing.isEmpty)
    }
}
