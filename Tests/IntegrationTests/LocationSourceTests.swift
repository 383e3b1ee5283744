import JSON
import TestSupport
import Testing
import Transport

/// Locations that learn by themselves where they are, and rotors that follow them.
@Suite struct LocationSourceTests {
    private func mobile(_ daemon: DaemonProcess) throws -> String {
        let made = try daemon.call(
            "POST", "/api/v1/controller/location/",
            json: #"{"name":"van","organization":"\#(try daemon.organization)","is_mobile":true}"#,
            token: daemon.token)
        return try #require(made.object["id"]?.stringValue, "\(made.text)")
    }

    private func follow(_ daemon: DaemonProcess, _ id: String, _ json: String) throws
        -> HTTPResponse
    {
        try daemon.call("PUT", "/v1/locations/\(id)/source", json: json, token: daemon.token)
    }

    private func coordinates(_ object: JSONObject?) -> [Double] {
        (object?["geometry"]?.objectValue?["coordinates"]?.arrayValue ?? [])
            .compactMap(\.doubleValue)
    }

    @Test func `the paired phone's positions are ticks like any other, also after a restart`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let id = try mobile(daemon)
        let session = try daemon.makeSession()
        #expect(
            try follow(daemon, id, #"{"type":"session","token":"\#(session)"}"#).status == 200)
        for life in 1...2 {
            let socket = try daemon.webSocket("/ws/loci/location/\(id)/", token: daemon.token)
            let phone = try daemon.socket(session)
            try phone.send(
                #"{"type":"location","geometry":{"type":"Point","coordinates":[\#(life),50]}}"#)
            #expect(coordinates(try socket.nextObject()) == [Double(life), 50, 0])
            if life == 1 { try await daemon.restart() }
        }
        let path = "/v1/locations/\(id)/source"
        let shown = try daemon.call("GET", path, token: daemon.token)
        #expect(shown.text == #"{"type":"session"}"#)
        #expect(try daemon.call("DELETE", path, token: daemon.token).status == 204)
        #expect(try daemon.call("GET", path, token: daemon.token).text == #"{"type":null}"#)
        let unknown = String(repeating: "x", count: 43)
        for (json, status) in [
            (#"{"type":"session","token":"\#(unknown)"}"#, 404), (#"{"type":"session"}"#, 400),
            (#"{"type":"moon"}"#, 400), ("{}", 400),
        ] {
            #expect(try follow(daemon, id, json).status == status, "\(json)")
        }
        _ = try daemon.call(
            "PATCH", "/api/v1/controller/location/\(id)/", json: #"{"is_mobile":false}"#,
            token: daemon.token)
        #expect(try follow(daemon, id, #"{"type":"station"}"#).status == 409)
    }

    @Test func `the station's receiver moves the location that carries the antenna`() async throws {
        let gpsd = try await RealGpsd(latitude: 52.5, longitude: 13.4)
        let daemon = try await DaemonProcess(["--gpsd", "127.0.0.1:\(gpsd.port)"])
        let id = try mobile(daemon)
        let socket = try daemon.webSocket("/ws/loci/location/\(id)/", token: daemon.token)
        #expect(try follow(daemon, id, #"{"type":"station"}"#).status == 200)
        let first = coordinates(try socket.nextObject(within: .seconds(30)))
        #expect(first.count == 3)
        #expect(abs(first[0] - 13.4) < 0.001)
        gpsd.receiver.move(latitudeDegrees: 52.6, longitudeDegrees: 13.5)
        var last = first
        _ = await eventually {
            last = (try? socket.nextObject(within: .seconds(5))).map(coordinates) ?? last
            return abs(last[0] - 13.5) < 0.001
        }
        #expect(abs(last[1] - 52.6) < 0.001)
    }

    @Test func `a rotor points at a mobile location and follows it`() async throws {
        let rotctld = try await RealRotctld()
        let daemon = try await DaemonProcess(["--gpsd", "none", "--station", "52.5,13.4,30"])
        try daemon.addRotor(#""name":"mast","port":\#(rotctld.port)"#)
        let id = try mobile(daemon)
        func point(_ target: String, token: String? = nil) throws -> HTTPResponse {
            try daemon.call(
                "POST", "/api/rotors/1/point",
                json: #"{"target_type":"location","target_id":"\#(target)"}"#,
                token: token ?? daemon.token)
        }
        #expect(try point(id).status == 503, "nobody has seen it yet")
        #expect(try point("nowhere").status == 404)
        func see(_ longitude: Double, _ latitude: Double) throws {
            let answer = try daemon.call(
                "PATCH", "/api/v1/controller/location/\(id)/",
                json: #"{"geometry":{"type":"Point","coordinates":"#
                    + "[\(longitude),\(latitude),200]}}",
                token: daemon.token)
            #expect(answer.status == 200)
        }
        try see(13.46, 52.6)
        var pointed = try point(id)
        _ = await eventually {
            pointed = (try? point(id)) ?? pointed
            return pointed.status == 200
        }
        #expect(pointed.object["target"] == .string(id), "\(pointed.text)")
        let azimuth = try #require(pointed.object["azimuth"]?.doubleValue)
        #expect(abs(azimuth - 20) < 1)
        try await rotctld.stands { at, _ in abs(at - azimuth) < 2 }
        // It goes on following, with nobody asking again.
        try see(13.4, 52.6)
        try await rotctld.stands { at, _ in at < 2 || at > 358 }
        // Stopped on its way, it goes on when it is told again, though nobody has seen it anew.
        try see(13.46, 52.6)
        try await rotctld.stands { at, _ in (3...350).contains(at) }
        let stopped = try daemon.call("POST", "/api/rotors/1/stop", token: daemon.token)
        #expect(stopped.status == 200)
        #expect(try point(id).status == 200)
        try await rotctld.stands { at, _ in abs(at - azimuth) < 2 }
        let other = try daemon.makeOrganization("Other")
        let stranger = try daemon.makeUser(
            "s@x", roles: [other: "owner"], permissions: ["rotor.operate"])
        #expect(try point(id, token: stranger).status == 404)
        let member = try daemon.makeUser(
            "m@x", roles: [daemon.organization: "member"], permissions: ["rotor.operate"])
        #expect(try point(id, token: member).status == 200)
    }
}
