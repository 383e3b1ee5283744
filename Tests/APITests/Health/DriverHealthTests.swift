import Drivers
import Engine
import JSON
import Station
import Synchronization
import TestSupport
import Testing
import Transport

/// How the drivers are, in virtual time.
@Suite(.runsTwice, .quiet) struct DriverHealthTests {
    private func drivers(
        _ world: VirtualStation, _ kind: String, admin: Bool = false
    ) throws -> [JSONObject] {
        let answer = try #require(world.call("GET", "/v1/health", admin: admin))
        #expect(answer.status == 200)
        return (answer.object["drivers"]?.arrayValue ?? []).compactMap(\.objectValue)
            .filter { $0["kind"]?.stringValue == kind }
    }

    private func value(_ driver: JSONObject, _ name: String) -> JSONObject? {
        driver["values"]?.arrayValue?.compactMap(\.objectValue)
            .first { $0["name"]?.stringValue == name }
    }

    @Test func `the receiver is shown with the age of each of its values`() throws {
        let world = try VirtualStation()
        let receiver = try #require(try drivers(world, "gpsd").first)
        #expect(receiver["state"] == .string("simulated"))
        #expect(value(receiver, "fix")?["value"] == .string("3d"))
        let latitude = try #require(value(receiver, "latitude"))
        #expect(latitude["value"]?.doubleValue == 52)
        #expect(latitude["unit"] == .string("degree"))
        #expect((0...1.1).contains(latitude["ageSeconds"]?.doubleValue ?? -1))
        let none = try VirtualStation(receiver: { _ in nil })
        let idle = try #require(try drivers(none, "gpsd").first)
        #expect(idle["state"] == .string("idle"))
        #expect(idle["detail"] == .string("there is no receiver"))
        #expect(idle["values"] == .array([]))
    }

    @Test func `a rotor tells what it was told last, and grows older when it falls silent`() throws
    {
        let bodies = Mutex<[SimulatedRotor]>([])
        let world = try VirtualStation(makeRotor: { core, id, _ in
            let rotor = SimulatedRotor(core: core, name: String(id))
            bodies.withLock { $0.append(rotor) }
            return rotor
        })
        let added = world.call(
            "POST", "/api/rotors", json: #"{"name":"mast","driver":"simulated"}"#, admin: true)
        #expect(added?.status == 201)
        world.core.run(for: .seconds(2))
        let pointed = world.call(
            "POST", "/api/rotors/1/point", json: #"{"azimuth":20.125,"elevation":10}"#,
            admin: true)
        #expect(pointed?.status == 200)
        world.core.run(for: .seconds(10))
        let rotor = try #require(try drivers(world, "rotor").first)
        #expect(rotor["name"] == .string("mast"))
        #expect(rotor["state"] == .string("simulated"))
        #expect(rotor["address"] == nil)
        #expect(value(rotor, "lastCommand")?["value"] == .string("point 20.13 10"))
        #expect(value(rotor, "lastCommand")?["ageSeconds"]?.doubleValue == 10)
        #expect(value(rotor, "azimuth")?["value"]?.doubleValue.map { abs($0 - 20.125) < 1 } == true)
        #expect((0...1.1).contains(value(rotor, "azimuth")?["ageSeconds"]?.doubleValue ?? -1))
        let body = try #require(bodies.withLock { $0.first })
        var faults = SimulatedRotorFaults()
        faults.disconnected = true
        world.core.perform { body.enter { $0.setFaults(faults) } }
        world.core.run(for: .seconds(30))
        let lost = try #require(try drivers(world, "rotor").first)
        #expect(lost["state"] == .string("lost"))
        #expect(lost["detail"] != nil)
        #expect((29...30).contains(lost["stateAgeSeconds"]?.doubleValue ?? -1))
        #expect((30...32).contains(value(lost, "azimuth")?["ageSeconds"]?.doubleValue ?? -1))
    }

    @Test func `devices are shown to members of their organisation, with what was done last`()
        throws
    {
        let world = try VirtualStation()
        let organization = try world.organization()
        let device = try #require(
            world.make(
                "device",
                #""name":"phone","organization":"\#(organization)","driver":"simulated""#))
        #expect(try drivers(world, "device").isEmpty, "nobody has signed in")
        let fresh = try #require(try drivers(world, "device", admin: true).first)
        #expect(fresh["name"] == .string("phone"))
        #expect(fresh["state"] == .string("simulated"))
        let command = world.call(
            "POST", "/api/v1/controller/device/\(device)/command/", json: #"{"type":"reboot"}"#,
            admin: true)
        #expect(command?.status == 201)
        world.core.run(for: .seconds(60))
        let used = try #require(try drivers(world, "device", admin: true).first)
        #expect(value(used, "lastCommand")?["value"] == .string("success"))
        #expect(value(used, "lastCommand")?["ageSeconds"]?.doubleValue ?? 0 > 1)
    }

    @Test func `a store that stores nothing is shown, and so are the others meanwhile`() throws {
        let world = try VirtualStation()
        world.tellStore(problem: "the disk is full")
        let store = try #require(try drivers(world, "store").first)
        #expect(store["state"] == .string("lost"))
        #expect(store["detail"] == .string("the disk is full"))
        #expect(try drivers(world, "gpsd").count == 1)
        world.core.run(for: .seconds(3))
        world.tellStore(problem: nil)
        #expect(try drivers(world, "store").first?["state"] == .string("ok"))
    }
}
