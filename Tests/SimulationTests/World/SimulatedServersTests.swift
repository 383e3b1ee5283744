import Drivers
import Engine
import JSON
import Testing

@testable import Simulation

@Suite struct SimulatedServersTests {
    private func servers() throws -> SimulatedServers {
        let scenario = try WrittenScenario.read(
            """
            { rooms: {
                QUIP: { title: "one", steps: [
                  { room: { state: "Lobby" } }, { after: 10, joins: "ALICE" },
                ] },
                TRIV: { title: "another" },
            } }
            """)
        return SimulatedServers(scenario.rooms)
    }

    private func time(_ seconds: Double) -> Instant {
        .start.advanced(by: .milliseconds(Int64(seconds * 1000)))
    }

    private func lookUp(_ code: String, host: String = "http://rooms.simulated") -> WebAction {
        .call(WebRequest("GET", host + "/api/v2/rooms/" + code, timeout: .seconds(10)))
    }

    private func open(_ code: String, _ ticket: String = "") -> WebAction {
        .open(
            WebRequest(
                "GET", "ws://room.simulated.invalid/api/v2/rooms/\(code)/play?role=shard\(ticket)",
                timeout: .seconds(10)), subprotocol: "ecast-v0")
    }

    private func delivery(_ id: String) -> WebAction {
        .call(
            WebRequest(
                "POST", "http://hook.simulated/games",
                headers: [
                    .init("X-Webhook-Event", "game.added"), .init("X-Webhook-Delivery", id),
                ], timeout: .seconds(10)))
    }

    /// Everything that comes until a time.
    private func news(
        _ servers: inout SimulatedServers, until seconds: Double
    ) -> [(line: UInt64, event: WebEvent)] {
        var news: [(line: UInt64, event: WebEvent)] = []
        while let next = servers.next(at: time(seconds)) { news.append(next) }
        return news
    }

    @Test func `a code leads to its room, another to none, and another host to nobody`() throws {
        var servers = try servers()
        #expect(servers.take(lookUp("QUIP"), on: 1, at: time(0)) == nil)
        #expect(news(&servers, until: 1).map(\.line) == [1])
        guard case .answered(let absent)? = servers.take(lookUp("NONE"), on: 2, at: time(1)) else {
            Issue.record("a look-up is answered")
            return
        }
        #expect(absent.status == 404)
        guard case .failed(.refused(let refused))? = servers.take(open("NONE"), on: 3, at: time(1))
        else {
            Issue.record("a handshake is refused")
            return
        }
        #expect(refused.status == 404)
        let lost = servers.take(lookUp("QUIP", host: "http://elsewhere"), on: 4, at: time(1))
        #expect(lost == .failed(.unreachable("nobody is there")))
    }

    @Test func `a room goes on while the station lies crashed, and knows who returns`() throws {
        var servers = try servers()
        #expect(servers.take(open("QUIP"), on: 1, at: time(0)) == nil)
        #expect(!news(&servers, until: 1).isEmpty)
        servers.loseStation(at: time(5))
        #expect(news(&servers, until: 60).isEmpty)
        // The next life counts its lines from one again.
        #expect(servers.take(open("QUIP"), on: 1, at: time(60)) == nil)
        let welcome = news(&servers, until: 61).compactMap { line, event -> String? in
            guard line == 1, case .received(let bytes) = event else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(welcome.first?.contains("ALICE") == true)
    }

    @Test func `a cut ends open sockets, and one that is away whatever is under way`() throws {
        var servers = try servers()
        _ = servers.take(open("QUIP"), on: 1, at: time(0))
        _ = news(&servers, until: 1)
        _ = servers.take(lookUp("TRIV"), on: 2, at: time(1))
        let cut = servers.cut(at: time(1))
        #expect(cut.map(\.0) == [1])
        #expect(cut.first?.1 == .closed(code: 1006, reason: ""))
        let away = servers.setRoomsAway(true, at: time(1))
        #expect(away.map(\.0) == [2])
        #expect(away.first?.1 == .failed(.broken("the connection ended")))
        #expect(news(&servers, until: 2).isEmpty)
        #expect(
            servers.take(lookUp("QUIP"), on: 3, at: time(2))
                == .failed(.unreachable("nobody is there")))
        #expect(servers.setRoomsAway(false, at: time(3)).isEmpty)
        #expect(servers.take(lookUp("QUIP"), on: 4, at: time(3)) == nil)
        #expect(news(&servers, until: 4).map(\.line) == [4])
    }

    @Test func `garbage comes on open sockets only`() throws {
        var servers = try servers()
        #expect(servers.garble().isEmpty)
        _ = servers.take(open("QUIP"), on: 1, at: time(0))
        #expect(servers.garble().isEmpty)
        _ = news(&servers, until: 1)
        #expect(servers.garble().count > 3)
        #expect(servers.garble().allSatisfy { $0.0 == 1 })
        #expect(servers.take(.close(1000), on: 1, at: time(2)) == nil)
        #expect(servers.garble().isEmpty)
    }

    @Test func `the hook counts a delivery once, and takes none while it is away`() throws {
        var servers = try servers()
        servers.hookIsAway = true
        #expect(
            servers.take(delivery("1"), on: 1, at: time(0))
                == .failed(.unreachable("connection refused")))
        #expect(servers.deliveries.isEmpty)
        servers.hookIsAway = false
        let accepted = WebEvent.answered(WebAnswer(status: 200))
        #expect(servers.take(delivery("1"), on: 2, at: time(1)) == accepted)
        #expect(servers.take(delivery("1"), on: 3, at: time(2)) == accepted)
        #expect(servers.take(delivery("2"), on: 4, at: time(3)) == accepted)
        #expect(servers.deliveries == ["1": "game.added", "2": "game.added"])
    }
}
