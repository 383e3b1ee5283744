import Engine
import JSON
import Station
import Store
import TestSupport
import Testing
import Transport

/// What takes days on the wall clock, in virtual time.
@Suite(.runsTwice, .quiet) struct ExpiryTests {
    private static let day = Duration.seconds(86_400)

    @Test func `a session expires after a day: 4410 to its sockets, 410 for a week, then 404`()
        throws
    {
        let world = try VirtualStation(receiver: { _ in nil })
        let session = try #require(world.makeSession())
        let socket = try #require(world.open(session))
        world.core.run(for: Self.day - .seconds(10))
        #expect(world.closes().isEmpty)
        #expect(world.call("GET", "/api/sessions/\(session)")?.status == 200)
        world.core.run(for: .seconds(70))
        #expect(world.closes()[socket] == 4410)
        #expect(world.call("GET", "/api/sessions/\(session)")?.status == 410)
        #expect(world.call("POST", "/api/sessions/\(session)/join")?.status == 410)
        #expect(world.open(session) == nil)
        world.core.run(for: Self.day * 6)
        #expect(world.call("GET", "/api/sessions/\(session)")?.status == 410)
        world.core.run(for: Self.day * 2)
        // Forgetting happens when the next session is made or expires.
        _ = world.makeSession()
        #expect(world.call("GET", "/api/sessions/\(session)")?.status == 404)
    }

    @Test func `a rotor whose session expires stops following and keeps pointing`() throws {
        let world = try VirtualStation(receiver: { _ in nil })
        _ = world.call(
            "POST", "/api/rotors", json: #"{"name":"mast","driver":"simulated"}"#, admin: true)
        let session = try #require(world.makeSession())
        _ = world.call(
            "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#, admin: true)
        let phone = try #require(world.open(session))
        world.send(#"{"type":"mode","mode":"track"}"#, on: phone)
        world.core.run(for: .seconds(2))
        #expect(try world.status().mode == .track)
        world.core.run(for: Self.day + .seconds(120))
        #expect(try world.status().mode == .manual)
        #expect(world.call("POST", "/api/rotors/1/stop")?.status == 401)
    }

    @Test func `a restart in virtual time goes on with the stored rotor, mode and session`() throws
    {
        let world = try VirtualStation()
        _ = world.call(
            "POST", "/api/rotors", json: #"{"name":"mast","driver":"simulated"}"#, admin: true)
        let session = try #require(world.makeSession())
        _ = world.call(
            "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#, admin: true)
        let phone = try #require(world.open(session))
        world.send(#"{"type":"mode","mode":"track"}"#, on: phone)
        world.core.run(for: .seconds(3))
        let again = try VirtualStation(store: world.store.restarted())
        #expect(try again.status().mode == .track)
        let newPhone = try #require(again.open(session, events: true))
        let heard = again.takeMessages(newPhone)
        #expect(heard.contains { $0["mode"]?.stringValue == "track" })
    }

    @Test func `messages that make no sense are relayed and move nothing`() throws {
        let world = try VirtualStation()
        _ = world.call(
            "POST", "/api/rotors", json: #"{"name":"mast","driver":"simulated"}"#, admin: true)
        let session = try #require(world.makeSession())
        _ = world.call(
            "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#, admin: true)
        let phone = try #require(world.open(session))
        world.core.run(for: .seconds(1))
        let before = try world.status()
        for text in [
            "", "{", "[]", "7", #"{"type":7}"#, #"{"type":"mode"}"#,
            #"{"type":"mode","mode":"fly"}"#,
            #"{"type":"target"}"#, #"{"type":"target","target":{"azimuth":"x","elevation":1}}"#,
            #"{"type":"target","target":{"azimuth":1e308,"elevation":1e308}}"#,
            #"{"type":"target","target":{"latitude":91,"longitude":0}}"#,
            #"{"type":"location","geometry":{"type":"Point","coordinates":[1]}}"#,
            #"{"type":"location","geometry":{"type":"Point","coordinates":[1e300,2]}}"#,
            #"{"type":"location","geometry":{"type":"LineString","coordinates":[[1,2]]}}"#,
            #"{"type":"location","accuracy":-1e300,"geometry":null}"#,
        ] {
            world.send(text, on: phone)
            world.core.run(for: .milliseconds(10))
        }
        world.core.run(for: .seconds(5))
        let after = try world.status()
        #expect(after.position == before.position)
        #expect(after.mode == before.mode)
    }
}
