import Engine
import Foundation
import JSON
import Recording
import Simulation
import TestSupport
import Testing
import Transport

/// What a live station wrote down of real gpsd, real rotctld and two clients, run again.
@Suite struct LiveRecordingTests {
    /// A run in which everything is lost and found again once.
    private struct Run {
        let folder: TemporaryFolder
        let file: String
        let secrets: [String]

        init() async throws {
            folder = try TemporaryFolder()
            file = folder.path + "/pass.jsonl"
            let gpsd = try await RealGpsd(
                latitude: PhonePlace.stationLatitude, longitude: PhonePlace.stationLongitude)
            let rotctld = try await RealRotctld()
            let daemon = try await DaemonProcess([
                "--gpsd", "127.0.0.1:\(gpsd.port)", "--record", file,
            ])
            try daemon.addRotor(#""name":"mast","port":\#(rotctld.port),"max_azimuth":450"#)
            let session = try daemon.makeSession()
            secrets = [session, try daemon.token]
            let laptop = try daemon.socket(session, "?events=1")
            _ = try daemon.call(
                "POST", "/api/rotors/1/pair", json: #"{"token":"\#(session)"}"#,
                token: daemon.token)
            try laptop.send(#"{"type":"mode","mode":"track"}"#)
            var phone = try daemon.socket(session)
            let path = try PhonePlace.path()
            try await Self.walk(path.prefix(3), phone)
            try await gpsd.restart()
            try await Self.walk(path[3..<5], phone)
            try await rotctld.restart()
            try await Self.walk(path[5..<7], phone)
            try phone.close()
            phone = try daemon.socket(session)
            try await Self.walk(path[7..<9], phone)
            _ = try daemon.call("GET", "/")
            _ = try daemon.call("GET", "/api/rotors/7/position")
            try laptop.close()
            try await Self.walk(path[9..<10], phone)
            daemon.process.signal(15)
            try #require(await daemon.process.waitForExit() == .code(0))
        }

        private static func walk(
            _ places: ArraySlice<PhonePlace>, _ phone: WebSocketClient
        ) async throws {
            for place in places {
                for _ in 0..<4 {
                    try phone.send(place.locationMessage)
                    try await Task.sleep(for: .milliseconds(250))
                }
            }
        }
    }

    private static func reader(_ file: String) throws -> RecordingReader {
        try RecordingReader(Array(try String(contentsOfFile: file, encoding: .utf8).utf8))
    }

    @Test func `a live run replays to the last bit, fifty times out of fifty, and verifies`()
        async throws
    {
        let run = try await Run()
        let text = try String(contentsOfFile: run.file, encoding: .utf8)
        for secret in run.secrets { #expect(!text.contains(secret), "a secret is in the file") }
        for stream in [#""http/"#, #""ws/"#, #""gpsd""#, #""rotctld/1""#, #""timer":"#] {
            #expect(text.contains(stream), "\(stream) is covered")
        }
        let recording = try Self.reader(run.file)
        var traces: Set<UInt64> = []
        for _ in 0..<50 {
            var reader = recording
            let result = try ExactReplay.run(&reader)
            #expect(result.divergence == nil)
            #expect(result.turns > 100)
            traces.insert(result.trace)
        }
        #expect(traces.count == 1)
        let program = try BuiltProgram.path("boresight")
        for command in ["replay", "verify"] {
            let process = try ChildProcess(program, [command, run.file])
            #expect(await process.waitForExit() == .code(0), "\(process.standardError)")
        }
    }

    @Test func `the recordings in Fixtures are what this program still does`() async throws {
        let process = try ChildProcess(
            try BuiltProgram.path("boresight"), ["verify", Fixtures.path("")])
        #expect(await process.waitForExit(within: .seconds(120)) == .code(0))
        _ = await eventually { process.standardOutput.contains("recordings,") }
        let output = process.standardOutput
        #expect(output.contains("live-pass.jsonl: "), "\(output)")
        #expect(output.contains(" 0 with differences"), "\(output)")
    }

    /// The same as if today's code had another dead band: what is recorded does not fit it.
    @Test func `a changed dead band is found and named`() async throws {
        let run = try await Run()
        let text = try String(contentsOfFile: run.file, encoding: .utf8)
        let changed = text.replacing(
            #"\"max_azimuth\":450"#, with: #"\"max_azimuth\":450,\"deadband\":9"#,
            maxReplacements: 1)
        let file = run.folder.path + "/changed.jsonl"
        try changed.write(toFile: file, atomically: true, encoding: .utf8)
        let process = try ChildProcess(
            try BuiltProgram.path("boresight"), ["verify", file, "--most", "200"])
        #expect(await process.waitForExit() == .code(1))
        _ = await eventually { process.standardOutput.contains("more") }
        let output = process.standardOutput
        #expect(output.contains("body.deadband"), "the answer's key: \(output.prefix(2000))")
        #expect(output.contains("dead_band=9"), "what it decides now")
        #expect(output.contains("dead_band=1"), "what it decided then")
    }

    @Test func `the devices of a recording serve a live station`() async throws {
        let process = try ChildProcess(
            try BuiltProgram.path("boresight"),
            [
                "replay", Fixtures.path("recordings/live-pass.jsonl"), "--serve", "--listen",
                "127.0.0.1:0",
            ])
        let ready = try await process.waitForLine(containing: "ready http")
        let url = String(ready.dropFirst("ready ".count))
        func body(_ path: String) throws -> JSONObject {
            try HTTPClient().call("GET", url + path, headers: HTTPHeaders()).object
        }
        // Where the recorded rotor went: the pass leads to some 20 degrees.
        #expect(
            await eventually {
                (try? body("/api/rotors/1/position"))?["azimuth"]?.doubleValue ?? 0 > 10
            })
        #expect(await eventually { (try? body("/api/station"))?["fix"] == .string("3d") })
        // Today's date, not the recording's.
        let time = try body("/api/station")["time"]?.stringValue ?? ""
        let now = try body("/api/rotors/1/position")["timestamp"]?.stringValue ?? ""
        #expect(!time.isEmpty && time.prefix(10) == now.prefix(10))
        process.signal(15)
        #expect(await process.waitForExit() == .code(0))
    }

    @Test func `the last minutes are there after a crash, whole to the last turn`() async throws {
        let daemon = try await DaemonProcess()
        for _ in 0..<20 { _ = try daemon.call("GET", "/api/rotors") }
        // Longer than lines wait to be written.
        try await Task.sleep(for: .milliseconds(500))
        try await daemon.restart()
        let report = daemon.folder.path + "/report.jsonl"
        let program = try BuiltProgram.path("boresight")
        let saving = try ChildProcess(
            program, ["report", report, "--before", "--data", daemon.folder.path])
        #expect(await saving.waitForExit() == .code(0), "\(saving.standardError)")
        var reader = try Self.reader(report)
        let result = try ExactReplay.run(&reader)
        #expect(result.divergence == nil)
        #expect(result.turns >= 20)
    }

    @Test func `a disk that is full ends the recording and not the station`() async throws {
        let daemon = try await DaemonProcess(["--gpsd", "none", "--record", "/dev/full"])
        _ = try await daemon.process.waitForLine(containing: "No space left")
        #expect(try daemon.call("GET", "/health").status == 200)
        #expect(try daemon.addRotor(#""name":"a","driver":"simulated""#).status == 201)
    }
}
