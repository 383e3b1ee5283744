import Engine
import Foundation
import JSON
import Store
import TestSupport
import Testing
import Transport

/// The audit on the disk: that it is as durable as what it tells of, that a change of it shows, and
/// that recordings replay it.
@Suite struct AuditStoreTests {
    /// The program on a data directory.
    private func audit(
        _ words: [String], _ folder: TemporaryFolder
    ) async throws -> (exit: ChildProcess.Exit?, output: String, error: String) {
        let process = try ChildProcess(
            try BuiltProgram.path("boresight"), ["audit"] + words + ["--data", folder.path],
            environment: ["HOME=/nonexistent"])
        let exit = await process.waitForExit()
        _ = await eventually {
            !process.standardOutput.isEmpty || !process.standardError.isEmpty
        }
        return (exit, process.standardOutput, process.standardError)
    }

    private func stop(_ daemon: DaemonProcess) async throws {
        daemon.process.signal(15)
        try #require(await daemon.process.waitForExit() == .code(0))
    }

    /// A station with some entries; it has stopped.
    private func station() async throws -> TemporaryFolder {
        let daemon = try await DaemonProcess()
        for name in ["Club", "School", "Harbour", "Mast"] { _ = try daemon.makeOrganization(name) }
        _ = try daemon.call("POST", "/v1/organizations", json: #"{"name":"Club"}"#)
        let running = try await audit(["verify"], daemon.folder)
        #expect(running.exit == .code(0), "\(running.error)")
        #expect(running.output.hasPrefix("5 entries from "), "\(running.output)")
        try await stop(daemon)
        return daemon.folder
    }

    private func change(_ folder: TemporaryFolder, _ sql: String) throws {
        try SQLiteConnection(path: folder.path + "/boresight.db").execute(sql)
    }

    @Test func `a change of any column is found at its entry`() async throws {
        let folder = try await station()
        #expect(try await audit(["verify"], folder).exit == .code(0))
        let whole = try Data(contentsOf: URL(filePath: folder.path + "/boresight.db"))
        let changes = [
            "number = 7", "time_ns = time_ns + 1", "user_id = NULL", "user_email = 'x@y'",
            "api = ''", "action = action || ' '", "resource = substr(resource, 2)",
            "details = 'x'", "ip_address = '127.0.0.2'", "is_success = 1 - is_success",
            "end_reason = ''", "device_id = 'd'", "session_id = ''", "organization_id = 'o'",
            "previous = zeroblob(32)", "digest = zeroblob(0)",
            "digest = CAST(substr(digest, 1, 31) || x'00' AS BLOB)",
        ]
        for change in changes {
            try self.change(folder, "UPDATE audit SET \(change) WHERE number = 3")
            let found = try await audit(["verify"], folder)
            #expect(found.exit == .code(1), "\(change): \(found.output)")
            #expect(found.error.hasPrefix("boresight: entry 3"), "\(change): \(found.error)")
            try whole.write(to: URL(filePath: folder.path + "/boresight.db"))
        }
        #expect(try await audit(["verify"], folder).exit == .code(0))
    }

    @Test func `what is removed, moved or exchanged is found`() async throws {
        let folder = try await station()
        let file = URL(filePath: folder.path + "/boresight.db")
        let whole = try Data(contentsOf: file)
        let changes: [(sql: String, number: Int)] = [
            ("DELETE FROM audit WHERE number = 3", 3), ("DELETE FROM audit WHERE number = 1", 1),
            ("DELETE FROM audit WHERE number = 5", 5), ("DELETE FROM audit WHERE number > 2", 3),
            ("DELETE FROM audit", 1),
            ("UPDATE audit SET number = -number WHERE number = 5", 1),
            (
                "UPDATE audit SET number = 99 WHERE number = 2;"
                    + "UPDATE audit SET number = 2 WHERE number = 3;"
                    + "UPDATE audit SET number = 3 WHERE number = 99", 2
            ),
            ("DELETE FROM counters WHERE name = 'audit'", 6),
            ("UPDATE counters SET value = 4 WHERE name = 'audit'", 4),
        ]
        for (sql, number) in changes {
            try change(folder, sql)
            let found = try await audit(["verify"], folder)
            #expect(found.exit == .code(1), "\(sql): \(found.output)")
            let isNamed =
                found.error.hasPrefix("boresight: entry \(number):")
                || found.error.hasPrefix("boresight: entry \(number) of")
            #expect(isNamed || sql.contains("-number"), "\(sql): \(found.error)")
            try whole.write(to: file)
        }
    }

    @Test func `a byte that is changed in the file is found`() async throws {
        let folder = try await station()
        let file = URL(filePath: folder.path + "/boresight.db")
        var bytes = [UInt8](try Data(contentsOf: file))
        // The only text of its kind: the one request without a token.
        let needle = Array("a bearer token is needed".utf8)
        let place = try #require(
            (0..<bytes.count - needle.count).last { start in
                bytes[start..<start + needle.count].elementsEqual(needle)
            })
        for change: UInt8 in [0x01, 0x20, 0x80] {
            bytes[place] ^= change
            try Data(bytes).write(to: file)
            let found = try await audit(["verify"], folder)
            #expect(found.error.hasPrefix("boresight: entry 5 of "), "\(found.error)")
            bytes[place] ^= change
        }
        try Data(bytes).write(to: file)
        #expect(try await audit(["verify"], folder).exit == .code(0))
    }

