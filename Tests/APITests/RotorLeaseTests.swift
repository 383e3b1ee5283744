import Engine
import JSON
import Pointing
import Station
import Store
import TestSupport
import Testing
import Transport

/// A rotor whose device is leased, in virtual time.
@Suite(.runsTwice) struct RotorLeaseTests {
    private final class Scene {
        let world: VirtualStation
        let organization: String
        let device: String
        let session: String
        let laptop: UInt64
        /// Two who may turn rotors; Ann has paired hers with the session.
        let ann: String
        let bob: String

        init(store: InMemoryStore = InMemoryStore()) throws {
            world = try VirtualStation(store: store)
            let world = world
            func id(_ path: String, _ json: String) throws -> String {
                let answer = world.call("POST", path, json: json, admin: true)
                return try #require(answer?.object["id"]?.stringValue, "\(path)")
            }
            func user(_ email: String, in organization: String) throws -> String {
                _ = try id(
                    "/v1/users", #"{"email":"\#(email)","permissions":["rotor.operate"]}"#)
                _ = world.call(
                    "PUT", "/v1/organizations/\(organization)/members/\(email)",
                    json: #"{"role":"member"}"#, admin: true)
                let token = world.call(
                    "POST", "/v1/tokens", json: #"{"user":"\#(email)"}"#, admin: true)
                return try #require(token?.object["token"]?.stringValue)
            }
            organization = try id("/v1/organizations", #"{"name":"Club"}"#)
            device = try id(
                "/api/v1/controller/device/",
                #"{"name":"mast","organization":"\#(organization)"}"#)
            ann = try user("ann@club", in: organization)
            bob = try user("bob@club", in: organization)
            let added = world.call(
                "POST", "/api/rotors",
                json: #"{"name":"mast","driver":"simulated","device":"\#(device)"}"#, token: ann)
            #expect(added?.status == 201)
            #expect(added?.object["device"]?.stringValue == device)
            session = try #require(world.makeSession())
            let paired = world.call(
                "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#, token: ann)
            #expect(paired?.status == 200)
            laptop = try #require(world.open(session, events: true))
            world.core.run(for: .seconds(1))
        }

        func lease(by token: String, _ more: String = "") throws -> String {
            let answer = world.call(
                "POST", "/api/v1/sessions", json: #"{"device":"\#(device)"\#(more)}"#,
                token: token)
            return try #require(answer?.object["id"]?.stringValue)
        }

        func say(_ message: String) {
            world.send(message, on: laptop)
        }

        func run(_ seconds: Int) {
            world.core.run(for: .seconds(seconds))
        }

        func azimuth() throws -> Double {
            try #require(try world.status().position?.azimuthDegrees)
        }

        /// The last thing that the rotor said to its session.
        func lastWord() throws -> JSONObject {
            _ = world.takeMessages(laptop)
            run(2)
            return try #require(
                world.takeMessages(laptop).last { $0["type"] == .string("rotor") })
        }

        func problems() throws -> [String] {
            try world.status().problems.map(\.source.rawValue)
        }
    }

    private static func target(_ azimuth: Int) -> String {
        #"{"type":"target","target":{"azimuth":\#(azimuth),"elevation":20}}"#
    }

    @Test func `a session of somebody else moves nothing while the rotor is leased, but stops it`()
        throws
    {
        let scene = try Scene()
        scene.say(Self.target(20))
        scene.run(10)
        #expect(try scene.azimuth() == 20)
        #expect(try scene.lastWord()["owner"] == nil)
        let lease = try scene.lease(by: scene.bob)
        #expect(try scene.lastWord()["owner"] == .string("bob@club"))
        let position = scene.world.call("GET", "/api/rotors/1/position")
        #expect(position?.object["owner"] == .string("bob@club"))
        #expect(try scene.problems().isEmpty, "nothing was under way")
        for message in [Self.target(40), #"{"type":"mode","mode":"park"}"#, Self.target(60)] {
            scene.say(message)
            scene.run(10)
            #expect(try scene.azimuth() == 20)
            #expect(try scene.world.status().mode == .manual)
        }
        scene.say(#"{"type":"mode","mode":"stop"}"#)
        scene.run(1)
        #expect(try scene.world.status().mode == .stop)
        let released = scene.world.call(
            "POST", "/api/v1/sessions/\(lease)/release", token: scene.bob)
        #expect(released?.status == 200)
        scene.say(#"{"type":"mode","mode":"manual"}"#)
        scene.say(Self.target(40))
        scene.run(10)
        #expect(try scene.azimuth() == 40)
        #expect(try scene.lastWord()["owner"] == nil)
    }

    @Test func `a lease that begins under way stops the rotor, says so, and lets it go on`() throws
    {
        let scene = try Scene()
        scene.say(#"{"type":"mode","mode":"track"}"#)
        scene.say(Self.target(200))
        scene.run(5)
        #expect(try scene.world.status().isMoving)
        _ = try scene.lease(by: scene.bob, #","duration":60"#)
        scene.run(5)
        let stood = try scene.azimuth()
        #expect(stood < 100)
        #expect(try !scene.world.status().isMoving)
        let word = try scene.lastWord()
        let problem = word["problems"]?.arrayValue?.first?.objectValue
        #expect(problem?["source"] == .string("lease"))
        #expect(problem?["detail"]?.stringValue?.hasPrefix("bob@club has the device since") == true)
        scene.run(40)
        #expect(try scene.azimuth() == stood)
        scene.run(60)
        #expect(try scene.azimuth() == 200, "it follows again what it followed")
        #expect(try scene.problems().isEmpty)
    }

    @Test func `the holder's own lease changes nothing for the holder`() throws {
        let scene = try Scene()
        scene.say(#"{"type":"mode","mode":"track"}"#)
        scene.say(Self.target(100))
        scene.run(3)
        _ = try scene.lease(by: scene.ann)
        scene.run(30)
        #expect(try scene.azimuth() == 100)
        #expect(try scene.lastWord()["owner"] == .string("ann@club"))
        scene.say(Self.target(80))
        scene.run(10)
        #expect(try scene.azimuth() == 80)
    }

    @Test func `calls of others are refused and name the owner; the holder's are not`() throws {
        let scene = try Scene()
        _ = try scene.lease(by: scene.bob)
        let point = #"{"azimuth":50,"elevation":20}"#
        let calls: [(String, String, String?)] = [
            ("POST", "/api/rotors/1/point", point), ("POST", "/api/rotors/1/park", nil),
            ("POST", "/api/rotors/1/pair", #"{"token":"\#(scene.session)"}"#),
            ("DELETE", "/api/rotors/1/pair", nil), ("PUT", "/api/rotors/1", #"{"name":"a"}"#),
            ("DELETE", "/api/rotors/1", nil),
        ]
        for (method, path, json) in calls {
            for token in [scene.ann, scene.world.adminToken] {
                let refused = scene.world.call(method, path, json: json, token: token)
                #expect(refused?.status == 409, "\(method) \(path)")
                let detail = refused?.object["detail"]?.stringValue ?? ""
                #expect(detail.contains("leased by bob@club since 2027-"), "\(detail)")
            }
        }
        #expect(scene.world.call("POST", "/api/rotors/1/stop", token: scene.ann)?.status == 200)
        #expect(
            scene.world.call("POST", "/api/rotors/1/point", json: point, token: scene.bob)?.status
                == 200)
        scene.run(15)
        #expect(try scene.azimuth() == 50)
        for (method, path, json) in calls.dropFirst() {
            let answer = scene.world.call(method, path, json: json, token: scene.bob)
            #expect([200, 204].contains(answer?.status), "\(method) \(path)")
        }
    }

    @Test func `whoever ordered it may go on after a restart, and nobody else`() throws {
        for byHolder in [true, false] {
            let store = InMemoryStore()
            let scene = try Scene(store: store)
            let who = byHolder ? scene.bob : scene.ann
            let pointed = scene.world.call(
                "POST", "/api/rotors/1/point",
                json: #"{"target_type":"point","target_id":"52.5,4.36"}"#, token: who)
            #expect(pointed?.status == 200)
            _ = try scene.lease(by: scene.bob)
            scene.run(1)
            let later = try VirtualStation(seed: 2, store: store.restarted())
            later.core.run(for: .seconds(5))
            #expect(try later.status().mode == .track)
            #expect(
                try later.status().problems.map(\.source.rawValue) == (byHolder ? [] : ["lease"]))
            #expect(try later.status().owner == "bob@club")
        }
    }

    @Test func `a device that is nobody's, unknown or somebody else's makes no leased rotor`()
        throws
    {
        let scene = try Scene()
        let elsewhere = scene.world.call(
            "POST", "/v1/organizations", json: #"{"name":"Other"}"#, admin: true)
        let organization = try #require(elsewhere?.object["id"]?.stringValue)
        let other = scene.world.call(
            "POST", "/api/v1/controller/device/",
            json: #"{"name":"x","organization":"\#(organization)"}"#, admin: true)
        let foreign = try #require(other?.object["id"]?.stringValue)
        func put(_ device: String, _ token: String) -> HTTPResponse? {
            scene.world.call(
                "PUT", "/api/rotors/1", json: #"{"device":\#(device)}"#, token: token)
        }
        for wrong in [#""none""#, "7", #""""#, #""\#(foreign)""#] {
            #expect(put(wrong, scene.ann)?.status == 400, "\(wrong)")
        }
        #expect(put(#""\#(foreign)""#, scene.world.adminToken)?.status == 200, "a superuser may")
        #expect(put(#""\#(foreign)""#, scene.ann)?.status == 200, "what it was before it may stay")
        #expect(put("null", scene.ann)?.object["device"] == nil)
        #expect(put(#""\#(scene.device)""#, scene.ann)?.status == 200)
        _ = scene.world.call(
            "PUT", "/api/rotors/1", json: #"{"name":"new"}"#, token: scene.ann)
        let shown = scene.world.call("GET", "/api/rotors/1")?.object
        #expect(shown?["device"]?.stringValue == scene.device)
        #expect(
            scene.world.call(
                "DELETE", "/api/v1/controller/device/\(scene.device)/", admin: true)?.status == 204)
        #expect(scene.world.call("GET", "/api/rotors/1")?.object["device"] == nil)
    }

    @Test func `a rotor goes on under the next holder, and obeys the old one no more`() throws {
        let scene = try Scene()
        let lease = try scene.lease(by: scene.ann, #","duration":600"#)
        scene.say(#"{"type":"mode","mode":"track"}"#)
        scene.say(Self.target(100))
        scene.run(3)
        #expect(try scene.world.status().isMoving)
        _ = scene.world.takeMessages(scene.laptop)
        let handed = scene.world.call(
            "POST", "/api/v1/sessions/\(lease)/hand-over", json: #"{"user":"bob@club"}"#,
            token: scene.ann)
        #expect(handed?.status == 201)
        scene.run(1)
        let words = scene.world.takeMessages(scene.laptop).filter {
            $0["type"] == .string("rotor")
        }
        #expect(!words.isEmpty)
        #expect(words.allSatisfy { $0["owner"] == .string("bob@club") }, "never nobody's")
        #expect(words.allSatisfy { $0["aim"] != nil && $0["problems"] == nil })
        scene.run(30)
        #expect(try scene.azimuth() == 100, "it was not stopped")
        scene.say(Self.target(40))
        scene.run(10)
        #expect(try scene.azimuth() == 100, "the session is still Ann's")
        let refused = scene.world.call("POST", "/api/rotors/1/park", token: scene.ann)
        #expect(refused?.status == 409)
        let parked = scene.world.call("POST", "/api/rotors/1/park", token: scene.bob)
        #expect(parked?.status == 200)
        scene.run(30)
        #expect(try scene.azimuth() == 0)
        #expect(try scene.problems().isEmpty)
    }

    @Test func `a restart forgets nothing of a hand-over`() throws {
        let store = InMemoryStore()
        let scene = try Scene(store: store)
        let lease = try scene.lease(by: scene.ann)
        scene.say(#"{"type":"mode","mode":"track"}"#)
        scene.say(Self.target(100))
        scene.run(3)
        _ = scene.world.call(
            "POST", "/api/v1/sessions/\(lease)/hand-over", json: #"{"user":"bob@club"}"#,
            token: scene.ann)
        scene.run(1)
        let again = try VirtualStation(seed: 2, store: store.restarted())
        again.core.run(for: .seconds(30))
        let status = try again.status()
        #expect(status.owner == "bob@club")
        #expect(status.mode == .track)
        #expect(status.problems.isEmpty)
        #expect(status.position?.azimuthDegrees == 100)
    }
}
