import Glibc
import JSON
import TestSupport
import Testing
import Transport

/// Devices, locations and leases from the command line, with the real daemon behind it.
@Suite struct CommandLineTests {
    private let daemon: DaemonProcess

    init() async throws {
        daemon = try await DaemonProcess()
    }

    /// What a command printed and how it ended.
    private struct Outcome {
        let exit: ChildProcess.Exit?
        let output: String
        let error: String
    }

    /// Runs a command to its end.
    private func run(_ line: String, _ more: [String] = [], token: String? = nil) async throws
        -> Outcome
    {
        let words = line.split(separator: " ").map(String.init)
        let process = try daemon.startCommand(words + more, token: token)
        return Outcome(
            exit: await process.waitForOutput(), output: process.standardOutput,
            error: process.standardError)
    }

    private func isLeased(_ device: String) async throws -> Bool {
        try await run("lease list --active --device", [device, "-o", "json"]).output != "[]\n"
    }

    @Test func `a device is set up, changed, placed and forgotten by its name`() async throws {
        let added = try await run("device add phone --platform ios --os-version 17.1")
        #expect(added.exit == .code(0), "\(added.error)")
        let lines = added.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("device phone of Default is ") == true)
        let key = try #require(lines.last?.split(separator: " ").last.map(String.init))
        let id = try #require(lines.first?.split(separator: " ").last.map(String.init))
        // The key is the device's whole authentication.
        let report = try daemon.call(
            "PUT", "/api/v1/controller/device/\(id)/coordinates/?key=\(key)",
            json: #"{"type":"Feature","geometry":{"type":"Point","coordinates":[13.4,52.5]}}"#)
        #expect(report.status == 200)
        #expect(try await run("location list").output.contains("phone  outdoor  yes     52.500000"))
        #expect(try await run("location add hut --at 47,11").exit == .code(0))
        #expect(try await run("device place phone hut").output == "phone is at hut\n")
        let file = daemon.folder.path + "/key"
        try daemon.folder.write(String(repeating: "k", count: 43) + "\n", to: "key")
        #expect(
            try await run("device change phone --name tablet --key-file", [file]).output
                == "changed\n")
        #expect(
            try daemon.call("GET", "/api/v1/controller/device/\(id)/coordinates/?key=\(key)")
                .status == 403)
        let shown = try await run("device show \(id)")
        #expect(shown.output.contains("name          tablet\n"))
        #expect(shown.output.contains("location      hut\n"))
        #expect(try await run("device delete tablet").output == "deleted\n")
        #expect(try await run("device list -o json").output == "[]\n")
        #expect(try await run("device show tablet").exit == .code(1))
    }

    @Test func `names are looked for where the caller acts, and organisations are named`()
        async throws
    {
        let other = try daemon.makeOrganization("Other")
        _ = try await run("device add phone")
        _ = try await run("device add phone --organization Other")
        let unclear = try await run("device show phone")
        #expect(unclear.exit == .code(1))
        #expect(unclear.error.contains("2 devices are called 'phone'\nname one by its id: "))
        let shown = try await run("device show phone --organization Other -o json")
        #expect(shown.output.contains(#""organization":"\#(other)""#))
        let member = try daemon.makeUser("m@x", roles: [other: "member"])
        #expect(
            try await run("device list", token: member).output.split(separator: "\n").count == 2)
        let taken = try await run("lease take phone", token: member)
        #expect(taken.output.hasPrefix("phone is yours, lease "), "\(taken.error)")
        let forbidden = try await run("device change phone --type x", token: member)
        #expect(forbidden.exit == .code(1))
        #expect(forbidden.error.contains("--token-file FILE"))
        #expect(
            try await run("device list --organization Default", token: member).error.contains(
                "there is no organisation 'Default'\nthere is: Other"))
        #expect(
            try await run("lease release phone --organization Other").output
                == "phone: revoked\n")
    }

    @Test func `a list is shown whole, however many pages it has`() async throws {
        let organization = try daemon.organization
        for number in 0..<205 {
            let made = try daemon.call(
                "POST", "/api/v1/controller/location/",
                json: #"{"name":"l\#(number)","organization":"\#(organization)"}"#,
                token: daemon.token)
            try #require(made.status == 201, "\(made.text)")
        }
        let list = try JSONReader.read(
            Array(try await run("location list -o json").output.utf8)
        ).arrayValue
        #expect(list?.count == 205)
        #expect(try await run("location show l0").output.contains("mobile        no\n"))
        let unknown = try await run("location show nowhere")
        #expect(unknown.error.contains("… (205 in all)"))
    }

    @Test func `a reported trail is written down in every format`() async throws {
        _ = try await run("location add van --mobile")
        for (index, place) in ["52.5,13.4,40", "52.6,13.5"].enumerated() {
            let report = try await run(
                "location report van \(place) --accuracy 5 --time 2026-05-01T12:00:0\(index)Z")
            #expect(report.exit == .code(0), "\(report.error)")
        }
        #expect(
            try await run("location trail van --format csv").output
                == "time,latitude,longitude,altitude,accuracy\r\n"
                + "2026-05-01T12:00:00Z,52.5,13.4,40.0,5.0\r\n"
                + "2026-05-01T12:00:01Z,52.6,13.5,,5.0\r\n")
        let later = try await run("location trail van --since 2026-05-01T12:00:01Z --format gpx")
        #expect(later.output.contains(#"<trkpt lat="52.6" lon="13.5">"#))
        #expect(!later.output.contains("52.5"))
        let file = daemon.folder.path + "/van.json"
        #expect(try await run("location trail van --to", [file]).exit == .code(0))
        #expect(try daemon.folder.text(of: "van.json").hasPrefix(#"{"type":"FeatureCollection""#))
        #expect(
            try await run("location follow van station").output == "van follows station\n")
        let session = try daemon.makeSession()
        #expect(
            try await run("location follow van session", [session]).output
                == "van follows session\n")
        #expect(try await run("location follow van nobody").output == "van follows nobody\n")
    }

    @Test func `a device is held while a command runs, and given back with its exit code`()
        async throws
    {
        _ = try await run("device add phone --platform ios")
        let script = """
            echo "$BORESIGHT_DEVICE $BORESIGHT_LEASE"; \
            "\(try BuiltProgram.path("boresight"))" lease show "$BORESIGHT_LEASE" -o json; exit 7
            """
        let held = try await run("lease hold --where platform=ios -- sh -c", [script])
        #expect(held.exit == .code(7), "\(held.error)")
        let lines = held.output.split(separator: "\n")
        let words = try #require(lines.first?.split(separator: " "))
        #expect(words.count == 2)
        #expect(lines.last?.contains(#""id":"\#(words[1])""#) == true, "\(held.output)")
        #expect(lines.last?.contains(#""releasedAt":null"#) == true)
        #expect(try await !isLeased("phone"))
        #expect(try await run("lease hold phone -- /nonexistent/x").exit == .code(127))
        #expect(try await run("lease hold phone --", [daemon.folder.path]).exit == .code(126))
        #expect(try await !isLeased("phone"))
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal reaches the command, and the device is given back`(signal: Int32)
        async throws
    {
        _ = try await run("device add phone")
        let dying = try daemon.startCommand([
            "lease", "hold", "phone", "--", "sh", "-c", "echo on; exec sleep 60",
        ])
        _ = try await dying.waitForLine(containing: "on")
        #expect(try await isLeased("phone"))
        dying.signal(signal)
        #expect(await dying.waitForExit() == .code(128 + signal))
        #expect(try await !isLeased("phone"))
        let script = "trap 'kill $!; exit 3' TERM INT HUP; sleep 60 & echo on; wait"
        let tidy = try daemon.startCommand(["lease", "hold", "phone", "--", "bash", "-c", script])
        _ = try await tidy.waitForLine(containing: "on")
        tidy.signal(signal)
        #expect(await tidy.waitForExit() == .code(3))
        #expect(try await !isLeased("phone"))
    }

    @Test func `a lease that somebody else ends takes the command with it`() async throws {
        _ = try await run("device add phone")
        let script = "trap 'kill $!; exit 0' TERM; sleep 60 & echo on; wait"
        let holder = try daemon.startCommand([
            "lease", "hold", "phone", "--heartbeat", "5s", "--", "bash", "-c", script,
        ])
        _ = try await holder.waitForLine(containing: "on")
        #expect(try await run("lease release phone").output == "phone: released\n")
        #expect(await holder.waitForExit() == .code(1))
        #expect(holder.standardError.contains("the lease has ended (released); ending the"))
    }

    @Test func `a held device stays held across a kill and restart of the daemon`() async throws {
        _ = try await run("device add phone")
        let holder = try daemon.startCommand([
            "lease", "hold", "phone", "--heartbeat", "6s", "--", "sh", "-c",
            "echo on; exec sleep 60",
        ])
        _ = try await holder.waitForLine(containing: "on")
        daemon.kill()
        _ = try await holder.waitForLine(containing: "trying again")
        try await daemon.restart()
        _ = try await holder.waitForLine(containing: "still held")
        #expect(try await isLeased("phone"))
        holder.signal(SIGTERM)
        #expect(await holder.waitForExit() == .code(128 + SIGTERM))
        #expect(try await !isLeased("phone"))
    }

    @Test func `a device that is leased is waited for`() async throws {
        _ = try await run("device add phone")
        _ = try await run("lease take phone")
        let waiting = try daemon.startCommand([
            "lease", "hold", "phone", "--wait", "1m", "--", "echo", "mine",
        ])
        _ = try await waiting.waitForLine(containing: "is leased by admin@localhost since")
        let ended = try daemon.startCommand([
            "lease", "hold", "phone", "--wait", "1m", "--", "echo", "never",
        ])
        _ = try await ended.waitForLine(containing: "waiting")
        ended.signal(SIGINT)
        #expect(await ended.waitForExit() == .code(130))
        #expect(ended.standardOutput.isEmpty)
        _ = try await run("lease release phone")
        #expect(await waiting.waitForExit() == .code(0))
        #expect(waiting.standardOutput == "mine\n")
    }
}
