import Foundation
import Glibc
import JSON
import TestSupport
import Testing
import Transport

/// Contract, «The command line» and «first start», on the real process.
@Suite struct DaemonLifeTests {
    @Test func `the first start makes a token that only its owner can read and tells nobody`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let token = try daemon.token
        #expect(token.utf8.count == 43)
        var status = stat()
        #expect(stat(daemon.folder.path + "/admin.token", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        _ = try daemon.call("GET", "/api/rotors", token: token)
        let session = try daemon.makeSession()
        _ = try daemon.call("GET", "/api/sessions/\(session)x")
        try await daemon.restart()
        #expect(try daemon.token == token, "a second start keeps it")
        #expect(try daemon.addRotor(#""name":"a""#).status == 201)
        let printed = daemon.process.standardOutput + daemon.process.standardError
        #expect(!printed.contains(token) && !printed.contains(session))
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal to end closes sockets with 1001 and exits with 0`(_ signal: Int32) async throws {
        let daemon = try await DaemonProcess()
        let socket = try daemon.socket(try daemon.makeSession())
        daemon.process.signal(signal)
        guard case .closed(1001, _) = try socket.receive(timeout: .seconds(10)) else {
            Issue.record("not closed with 1001")
            return
        }
        #expect(await daemon.process.waitForExit(within: .seconds(5)) == .code(0))
        #expect(daemon.process.standardOutput == "ready \(daemon.url)\n", "and nothing else")
    }

    /// A signal of the process goes to any thread that has not blocked it, and ends the process
    /// there when that thread waits for none.
    @Test func `no thread but the one that waits for signals takes them`() async throws {
        let daemon = try await DaemonProcess(["--gpsd", "127.0.0.1:1"])
        let process = daemon.process.processID
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
        // It has had something to do on each of them: a link, the log, the store, a client.
        #expect(threads.count > 5)
        for thread in threads where thread != "\(process)" {
            // One that has ended meanwhile takes no signal.
            guard let status = try? Self.status(process, thread) else { continue }
            let blocked = try #require(status["SigBlk"].flatMap { UInt64($0, radix: 16) })
            for signal in [SIGTERM, SIGINT, SIGHUP] {
                #expect(
                    blocked >> UInt64(signal - 1) & 1 == 1,
                    "\(status["Name"] ?? "?") takes signal \(signal)")
            }
        }
    }

    /// What proc(5) tells of a thread.
    private static func status(_ process: Int32, _ thread: String) throws -> [String: String] {
        let text = try String(
            contentsOfFile: "/proc/\(process)/task/\(thread)/status", encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 1) }
        return Dictionary(
            lines.filter { $0.count == 2 }.map {
                (String($0[0]), $0[1].trimmingCharacters(in: .whitespaces))
            },
            uniquingKeysWith: { first, _ in first })
    }

    @Test func `two daemons on one folder or one port are refused with a reason`() async throws {
        let daemon = try await DaemonProcess()
        let program = try BuiltProgram.path("boresight")
        let sameFolder = try ChildProcess(
            program,
            ["serve", "--gpsd", "none", "--data", daemon.folder.path, "--listen", "127.0.0.1:0"])
        #expect(await sameFolder.waitForExit() == .code(1))
        _ = try await sameFolder.waitForLine(containing: "in use")
        let other = try TemporaryFolder()
        let address = String(daemon.url.dropFirst("http://".count))
        let samePort = try ChildProcess(
            program, ["serve", "--gpsd", "none", "--data", other.path, "--listen", address])
        #expect(await samePort.waitForExit() == .code(69))
        _ = try await samePort.waitForLine(containing: "cannot listen on")
    }

    @Test func `flags come before the environment, that before the file, that before defaults`()
        async throws
    {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            { // the station's own file
              station: "1,1", "log": { format: "json" }, listen: ["127.0.0.1:0"], }
            """, to: "boresight.json")
        func station(_ options: [String], _ environment: [String]) async throws -> Double? {
            let data = try TemporaryFolder()
            let process = try ChildProcess(
                try BuiltProgram.path("boresight"),
                ["serve", "--config", folder.path + "/boresight.json", "--data", data.path]
                    + options, environment: ["HOME=/nonexistent"] + environment)
            let line = try await process.waitForLine(containing: "ready http")
            let url = String(line.dropFirst("ready ".count))
            #expect(process.standardError.contains(#""level":"info""#), "the file's log format")
            return try HTTPClient().call("GET", url + "/api/station").object["latitude"]?
                .doubleValue
        }
        #expect(try await station([], []) == 1)
        #expect(try await station([], ["BORESIGHT_STATION=2,2"]) == 2)
        #expect(try await station(["--station", "3,3"], ["BORESIGHT_STATION=2,2"]) == 3)
    }

    @Test(arguments: [
        "2 frobnicate", "2 serve --lisen x", "2 rotor", "78 serve --config /nonexistent.json",
        "2 serve --listen nonsense", "69 rotor list --server http://127.0.0.1:1", "0 --help",
        "0 serve --help", "0 version",
    ])
    func `exit codes are the contract's`(_ line: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        let code = try #require(Int32(words[0]))
        let process = try ChildProcess(try BuiltProgram.path("boresight"), Array(words.dropFirst()))
        #expect(await process.waitForExit() == .code(code), "\(process.standardError)")
    }

    @Test func `an unknown key in the file is an error that names its place`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\n  gpsd: \"none\",\n  sation: \"1,1\"\n}\n", to: "b.json")
        let process = try ChildProcess(
            try BuiltProgram.path("boresight"), ["serve", "--config", folder.path + "/b.json"])
        #expect(await process.waitForExit() == .code(78))
        let line = try await process.waitForLine(containing: "sation")
        #expect(line.contains("b.json:3"), "\(line)")
        #expect(process.standardError.contains("station"), "did you mean")
    }

    @Test func `the command line adds, points, reads and stops a rotor`() async throws {
        let daemon = try await DaemonProcess(["--gpsd", "none", "--station", "52,4.36"])
        func run(_ words: [String]) async throws -> (ChildProcess.Exit?, String) {
            let process = try ChildProcess(
                try BuiltProgram.path("boresight"),
                words + ["--server", daemon.url, "--data", daemon.folder.path])
            let exit = await process.waitForExit()
            // What it printed may be read a moment after its end.
            var printed = ""
            _ = await eventually {
                printed = process.standardOutput + process.standardError
                return !printed.isEmpty
            }
            return (exit, printed)
        }
        #expect(try await run(["rotor", "add", "mast", "--driver", "simulated"]).0 == .code(0))
        #expect(
            await eventually {
                (try? daemon.call("GET", "/api/rotors/1/position").status) == 200
            })
        #expect(try await run(["rotor", "list"]).1.contains("mast"))
        #expect(try await run(["rotor", "point", "mast", "20", "10"]).0 == .code(0))
        #expect(try await run(["rotor", "position", "mast"]).0 == .code(0))
        #expect(try await run(["rotor", "stop"]).1.contains("mast stopped"))
        #expect(try await run(["rotor", "park", "mast"]).0 == .code(0))
        #expect(try await run(["station"]).1.contains("52"))
        let below = try await run(["rotor", "point", "mast", "20", "-10"])
        #expect(below.0 == .code(1))
        #expect(below.1.contains("below the horizon"))
    }

    @Test func `pair shows a code and its address and sees the phone join`() async throws {
        let daemon = try await DaemonProcess()
        let pair = try ChildProcess(
            try BuiltProgram.path("boresight"),
            ["pair", "--server", daemon.url, "--data", daemon.folder.path])
        let line = try await pair.waitForLine(containing: "/pair/")
        #expect(pair.standardOutput.contains("█"))
        let token = try #require(line.split(separator: "/").last.map(String.init))
        let joined = try daemon.call("POST", "/api/sessions/\(token)/join")
        #expect(joined.status == 200)
        #expect(await pair.waitForExit() == .code(0))
    }
}
