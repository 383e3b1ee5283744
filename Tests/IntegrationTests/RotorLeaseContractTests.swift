import JSON
import TestSupport
import Testing
import Transport

/// Contract «000» and «001» together, over the wire: a rotor that somebody has to themselves.
@Suite struct RotorLeaseContractTests {
    private static func target(_ azimuth: Int) -> String {
        #"{"type":"target","target":{"azimuth":\#(azimuth),"elevation":20}}"#
    }

    /// Reads what the rotor says until it fits.
    private func word(
        _ socket: WebSocketClient, where fits: (JSONObject) -> Bool
    ) throws -> JSONObject? {
        for _ in 0..<200 {
            guard let message = try socket.nextObject() else { return nil }
            if message["type"] == .string("rotor"), fits(message) { return message }
        }
        return nil
    }

    @Test func `a leased rotor obeys its holder, tells its session whose it is, and stops for all`()
        async throws
    {
        let daemon = try await DaemonProcess(["--gpsd", "none", "--station", "52,4.36"])
        let organization = try daemon.organization
        let made = try daemon.call(
            "POST", "/api/v1/controller/device/",
            json: #"{"name":"mast","organization":"\#(organization)"}"#, token: daemon.token)
        let device = try #require(made.object["id"]?.stringValue)
        let ann = try daemon.makeUser(
            "ann@club", roles: [organization: "member"], permissions: ["rotor.operate"])
        let bob = try daemon.makeUser(
            "bob@club", roles: [organization: "member"], permissions: ["rotor.operate"])
        let added = try daemon.call(
            "POST", "/api/rotors",
            json: #"{"name":"mast","driver":"simulated","device":"\#(device)"}"#, token: ann)
        #expect(added.status == 201)
        #expect(added.object.members.last?.key == "device")
        let session = try daemon.makeSession()
        let paired = try daemon.call(
            "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#, token: ann)
        #expect(paired.status == 200)
        let laptop = try daemon.socket(session)
        try laptop.send(#"{"type":"mode","mode":"track"}"#)
        try laptop.send(Self.target(90))
        _ = try #require(try word(laptop) { $0["moving"] == .bool(true) })

        let lease = try daemon.call(
            "POST", "/api/v1/sessions", json: #"{"device":"\#(device)"}"#, token: bob)
        let id = try #require(lease.object["id"]?.stringValue)
        let stands = try #require(
            try word(laptop) { $0["owner"] != nil && $0["moving"] == .bool(false) })
        #expect(
            stands.members.map(\.key) == [
                "type", "azimuth", "elevation", "moving", "mode", "owner", "time", "name",
                "problems",
            ])
        #expect(stands["owner"] == .string("bob@club"))
        try laptop.send(Self.target(10))
        let refused = try daemon.call(
            "POST", "/api/rotors/1/point", json: #"{"azimuth":10,"elevation":20}"#, token: ann)
        #expect(refused.status == 409)
        #expect(refused.object.members.map(\.key) == ["detail"])
        let since = try #require(lease.object["createdAt"]?.stringValue)
        #expect(
            refused.object["detail"]
                == .string("the device is leased by bob@club since \(since)"))
        // A restart forgets neither who has it nor who ordered what.
        try await daemon.restart()
        let again = try daemon.socket(session)
        let word1 = try #require(try word(again) { $0["azimuth"] != .null })
        #expect(word1["owner"] == .string("bob@club"))
        let pointed = try daemon.call(
            "POST", "/api/rotors/1/point", json: #"{"azimuth":5,"elevation":20}"#, token: bob)
        #expect(pointed.status == 200)
        _ = try #require(try word(again) { $0["azimuth"]?.doubleValue ?? 0 > 4 })
        try again.send(#"{"type":"mode","mode":"stop"}"#)
        _ = try #require(try word(again) { $0["mode"] == .string("stop") })

        let released = try daemon.call(
            "POST", "/api/v1/sessions/\(id)/release", token: bob)
        #expect(released.status == 200)
        _ = try #require(try word(again) { $0["owner"] == nil })
        try again.send(#"{"type":"mode","mode":"track"}"#)
        try again.send(Self.target(12))
        _ = try #require(try word(again) { $0["azimuth"]?.doubleValue ?? 0 > 10 })
    }
}
