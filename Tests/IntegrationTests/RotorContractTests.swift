import JSON
import TestSupport
import Testing
import Transport

/// Contract «000», rotors and station, over the wire.
@Suite struct RotorContractTests {
    private static let keys = [
        "id", "name", "rotor_type", "driver", "host", "port", "min_elevation", "max_elevation",
        "min_azimuth", "max_azimuth", "park_az", "park_el", "deadband",
    ]
    private static let fixedStation = ["--gpsd", "none", "--station", "52.0,4.36,46"]
    private static let simulated = #""name":"mast","driver":"simulated","max_azimuth":450"#

    @Test func `rotors are created, listed, changed and deleted in the original's shapes`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let token = try daemon.token
        #expect(try daemon.call("GET", "/api/rotors").text == "[]")
        let created = try daemon.addRotor(#""name":"mast""#)
        #expect(created.status == 201)
        #expect(created.object.members.map(\.key) == Self.keys)
        #expect(
            created.text == """
                {"id":1,"name":"mast","rotor_type":"azel","driver":"rotctld","host":"127.0.0.1",\
                "port":4533,"min_elevation":0,"max_elevation":90,"min_azimuth":0,\
                "max_azimuth":360,"park_az":0,"park_el":0,"deadband":1}
                """)
        #expect(try daemon.addRotor(#""name":"mast""#).status == 409)
        #expect(
            try daemon.addRotor(#""name":"other","rotor_type":"az""#).object["id"] == .integer(2))
        #expect(try daemon.call("GET", "/api/rotors/1").text == created.text)
        let changed = try daemon.call(
            "PUT", "/api/rotors/1", json: #"{"deadband":2.5}"#, token: token)
        #expect(changed.status == 200)
        #expect(changed.object["deadband"] == .number(2.5))
        #expect(changed.object["name"] == .string("mast"), "what is not named stays")
        let taken = try daemon.call(
            "PUT", "/api/rotors/1", json: #"{"name":"other"}"#, token: token)
        #expect(taken.status == 409)
        #expect(try daemon.call("DELETE", "/api/rotors/2", token: token).status == 204)
        #expect(try daemon.call("GET", "/api/rotors/2").status == 404)
        #expect(try daemon.addRotor(#""name":"third""#).object["id"] == .integer(3), "never reused")
        try await daemon.restart()
        #expect(try daemon.call("GET", "/api/rotors/1").text == changed.text)
    }

    @Test(arguments: [
        #"{}"#, #"{"name":""}"#, #"{"name":7}"#, #"{"name":"a","port":0}"#,
        #"{"name":"a","port":70000}"#, #"{"name":"a","port":"x"}"#, #"{"name":"a","host":""}"#,
        #"{"name":"a","driver":"magic"}"#, #"{"name":"a","rotor_type":"xy"}"#,
        #"{"name":"a","min_azimuth":10,"max_azimuth":10}"#, #"{"name":"a","max_azimuth":1e9}"#,
        #"{"name":"a","min_elevation":91}"#, #"{"name":"a","park_az":999}"#,
        #"{"name":"a","park_el":-95}"#, #"{"name":"a","deadband":-1}"#,
        #"{"name":"a","deadband":1e400}"#,
    ])
    func `wrong settings are 400 and say what would be right`(_ body: String) async throws {
        let daemon = try await SharedDaemon.plain.value
        let answer = try daemon.call("POST", "/api/rotors", json: body, token: daemon.token)
        #expect(answer.status == 400, "\(answer.text)")
        #expect((answer.object["detail"]?.stringValue?.count ?? 0) > 10)
    }

    @Test func `what moves a rotor needs a token, and stop a little less`() async throws {
        let daemon = try await DaemonProcess(Self.fixedStation)
        try daemon.addRotor(Self.simulated)
        let moves = [
            ("POST", "/api/rotors", #"{"name":"b"}"#), ("PUT", "/api/rotors/1", "{}"),
            ("DELETE", "/api/rotors/1", nil),
            ("POST", "/api/rotors/1/point", #"{"azimuth":1,"elevation":1}"#),
            ("POST", "/api/rotors/1/park", nil), ("POST", "/api/rotors/1/stop", nil),
            ("POST", "/api/rotors/1/pair", #"{"token":"x"}"#),
            ("DELETE", "/api/rotors/1/pair", nil),
        ]
        for (method, path, body) in moves {
            for token in [nil, "wrong"] {
                let answer = try daemon.call(method, path, json: body, token: token)
                #expect(answer.status == 401, "\(method) \(path)")
                #expect(answer.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
            }
        }
        let session = try daemon.makeSession()
        #expect(try daemon.call("POST", "/api/rotors/1/stop", token: session).status == 401)
        let pair = try daemon.call(
            "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#, token: daemon.token)
        #expect(pair.status == 200)
        #expect(try daemon.call("POST", "/api/rotors/1/stop", token: session).status == 200)
        #expect(try daemon.call("POST", "/api/rotors/1/stop", token: daemon.token).status == 200)
        #expect(try daemon.call("DELETE", "/api/rotors/1/pair", token: daemon.token).status == 204)
        #expect(try daemon.call("POST", "/api/rotors/1/stop", token: session).status == 401)
        let unknown = try daemon.call(
            "POST", "/api/rotors/1/pair", json: #"{"token":"unknown"}"#, token: daemon.token)
        #expect(unknown.status == 404)
    }

    @Test func `pointing answers with the direction, or says why not`() async throws {
        let daemon = try await DaemonProcess(Self.fixedStation)
        try daemon.addRotor(Self.simulated)
        func point(_ body: String) throws -> HTTPResponse {
            try daemon.call("POST", "/api/rotors/1/point", json: body, token: daemon.token)
        }
        #expect(await eventually { (try? point(#"{"azimuth":20,"elevation":10}"#).status) == 200 })
        let direction = try point(#"{"azimuth":20,"elevation":10}"#)
        #expect(
            direction.text
                == #"{"status":"ok","target":"direction","azimuth":20,"elevation":10}"#)
        let position = try daemon.call("GET", "/api/rotors/1/position")
        #expect(
            position.object.members.map(\.key) == [
                "azimuth", "elevation", "rotor_name", "moving", "mode", "timestamp", "age_seconds",
                "target", "aim",
            ])
        let place = try PhonePath.first()
        let target = "\(place.latitude),\(place.longitude),\(place.altitude)"
        let placed = try point(#"{"target_type":"point","target_id":"\#(target)"}"#)
        #expect(placed.status == 200)
        #expect(placed.object["target"]?.stringValue == target)
        let azimuth = try #require(placed.object["azimuth"]?.doubleValue)
        #expect(abs(azimuth - place.azimuth) < 1e-4)
        let tracked = try daemon.call(
            "PUT", "/api/rotors/1", json: "{}", token: daemon.token)
        #expect(tracked.status == 409, "it tracks a place now")
        #expect(try daemon.call("DELETE", "/api/rotors/1", token: daemon.token).status == 409)
        for (body, word) in [
            (#"{"azimuth":20,"elevation":-5}"#, "below the horizon"),
            (#"{"target_type":"point","target_id":"40.0,4.36,0"}"#, "below the horizon"),
            (#"{"azimuth":"x","elevation":1}"#, "azimuth"), (#"{}"#, "azimuth"),
            (#"{"azimuth":1e9,"elevation":1}"#, "azimuth"),
            (#"{"target_type":"moon","target_id":"1"}"#, "moon"),
            (#"{"target_type":"point","target_id":"91,0"}"#, "latitude"),
            (#"{"target_type":"point","target_id":7}"#, "target_id"),
            (#"{"target_type":"point","target_id":"52.0,4.36,46"}"#, "antenna"),
        ] {
            let refused = try point(body)
            #expect(refused.status == 400, "\(body)")
            #expect(
                refused.object["detail"]?.stringValue?.contains(word) == true, "\(refused.text)")
        }
    }

    @Test func `an azimuth between the ends of a short range is outside the limits`() async throws {
        let daemon = try await DaemonProcess(Self.fixedStation)
        try daemon.addRotor(
            #""name":"short","driver":"simulated","min_azimuth":90,"max_azimuth":180,"park_az":90"#)
        let answer = try daemon.call(
            "POST", "/api/rotors/1/point", json: #"{"azimuth":200,"elevation":10}"#,
            token: daemon.token)
        #expect(answer.status == 400)
        #expect(
            answer.object["detail"] == .string("azimuth 200 is outside the limits of 90 to 180"))
    }

    @Test func `a rotor that cannot be reached is 503 and not connected`() async throws {
        let daemon = try await DaemonProcess(Self.fixedStation)
        let port = try Loopback.freePort()
        try daemon.addRotor(#""name":"away","port":\#(port)"#)
        #expect(try daemon.call("GET", "/api/rotors/1/test").text == #"{"connected":false}"#)
        for (method, path, body) in [
            ("GET", "position", nil), ("POST", "point", #"{"azimuth":1,"elevation":1}"#),
        ] {
            let answer = try daemon.call(
                method, "/api/rotors/1/\(path)", json: body, token: daemon.token)
            #expect(answer.status == 503)
            #expect(answer.object["detail"]?.stringValue?.isEmpty == false)
        }
        #expect(
            try daemon.call("POST", "/api/rotors/1/stop", token: daemon.token).status == 200,
            "a stop is always taken")
    }

    @Test func `a connected rotor says its model, parks and is heard in its session`() async throws
    {
        let rotctld = try await RealRotctld()
        let daemon = try await DaemonProcess(Self.fixedStation)
        try daemon.addRotor(
            #""name":"real","port":\#(rotctld.port),"max_azimuth":450,"park_az":12,"park_el":3"#)
        #expect(
            await eventually {
                (try? daemon.call("GET", "/api/rotors/1/test").text)
                    == #"{"connected":true,"model":1}"#
            })
        let session = try daemon.makeSession()
        let socket = try daemon.socket(session, "?events=1")
        _ = try daemon.call(
            "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#, token: daemon.token)
        let parked = try daemon.call("POST", "/api/rotors/1/park", token: daemon.token)
        #expect(parked.status == 200)
        var last: JSONObject?
        let isParked = await eventually {
            last = (try? socket.nextObject()) ?? last
            return last?["azimuth"] == .integer(12) || last?["azimuth"] == .number(12)
        }
        #expect(isParked, "\(String(describing: last))")
        let keys = Set(last?.members.map(\.key) ?? [])
        #expect(keys.isSuperset(of: ["type", "azimuth", "elevation", "moving", "mode", "time"]))
        #expect(last?["mode"]?.stringValue == "park")
    }

    @Test func `the station says where it stands and how it knows`() async throws {
        let fixed = try await DaemonProcess(Self.fixedStation)
        let known = try fixed.call("GET", "/api/station")
        #expect(
            known.object.members.map(\.key) == [
                "latitude", "longitude", "altitude", "source", "fix", "satellites_used", "time",
                "age_seconds",
            ])
        #expect(known.object["source"] == .string("fixed"))
        let blind = try await SharedDaemon.plain.value
        let unknown = try blind.call("GET", "/api/station").object
        #expect(unknown["source"] == .string("none"))
        #expect(unknown["latitude"] == .null)
    }
}

enum PhonePath {
    static func first() throws -> PhonePlace {
        try #require(try PhonePlace.path().first)
    }
}