    @Test func `what is exported can be read by others`() async throws {
        let folder = try await station()
        let lines = try await audit(["export"], folder).output.split(separator: "\n")
        #expect(lines.count == 5)
        let entries = try lines.map {
            try #require(try JSONReader.read(Array($0.utf8)).objectValue)
        }
        #expect(entries.first?["number"] == .integer(1))
        #expect(entries.first?["previous"]?.stringValue == String(repeating: "0", count: 64))
        for (entry, next) in zip(entries, entries.dropFirst()) {
            #expect(entry["digest"] == next["previous"])
        }
        let table = try await audit(["export", "--format", "csv"], folder).output
        #expect(table.hasPrefix("number,time,time_ns,user_id,"))
        let none = try await audit(
            ["export", "--since", "2099-01-01T00:00:00Z", "--format", "csv"], folder)
        #expect(none.output.split(separator: "\r\n").count == 1)
    }

    @Test func `a folder without a station is no chain`() async throws {
        let folder = try TemporaryFolder()
        let found = try await audit(["verify"], folder)
        #expect(found.exit == .code(1))
        #expect(found.error.contains("--data names the directory of a station"))
    }

    @Test func `an entry is there after a kill if and only if what it tells of is`() async throws {
        let daemon = try await DaemonProcess()
        let token = try daemon.token
        for round in 0..<5 {
            let url = daemon.url
            let load = try (0..<3).map { client in
                try SystemThread(name: "client") {
                    guard let http = try? HTTPClient() else { return }
                    let headers = HTTPHeaders([
                        ("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"),
                    ])
                    var number = 0
                    while number < 40,
                        let answer = try? http.call(
                            "POST", url + "/v1/organizations", headers: headers,
                            body: Array(#"{"name":"\#(round)-\#(client)-\#(number)"}"#.utf8)),
                        answer.status == 201
                    { number += 1 }
                }
            }
            let before = try Self.organizations(daemon).count
            let isLoaded = await eventually {
                (try? Self.organizations(daemon).count) ?? 0 > before + 10 + 20 * round
            }
            #expect(isLoaded)
            daemon.kill()
            for thread in load { thread.join() }
            let found = try await audit(["verify"], daemon.folder)
            #expect(found.exit == .code(0), "\(found.error)")
            try await daemon.restart()
            let told = try AuditLines(daemon, "&action=add_organization&success=true").entries
                .compactMap { $0["resource"]?.stringValue?.dropFirst("organization:".count) }
                .map(String.init)
            let there = try Self.organizations(daemon)
            #expect(Set(told).count == told.count)
            #expect(Set(told) == there)
        }
    }

    /// All but the one that a station begins with.
    private static func organizations(_ daemon: DaemonProcess) throws -> Set<String> {
        let list = try JSONReader.read(
            daemon.call("GET", "/v1/organizations", token: daemon.token).body)
        let ids = (list.arrayValue ?? []).compactMap(\.objectValue)
            .filter { $0["name"] != .string("Default") }
            .compactMap { $0["id"]?.stringValue }
        return Set(ids)
    }

    @Test func `a recording of audited requests has no secret and replays to the same digests`()
        async throws
    {
        let folder = try TemporaryFolder()
        // The audit goes on from stored entries in the second life, which is recorded.
        for life in 1...2 {
            let file = folder.path + "/\(life).jsonl"
            let daemon = try await DaemonProcess(
                ["--gpsd", "none", "--record", file], folder: folder)
            let eva = try daemon.makeUser("eva-\(life)@b", permissions: ["rotor.operate"])
            let session = try daemon.makeSession()
            let secrets = [session, eva, try daemon.token, "guess the word"]
            for path in ["/api/sessions/\(session)/join", "/nothing/\(session)", "/x/\(eva)"] {
                _ = try daemon.call("POST", path, json: "{}", token: eva)
            }
            for name in ["eva-\(life)@b", eva, "guess the word"] {
                _ = try daemon.call(
                    "POST", "/api/v1/users/token/",
                    json: #"{"username":"\#(name)","password":"guess the word"}"#)
            }
            _ = try daemon.call("DELETE", "/api/sessions/\(session)")
            _ = try daemon.call("DELETE", "/api/sessions/\(session)")
            try await stop(daemon)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            for secret in secrets.dropLast() { #expect(!text.contains(secret)) }
            let database = [UInt8](
                try Data(contentsOf: URL(filePath: folder.path + "/boresight.db")))
            for secret in secrets {
                #expect(!String(decoding: database, as: UTF8.self).contains(secret))
            }
            for command in ["replay", "verify"] {
                let process = try ChildProcess(
                    try BuiltProgram.path("boresight"), [command, file])
                let exit = await process.waitForExit()
                #expect(exit == .code(0), "\(process.standardOutput)\(process.standardError)")
            }
        }
        #expect(try await audit(["verify"], folder).exit == .code(0))
    }
}
