import Engine
import JSON
import TestSupport
import Testing
import Transport

/// The live socket in virtual time.
@Suite(.runsTwice) struct LiveFeedTests {
    private let station: VirtualStation

    init() throws {
        station = try VirtualStation()
    }

    private func open(authenticated: Bool = false) throws -> UInt64 {
        let socket = try #require(station.open(at: "/game-night/api/sessions/live"))
        if authenticated {
            say(#"{"type":"auth","token":"\#(station.adminToken)"}"#, on: socket)
            #expect(types(socket) == ["auth_success"])
        }
        return socket
    }

    private func say(_ text: String, on socket: UInt64) {
        station.send(text, on: socket)
        station.core.run(for: .zero)
    }

    private func types(_ socket: UInt64) -> [String] {
        station.takeMessages(socket).compactMap { $0["type"]?.stringValue }
    }

    private func call(_ method: String, _ path: String, _ json: String? = nil) throws -> JSONObject
    {
        let answer = try #require(
            station.call(method, "/game-night" + path, json: json, admin: true))
        #expect(answer.status < 300, "\(method) \(path)")
        return answer.object
    }

    @Test func `a client that says nothing for 60 seconds is closed`() throws {
        let silent = try open()
        station.core.run(for: .seconds(30))
        let pinging = try open()
        station.core.run(for: .milliseconds(29_999))
        #expect(station.closes().isEmpty)
        say(#"{"type":"ping"}"#, on: pinging)
        station.core.run(for: .milliseconds(1))
        #expect(station.closes() == [silent: 1000])
        station.core.run(for: .milliseconds(59_998))
        #expect(station.closes() == [silent: 1000])
        say("nonsense", on: pinging)
        station.core.run(for: .seconds(59))
        #expect(station.closes() == [silent: 1000], "whatever it says, it is there")
        station.core.run(for: .seconds(1))
        #expect(station.closes() == [silent: 1000, pinging: 1000])
    }

    @Test func `whoever was closed hears nothing, and a new one does`() throws {
        let old = try open(authenticated: true)
        station.core.run(for: .seconds(60))
        #expect(station.closes() == [old: 1000])
        station.lose(old)
        station.forgetOutputs()
        let new = try open(authenticated: true)
        _ = try call("POST", "/api/sessions")
        #expect(types(new) == ["session.started"])
    }

    @Test func `events do not keep a silent client`() throws {
        let socket = try open(authenticated: true)
        say(#"{"type":"subscribe","sessionId":1}"#, on: socket)
        _ = try call("POST", "/api/sessions")
        for _ in 0..<6 {
            station.core.run(for: .seconds(10))
            guard station.closes().isEmpty else { break }
            _ = try call("POST", "/api/sessions/1/games", #"{"game_id":1}"#)
        }
        #expect(station.closes() == [socket: 1000])
    }

    @Test func `a running monitor is heard every 20 seconds, and its stop is the last of it`()
        throws
    {
        let socket = try open(authenticated: true)
        say(#"{"type":"subscribe","sessionId":1}"#, on: socket)
        _ = try call("POST", "/api/sessions")
        _ = try call("POST", "/api/sessions/1/games", #"{"game_id":1,"room_code":"ABCD"}"#)
        _ = types(socket)
        for _ in 0..<3 {
            station.core.run(for: .seconds(20))
            let beats = station.takeMessages(socket)
            #expect(beats.map { $0["type"]?.stringValue } == ["game.status"])
            let live = try call("GET", "/api/sessions/1/games/1/status-live")
            #expect(beats.first?["data"] == .object(live), "exactly the body of status-live")
            say(#"{"type":"ping"}"#, on: socket)
            _ = types(socket)
        }
        _ = try call("POST", "/api/sessions/1/games/1/stop-player-check")
        station.core.run(for: .seconds(45))
        #expect(types(socket) == ["room.disconnected"])
    }

    @Test func `a host whose day is over may do nothing any more`() throws {
        let login = try #require(
            station.call(
                "POST", "/game-night/api/auth/login", json: #"{"key":"let us play"}"#))
        let token = try #require(login.object["token"]?.stringValue)
        let answer = { [station] in
            station.call("POST", "/game-night/api/sessions", json: #"{"notes":7}"#, token: token)
        }
        #expect(answer()?.status == 400)
        station.core.run(for: .seconds(86_400))
        #expect(answer()?.status == 403)
    }
}
