import Drivers
import Engine
import JSON
import Station
import TestSupport
import Testing
import Transport

/// More rooms than a night has, and more people who follow it than a house holds.
@Suite(.runsTwice, .quiet) struct CrowdedNightTests {
    private static let monitors = 200
    private static let followers = 2000
    private static let minutes = 5

    /// A game that is played for as long as anybody looks.
    private static let room: RoomFixture = {
        var room = RoomFixture()
        room.steps = [
            .init(after: .zero, .room(["state": .string("Lobby")])),
            .init(after: .seconds(5), .join("ALICE")), .init(after: .seconds(5), .join("BOB")),
            .init(after: .seconds(30), .room(["state": .string("Gameplay")])),
            .init(after: .seconds(86_400), .exit),
        ]
        return room
    }()

    private let world: VirtualStation
    private let night: String
    private var sockets: [UInt64] = []

    init() throws {
        world = try VirtualStation(
            receiver: { _ in nil },
            makeRoom: { core, wish in
                SimulatedRoomService(
                    core: core, settings: EcastSettings(code: wish.code, session: 1),
                    fixture: Self.room)
            })
        let begun = world.call("POST", "/game-night/api/sessions", json: "{}", admin: true)
        night = "/game-night/api/sessions/\(begun?.object["id"]?.integerValue ?? 0)"
        for _ in 0..<Self.followers { sockets.append(try #require(follower())) }
    }

    /// A socket that has proved itself and follows the night.
    private func follower() -> UInt64? {
        guard let socket = world.open(at: "/game-night/api/sessions/live") else { return nil }
        world.send(#"{"type":"auth","token":"\#(world.adminToken)"}"#, on: socket)
        world.send(#"{"type":"subscribe","sessionId":1}"#, on: socket)
        world.core.run(for: .zero)
        let answers = world.takeMessages(socket).compactMap { $0["type"]?.stringValue }
        return answers == ["auth_success", "subscribed"] ? socket : nil
    }

    /// Ten monitors a second, so that their heartbeats are spread as they are live.
    private func startMonitors() {
        for game in 1...Self.monitors {
            let code = "R" + String(100 + game)
            let added = world.call(
                "POST", night + "/games", json: #"{"game_id":29,"room_code":"\#(code)"}"#,
                admin: true)
            #expect(added?.status == 201)
            world.forgetOutputs()
        }
        for game in 1...Self.monitors {
            let started = world.call(
                "POST", night + "/games/\(game)/start-player-check", admin: true)
            #expect(started?.status == 200)
            world.core.run(for: .milliseconds(100))
            world.forgetOutputs()
        }
    }

    /// What is said to everybody on a night, by its game.
    private struct Heard {
        /// The seconds of each game's heartbeats.
        var beats: [Int64: [Int]] = [:]
        var joins = 0
        var starts = 0
        /// Frames that did not reach every follower.
        var incomplete = 0
    }

    /// Lets a second pass, and takes down what left in it.
    private func listen(_ second: Int, _ heard: inout Heard) {
        world.core.run(for: .seconds(1))
        for (payload, receivers) in world.takeFrames() {
            guard let message = (try? JSONReader.read(payload))?.objectValue,
                let game = message["data"]?.objectValue?["gameId"]?.integerValue
            else { continue }
            if receivers != sockets { heard.incomplete += 1 }
            switch message["type"]?.stringValue {
            case "game.status": heard.beats[game, default: []].append(second)
            case "lobby.player-joined": heard.joins += 1
            case "game.started": heard.starts += 1
            default: break
            }
        }
    }

    @Test func `two hundred monitors are heard by two thousand people, each beat in its second`()
        throws
    {
        startMonitors()
        var heard = Heard()
        for second in 0..<(60 * Self.minutes) {
            if second % 45 == 0 { for socket in sockets { world.send(Self.ping, on: socket) } }
            listen(second, &heard)
        }
        #expect(heard.incomplete == 0)
        #expect(heard.beats.count == Self.monitors)
        for (game, beats) in heard.beats.sorted(by: { $0.key < $1.key }) {
            #expect(beats.count == 60 * Self.minutes / 20, "game \(game)")
            for (one, next) in zip(beats, beats.dropFirst()) {
                #expect(next - one == 20, "game \(game)")
            }
        }
        #expect(heard.starts > 0)
        #expect(world.closes().isEmpty)
    }

    private static let ping = #"{"type":"ping"}"#
}
