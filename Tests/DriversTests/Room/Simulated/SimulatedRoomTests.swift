import Drivers
import Engine
import JSON
import Testing

/// The simulated service as a client of the real one would see it.
@Suite struct SimulatedRoomTests {
    /// Asks, lets time pass, and reads.
    private struct Client {
        var room: SimulatedRoom
        var now = Instant.start

        init(_ steps: [RoomFixture.Step] = [], _ change: (inout RoomFixture) -> Void = { _ in }) {
            var fixture = RoomFixture()
            fixture.steps = steps
            change(&fixture)
            room = SimulatedRoom(fixture)
        }

        mutating func open(_ line: UInt64, _ query: String = "role=shard&name=X") {
            let request = WebRequest(
                "GET", "wss://host/api/v2/rooms/ABCD/play?\(query)", timeout: .seconds(1))
            room.take(.open(request, subprotocol: "ecast-v0"), on: line, at: now)
        }

        mutating func pass(_ duration: Duration) -> [(line: UInt64, event: WebEvent)] {
            now = now.advanced(by: duration)
            var events: [(line: UInt64, event: WebEvent)] = []
            while let event = room.next(at: now) { events.append(event) }
            return events
        }

        /// The frames of one line.
        mutating func frames(_ line: UInt64, _ duration: Duration) throws -> [JSONObject] {
            try pass(duration).compactMap { event in
                guard event.line == line, case .received(let bytes) = event.event else {
                    return nil
                }
                return try JSONReader.read(bytes).objectValue
            }
        }
    }

    @Test func `a look-up is answered after its pause`() throws {
        var client = Client()
        client.room.take(.call(WebRequest("GET", "x", timeout: .seconds(1))), on: 1, at: .start)
        #expect(client.room.nextDue == Instant.start.advanced(by: RoomFixture.answerDelay))
        let events = client.pass(.seconds(1))
        guard case .answered(let answer)? = events.first?.event else {
            Issue.record("\(events)")
            return
        }
        #expect(answer.status == 200)
        let body = try JSONReader.read(answer.body).objectValue?["body"]?.objectValue
        #expect(body?["appTag"] == .string("quiplash3"))
        #expect(client.room.nextDue == nil)
    }

    @Test func `who comes back with id and secret gets the same seat`() throws {
        var client = Client()
        client.open(1)
        let welcome = try client.frames(1, .seconds(1)).first?["result"]?.objectValue
        #expect(welcome?["id"] == .integer(2) && welcome?["reconnect"] == .bool(false))
        let secret = try #require(welcome?["secret"]?.stringValue)
        client.open(2, "id=2&secret=\(secret)")
        let again = try client.frames(2, .seconds(1)).first?["result"]?.objectValue
        #expect(again?["id"] == .integer(2) && again?["reconnect"] == .bool(true))
        client.open(3, "id=2&secret=wrong")
        let refusal = try client.frames(3, .seconds(1)).first
        #expect(refusal?["opcode"] == .string("error"))
        #expect(refusal?["result"]?.objectValue?["code"] == .integer(2008))
    }

    @Test func `a question for an entity is answered with its number`() throws {
        var client = Client([
            RoomFixture.Step(after: .zero, .room(["state": .string("Lobby")]))
        ])
        client.open(1)
        _ = client.pass(.seconds(1))
        for (key, opcode) in [("room", "object"), ("bc:room", "error")] {
            let text = "{\"seq\":7,\"opcode\":\"object/get\",\"params\":{\"key\":\"\(key)\"}}"
            client.room.take(.send(text), on: 1, at: client.now)
            let frame = try client.frames(1, .seconds(1)).first
            #expect(frame?["re"] == .integer(7) && frame?["opcode"] == .string(opcode))
        }
    }

    @Test func `what happens while nobody watches is in the next welcome`() throws {
        var client = Client([
            RoomFixture.Step(after: .seconds(1), .close(1006)),
            RoomFixture.Step(after: .seconds(1), .join("ALICE")),
        ])
        client.open(1)
        let events = client.pass(.seconds(2))
        #expect(events.last?.event == .closed(code: 1006, reason: ""))
        #expect(client.room.nextDue == nil, "nobody hears of it")
        _ = client.pass(.seconds(10))
        client.open(2)
        let welcome = try client.frames(2, .seconds(1)).first?["result"]?.objectValue
        #expect(welcome?["here"]?.objectValue?.members.count == 4, "host, ALICE and two watchers")
    }

    @Test func `a line that its client has ended hears nothing more`() {
        var client = Client([RoomFixture.Step(after: .seconds(1), .join("ALICE"))])
        client.open(1)
        client.room.take(.close(1000), on: 1, at: client.now)
        #expect(client.pass(.seconds(10)).isEmpty)
        client.open(2)
        _ = client.pass(.milliseconds(100))
        client.room.take(.close(1000), on: 2, at: client.now)
        #expect(client.pass(.seconds(10)).isEmpty)
    }

    @Test func `during an outage nobody is answered`() {
        var client = Client([RoomFixture.Step(after: .zero, .outage(.seconds(5)))])
        client.open(1)
        _ = client.pass(.seconds(1))
        client.open(2)
        guard case .failed(.unreachable)? = client.pass(.seconds(1)).last?.event else {
            Issue.record("it is reached")
            return
        }
        _ = client.pass(.seconds(4))
        client.open(3)
        #expect(client.pass(.seconds(1)).first?.event == .opened)
    }
}
