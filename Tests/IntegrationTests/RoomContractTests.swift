import Drivers
import Foundation
import JSON
import TestSupport
import Testing
import Transport

/// Monitors against a room service that speaks the documented frames on this machine.
@Suite struct RoomContractTests {
    private static func fixture(_ name: String) throws -> RoomFixture {
        try RoomFixture(Array(Data(contentsOf: URL(filePath: "Fixtures/rooms/\(name).json"))))
    }

    /// A night with one game whose room is watched, and who follows it.
    private struct Night {
        let daemon: DaemonProcess
        let server: RoomServer
        let socket: WebSocketClient
        private(set) var events: [JSONObject] = []

        init(_ fixture: String, speed: Double) async throws {
            server = try RoomServer(try RoomContractTests.fixture(fixture), speed: speed)
            daemon = try await DaemonProcess([
                "--gpsd", "none", "--game-night-rooms", server.url,
            ])
            let token = try daemon.token
            _ = try daemon.call(
                "POST", "/game-night/api/sessions", json: "{}", token: token)
            socket = try WebSocketClient(daemon.socketURL + "/game-night/api/sessions/live")
            try socket.send(#"{"type":"auth","token":"\#(token)"}"#)
            try socket.send(#"{"type":"subscribe","sessionId":1}"#)
            #expect(try socket.nextObject()?["type"] == .string("auth_success"))
            #expect(try socket.nextObject()?["type"] == .string("subscribed"))
            let added = try daemon.call(
                "POST", "/game-night/api/sessions/1/games",
                json: #"{"game_id":29,"room_code":"ABCD"}"#, token: token)
            #expect(added.status == 201, "\(added.text)")
        }

        /// The events up to one of this name.
        mutating func events(
            until name: String, within limit: Duration = .seconds(30)
        ) throws -> [String] {
            let start = events.count
            while let event = try socket.nextObject(within: limit) {
                events.append(event)
                if event["type"] == .string(name) { break }
            }
            return events[start...].compactMap { $0["type"]?.stringValue }
        }

        var lastData: JSONObject { events.last?["data"]?.objectValue ?? [:] }

        func status() throws -> JSONObject {
            try daemon.call("GET", "/game-night/api/sessions/1/games/1/status-live").object
        }

        func row() throws -> JSONObject {
            let games = try JSONReader.read(
                daemon.call("GET", "/game-night/api/sessions/1/games").body)
            return games.arrayValue?.first?.objectValue ?? [:]
        }
    }

    private static func names(_ data: JSONObject) -> [String] {
        (data["players"]?.arrayValue ?? []).compactMap(\.stringValue)
    }

    @Test func `a room is watched from its lobby to its end`() async throws {
        var night = try await Night("quick-lobby", speed: 20)
        let events = try night.events(until: "room.disconnected")
        #expect(events.first == "game.added")
        #expect(events.dropFirst().first == "room.connected")
        let joins = events.filter { $0 == "lobby.player-joined" }.count
        let order = ["room.connected", "game.started", "game.ended", "room.disconnected"]
        #expect(events.filter(order.contains) == order)
        #expect(joins >= 2)
        #expect(night.lastData["reason"] == .string("room_closed"))
        let row = try night.row()
        #expect(row["status"] == .string("played"))
        #expect(row["player_count"] == .integer(Int64(Self.names(night.lastData).count)))
        #expect(try night.status()["monitoring"] == .bool(false))
        #expect(try night.status()["status"] == .string("completed"))
        #expect(night.server.agents.allSatisfy { !$0.isEmpty })
        let first = try #require(night.server.handshakes.first)
        for part in ["/api/v2/rooms/ABCD/play?", "role=shard", "format=json", "userId="] {
            #expect(first.contains(part), "\(first)")
        }
        // Nothing comes of it any more.
        #expect(try night.socket.nextObject(within: .seconds(2)) == nil)
    }

    @Test func `players who have left stay, and who was there before is seen`() async throws {
        var night = try await Night("departed-player", speed: 20)
        _ = try night.events(until: "room.disconnected")
        let all = Self.names(night.lastData)
        let counts = night.events.compactMap {
            $0["data"]?.objectValue?["playerCount"]?.integerValue
        }
        #expect(counts == counts.sorted(), "nobody is taken out")
        #expect(!all.isEmpty)
    }

    @Test func `games without notices are looked into`() async throws {
        var night = try await Night("trivia-no-notices", speed: 1)
        let events = try night.events(until: "lobby.player-joined", within: .seconds(60))
        #expect(events.contains("game.status"), "the heartbeat comes with the first look")
        #expect(night.server.handshakes.count >= 2)
        #expect(try night.status()["playerCount"] == .integer(2))
    }

    @Test func `a lost connection is sought again with the seat that was taken`() async throws {
        var night = try await Night("drops-and-returns", speed: 5)
        let events = try night.events(until: "room.disconnected", within: .seconds(60))
        #expect(events.filter { $0 == "room.connected" }.count == 1)
        #expect(events.contains("game.started"))
        #expect(Self.names(night.lastData) == ["ALICE", "BOB", "CAROL"])
        #expect(night.server.handshakes.contains { $0.contains("secret=") && $0.contains("id=") })
    }

    @Test func `a room that closes in mid-game ends the game`() async throws {
        var night = try await Night("closes-in-mid-game", speed: 20)
        _ = try night.events(until: "room.disconnected")
        #expect(night.lastData["reason"] == .string("room_closed"))
        #expect(try night.row()["status"] == .string("played"))
    }

    @Test(arguments: [
        ("never-found", "room_not_found"), ("refused-shard", "role_rejected"),
    ])
    func `a room that cannot be watched says why`(fixture: String, reason: String) async throws {
        var night = try await Night(fixture, speed: 20)
        #expect(
            try night.events(until: "room.disconnected") == ["game.added", "room.disconnected"])
        #expect(night.lastData["reason"] == .string(reason))
        #expect(try night.row()["status"] == .string("playing"))
        #expect(try night.status()["status"] == .string("failed"))
    }

    @Test func `nonsense is overheard`() async throws {
        var night = try await Night("garbage", speed: 20)
        let events = try night.events(until: "room.disconnected")
        #expect(events.contains("game.started") && events.contains("game.ended"))
        #expect(
            Self.names(night.lastData).allSatisfy { name in
                name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            })
    }

    @Test func `a monitor that is stopped says so and nothing more`() async throws {
        var night = try await Night("quick-lobby", speed: 1)
        _ = try night.events(until: "room.connected")
        let stopped = try night.daemon.call(
            "POST", "/game-night/api/sessions/1/games/1/stop-player-check",
            token: night.daemon.token)
        #expect(
            stopped.text
                == #"{"message":"Room monitor and player count check stopped","status":"stopped"}"#)
        _ = try night.events(until: "room.disconnected")
        #expect(night.lastData["reason"] == .string("manually_stopped"))
        #expect(try night.socket.nextObject(within: .seconds(5)) == nil)
    }

    @Test func `monitors go on after a kill`() async throws {
        var night = try await Night("quick-lobby", speed: 1)
        _ = try night.events(until: "room.connected")
        night.daemon.kill()
        try await night.daemon.restart()
        let isBack = await eventually {
            (try? night.status()["appTag"]) != .null
                && (try? night.status()["monitoring"]) == .bool(true)
        }
        #expect(isBack)
        #expect(night.server.handshakes.count >= 2)
    }
}
