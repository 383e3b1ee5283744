import Engine
import JSON
import Station
import TestSupport
import Testing
import Transport

/// What is kept of requests, in virtual time.
@Suite(.quiet) struct RequestAuditTests {
    private let world: VirtualStation

    init() throws {
        world = try VirtualStation(receiver: { _ in nil })
    }

    /// What happened, the first thing first.
    private var events: [AuditEvent] {
        world.core.look {
            world.station.audit.enter { $0.newest(of: nil, limit: 100) }.reversed().map(\.event)
        }
    }

    private var actions: [String] { events.map(\.action) }

    private func device() throws -> String {
        let organization = try world.organization()
        return try #require(
            world.make("device", #""name":"mast","organization":"\#(organization)""#))
    }

    @Test(arguments: [("duration", "expired"), ("heartbeat", "heartbeat_lost")])
    func `a lease that ends by itself is told of its holder`(key: String, reason: String) throws {
        let device = try device()
        let taken = world.call(
            "POST", "/api/v1/sessions", json: #"{"device":"\#(device)","\#(key)":10}"#, admin: true)
        #expect(taken?.status == 201)
        world.core.run(for: .seconds(11))
        let last = events.last
        #expect(last?.action == "end_lease")
        #expect(last?.endReason == reason)
        #expect(last?.userEmail == "admin@localhost")
        #expect(last?.device == device)
        #expect(last?.session == taken?.object["id"]?.stringValue)
        #expect(last?.api == "")
    }

    @Test func `heartbeats and reports of a place are not told, what they make is`() throws {
        let organization = try world.organization()
        let made = try #require(
            world.call(
                "POST", "/api/v1/controller/device/",
                json: #"{"name":"mast","organization":"\#(organization)"}"#, admin: true))
        let device = try #require(made.object["id"]?.stringValue)
        let key = try #require(made.object["key"]?.stringValue)
        let lease = try #require(
            world.call(
                "POST", "/api/v1/sessions", json: #"{"device":"\#(device)","heartbeat":60}"#,
                admin: true)?.object["id"]?.stringValue)
        let before = actions
        for _ in 0..<3 {
            let beat = world.call("POST", "/api/v1/sessions/\(lease)/heartbeat", admin: true)
            #expect(beat?.status == 200)
            let report = world.call(
                "PUT", "/api/v1/controller/device/\(device)/coordinates/",
                json: #"{"geometry":{"type":"Point","coordinates":[4.36,52.01]}}"#,
                query: "key=\(key)")
            #expect(report?.status == 200)
        }
        let told = Array(events.dropFirst(before.count))
        #expect(told.count == 1)
        #expect(told.first?.details.hasPrefix("made location ") == true)
        #expect(told.first?.device == device)
    }

    @Test func `whoever ends the token that was shown is still known`() throws {
        let made = try #require(
            world.call("POST", "/v1/tokens", json: #"{"user":"admin@localhost"}"#, admin: true))
        let id = try #require(made.object["id"]?.stringValue)
        let gone = world.call(
            "DELETE", "/v1/tokens/\(id)", token: made.object["token"]?.stringValue)
        #expect(gone?.status == 204)
        #expect(events.last?.userEmail == "admin@localhost")
        #expect(events.last?.resource == "token:\(id)")
    }

    @Test func `what is at no path or by no method is told by its method`() {
        _ = world.call("POST", "/nothing")
        _ = world.call("PATCH", "/api/rotors")
        _ = world.call("GET", "/nothing")
        #expect(actions == ["post", "patch"])
        #expect(events.map(\.isSuccess) == [false, false])
        #expect(events.first?.details == "there is nothing at /nothing")
    }

    @Test func `handshakes that are refused are told, sockets that open are not`() throws {
        let session = try #require(world.makeSession())
        #expect(world.open(session) != nil)
        #expect(world.open("unknown") == nil)
        #expect(world.open(at: "/ws/loci/location/") == nil)
        #expect(actions.first == "create_session")
        #expect(actions.count == 3)
        #expect(actions.dropFirst().first == "open_relay")
        #expect(events.dropFirst().allSatisfy { !$0.isSuccess && $0.resource.isEmpty })
    }

    @Test func `a pairing session that expires is told by the time of its creation`() throws {
        _ = try #require(world.makeSession())
        let name = try #require(events.first?.session)
        world.core.run(for: .seconds(86_401))
        #expect(actions == ["create_session", "end_session"])
        #expect(events.last?.session == name)
        #expect(events.last?.endReason == "expired")
    }

    @Test func `who knocks over and over takes one entry a minute`() {
        for _ in 0..<40 { _ = world.call("GET", "/v1/users") }
        #expect(actions.count == 10)
        world.core.run(for: .seconds(61))
        #expect(actions.count == 11)
        #expect(events.last?.details == "and 30 more")
        #expect(events.last?.action == "list_users")
    }
}
