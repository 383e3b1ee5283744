import JSON
import TestSupport
import Testing
import Transport

/// Sectors that a rotor keeps out of, over the wire and with a real rotctld.
@Suite struct KeepOutTests {
    private static let station = ["--gpsd", "none", "--station", "52.0,4.36,46"]
    private static let sector =
        #"{"min_azimuth":20,"max_azimuth":30,"min_elevation":0,"max_elevation":10}"#

    @Test func `sectors are listed, kept, changed and taken away`() async throws {
        let daemon = try await DaemonProcess(Self.station)
        let rotor = #""name":"mast","driver":"simulated""#
        let added = try daemon.addRotor(
            rotor + #","keep_out":[\#(Self.sector),{"min_azimuth":350,"max_azimuth":340}]"#
                + #","park_az":345"#)
        #expect(added.status == 201, "\(added.text)")
        let all = #"{"min_azimuth":350,"max_azimuth":340,"min_elevation":-90,"max_elevation":90}"#
        #expect(added.text.hasSuffix(#""keep_out":[\#(Self.sector),\#(all)]}"#), "\(added.text)")
        try await daemon.restart()
        #expect(try daemon.call("GET", "/api/rotors/1").text == added.text)
        func change(_ body: String) throws -> HTTPResponse {
            try daemon.call("PUT", "/api/rotors/1", json: body, token: daemon.token)
        }
        let named = try change(#"{"name":"roof"}"#)
        #expect(named.object["keep_out"]?.arrayValue?.count == 2, "what is not named stays")
        #expect(try change(#"{"keep_out":[]}"#).object["keep_out"] == nil)
    }

    @Test(arguments: [
        (#"7"#, "a list of sectors"), (#"[7]"#, "a list of sectors"), (#"[{}]"#, "min_azimuth"),
        (#"[{"min_azimuth":"a","max_azimuth":1}]"#, "min_azimuth"),
        (#"[{"min_azimuth":1,"max_azimuth":1}]"#, "must differ"),
        (#"[{"min_azimuth":-1,"max_azimuth":1}]"#, "0 to 360"),
        (#"[{"min_azimuth":1,"max_azimuth":1e99}]"#, "0 to 360"),
        (
            #"[{"min_azimuth":1,"max_azimuth":2,"min_elevation":9,"max_elevation":8}]"#,
            "min_elevation"
        ),
        (#"[{"min_azimuth":1,"max_azimuth":2,"max_elevatoin":8}]"#, "has only"),
        (#"[{"min_azimuth":350,"max_azimuth":10}]"#, "park_az"),
        ("[" + Array(repeating: sector, count: 9).joined(separator: ",") + "]", "at most 8"),
    ])
    func `what cannot be a sector is 400 and says what would be right`(
        _ sectors: String, _ word: String
    ) async throws {
        let daemon = try await SharedDaemon.plain.value
        let answer = try daemon.call(
            "POST", "/api/rotors", json: #"{"name":"kept","keep_out":\#(sectors)}"#,
            token: daemon.token)
        #expect(answer.status == 400)
        #expect(answer.object["detail"]?.stringValue?.contains(word) == true, "\(answer.text)")
    }

    @Test func `a real rotor goes over a sector, shows its way, and never into it`() async throws {
        let rotctld = try await RealRotctld()
        let daemon = try await DaemonProcess(Self.station)
        try daemon.addRotor(
            #""name":"real","port":\#(rotctld.port),"keep_out":[\#(Self.sector)]"#)
        func point(_ azimuth: Int) throws -> HTTPResponse {
            try daemon.call(
                "POST", "/api/rotors/1/point", json: #"{"azimuth":\#(azimuth),"elevation":2}"#,
                token: daemon.token)
        }
        #expect(await eventually { (try? point(5).status) == 200 })
        let refused = try point(25)
        #expect(refused.status == 400)
        #expect(
            refused.object["detail"]
                == .string(
                    "the target is in the keep-out sector of azimuth 20 to 30, elevation 0 to 10"))
        try await rotctld.stands { abs($0 - 5) <= 1 && abs($1 - 2) <= 1 }
        let watch = try RotorWatch(rotctld)
        #expect(try point(50).status == 200)
        let way = try daemon.call("GET", "/api/rotors/1/position").object
        #expect(way["aim"] == .object(["azimuth": .integer(50), "elevation": .integer(2)]))
        #expect((way["corners"]?.arrayValue?.count ?? 0) > 0)
        try await rotctld.stands { abs($0 - 50) <= 1 && abs($1 - 2) <= 1 }
        let between = watch.end().filter { (20...30).contains($0.azimuth) }
        #expect(!between.isEmpty, "it went over it")
        for position in between { #expect(position.elevation > 10, "\(position)") }
    }
}
