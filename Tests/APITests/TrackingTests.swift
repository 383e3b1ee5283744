import Drivers
import Engine
import JSON
import Pointing
import Station
import TestSupport
import Testing
import Transport

/// The main job with simulated drivers in virtual time: the same actors as live.
@Suite(.runsTwice, .quiet) struct TrackingTests {
    private struct Scene {
        let world: VirtualStation
        let session: String
        let phone: UInt64

        init(seed: UInt64 = 1, rotor: String = #""min_azimuth":0,"max_azimuth":450"#) throws {
            world = try VirtualStation(seed: seed)
            let added = world.call(
                "POST", "/api/rotors", json: #"{"name":"mast","driver":"simulated",\#(rotor)}"#,
                admin: true)
            try #require(added?.status == 201)
            session = try #require(world.makeSession())
            let paired = world.call(
                "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#, admin: true)
            try #require(paired?.status == 200)
            phone = try #require(world.open(session, events: true))
            world.core.run(for: .seconds(1))
        }

        func track() {
            world.send(#"{"type":"mode","mode":"track"}"#, on: phone)
        }

        /// Sends the phone's place once a second for a while.
        func stand(at place: PhonePlace, seconds: Int) {
            for _ in 0..<seconds {
                world.send(place.locationMessage, on: phone)
                world.core.run(for: .seconds(1))
            }
        }

        func error(at place: PhonePlace) throws -> Double {
            let position = try #require(try world.status().position)
            return place.error(
                ofAzimuth: position.azimuthDegrees, elevation: position.elevationDegrees)
        }
    }

    @Test func `the rotor follows the phone within the dead band at each place`() throws {
        let scene = try Scene()
        scene.track()
        for (index, place) in try PhonePlace.path().enumerated() {
            // The first way is long: 318 degrees at six a second.
            scene.stand(at: place, seconds: index == 0 ? 60 : 6)
            #expect(try scene.error(at: place) <= 1.02, "\(place)")
        }
        let azimuth = try #require(try scene.world.status().position?.azimuthDegrees)
        #expect(azimuth > 340 && azimuth < 450, "north was crossed over the overlap: \(azimuth)")
    }

    /// A whole day, with troubles, is in Simulations/unattended-24h.json.
    @Test func `three hours of tracking at one tick a second end where the phone is`() throws {
        let scene = try Scene()
        scene.track()
        let path = try PhonePlace.path()
        for second in 0..<(3 * 3600) {
            // Three minutes at each place, to and fro.
            let step = second / 180 % (2 * path.count)
            let place = path[step < path.count ? step : 2 * path.count - 1 - step]
            scene.world.send(place.locationMessage, on: scene.phone)
            scene.world.core.run(for: .seconds(1))
            if second % 180 == 179 {
                let error = try scene.error(at: place)
                guard error <= 1.02 else {
                    Issue.record("\(error) degrees off at second \(second)")
                    return
                }
                scene.world.forgetOutputs()
            }
        }
        #expect(scene.world.core.executor.foreignJobCount == 0)
    }

    @Test func `the same seed gives the same trace, another seed another`() throws {
        func trace(_ seed: UInt64) throws -> UInt64 {
            let scene = try Scene(seed: seed)
            scene.track()
            for place in try PhonePlace.path() { scene.stand(at: place, seconds: 3) }
            return scene.world.core.progress.trace
        }
        let first = try trace(7)
        #expect(try trace(7) == first)
        #expect(try trace(8) != first)
    }

    @Test func `stop holds whatever the phone sends, until a mode is chosen`() throws {
        let scene = try Scene()
        scene.track()
        let path = try PhonePlace.path()
        scene.stand(at: path[0], seconds: 10)
        #expect(try scene.world.status().isMoving)
        scene.world.send(#"{"type":"mode","mode":"stop"}"#, on: scene.phone)
        scene.world.core.run(for: .seconds(2))
        let stopped = try #require(try scene.world.status().position)
        for place in path { scene.stand(at: place, seconds: 2) }
        scene.world.send(
            #"{"type":"target","target":{"azimuth":10,"elevation":5}}"#, on: scene.phone)
        scene.world.core.run(for: .seconds(10))
        let later = try scene.world.status()
        #expect(later.position == stopped)
        #expect(later.mode == .stop)
        scene.track()
        scene.stand(at: path[0], seconds: 60)
        #expect(try scene.error(at: path[0]) <= 1.02)
    }

    @Test func `a noisy phone near the dead band does not make the rotor hunt`() throws {
        let scene = try Scene(rotor: #""min_azimuth":0,"max_azimuth":450,"deadband":2"#)
        scene.track()
        var random = SeededRandom(seed: 3, purpose: "noise")
        let place = try PhonePlace.path()[6]
        func noisy() -> String {
            // 20 m of noise at 1.4 km is under a degree.
            let north = (random.unit() - 0.5) * 40 / 111_000
            let east = (random.unit() - 0.5) * 40 / 68_000
            return """
                {"type":"location","accuracy":20,"geometry":{"type":"Point","coordinates":\
                [\(place.longitude + east),\(place.latitude + north),\(place.altitude)]}}
                """
        }
        for _ in 0..<60 {
            scene.world.send(noisy(), on: scene.phone)
            scene.world.core.run(for: .seconds(1))
        }
        let resting = try #require(try scene.world.status().position)
        for _ in 0..<600 {
            scene.world.send(noisy(), on: scene.phone)
            scene.world.core.run(for: .milliseconds(500))
            #expect(try scene.world.status().position == resting)
        }
    }

    @Test func `a phone that is lost is shown with the age of what is still used`() throws {
        let scene = try Scene()
        scene.track()
        let place = try PhonePlace.path()[6]
        scene.stand(at: place, seconds: 60)
        #expect(try scene.world.status().problems.isEmpty)
        scene.world.lose(scene.phone)
        scene.world.core.run(for: .seconds(30))
        let problem = try #require(try scene.world.status().problems.first)
        #expect(problem.source == .phone)
        #expect((29...32).contains(problem.ageSeconds ?? 0))
        let again = try #require(scene.world.open(scene.session))
        scene.world.send(place.locationMessage, on: again)
        scene.world.core.run(for: .seconds(1))
        #expect(try scene.world.status().problems.isEmpty)
    }

    @Test func `the session hears the rotor at least once a second while it moves`() throws {
        let scene = try Scene()
        _ = scene.world.takeMessages(scene.phone)
        scene.world.send(
            #"{"type":"target","target":{"azimuth":120,"elevation":30}}"#, on: scene.phone)
        var heard = 0
        for _ in 0..<15 {
            scene.world.core.run(for: .seconds(1))
            let rotor = scene.world.takeMessages(scene.phone).filter {
                $0["type"]?.stringValue == "rotor"
            }
            guard try scene.world.status().isMoving else { break }
            #expect(!rotor.isEmpty)
            #expect(rotor.allSatisfy { $0["mode"]?.stringValue == "manual" })
            heard += rotor.count
        }
        #expect(heard > 10)
    }

    @Test func `the page and the session see where the rotor is turned to, the way it goes`() throws
    {
        let scene = try Scene()
        let world = scene.world
        func position() throws -> JSONObject {
            try #require(world.call("GET", "/api/rotors/1/position")).object
        }
        func turn(to azimuth: Int, seconds: Int) {
            world.send(
                #"{"type":"target","target":{"azimuth":\#(azimuth),"elevation":5}}"#,
                on: scene.phone)
            world.core.run(for: .seconds(seconds))
        }
        #expect(try position()["aim"] == nil)
        turn(to: 350, seconds: 90)
        #expect(try position()["aim"] == nil, "it is there")
        _ = world.takeMessages(scene.phone)
        turn(to: 12, seconds: 1)
        let aim = JSONValue.object(["azimuth": .integer(372), "elevation": .integer(5)])
        let words = world.takeMessages(scene.phone).filter { $0["type"] == .string("rotor") }
        #expect(words.last?["aim"] == aim, "over the overlap")
        let shown = try position()
        #expect(shown["aim"] == aim)
        let target = JSONValue.object(["azimuth": .integer(12), "elevation": .integer(5)])
        #expect(shown["target"] == target)
        #expect((0...1).contains(shown["age_seconds"]?.doubleValue ?? -1))
        world.core.run(for: .seconds(10))
        let last = try #require(
            world.takeMessages(scene.phone).last { $0["type"] == .string("rotor") })
        #expect(last["aim"] == nil)
        #expect(last["target"] == target)
    }
}
