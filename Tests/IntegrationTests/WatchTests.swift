import Glibc
import JSON
import TestSupport
import Testing
import Transport

/// `boresight watch` with the real daemon behind it.
@Suite struct WatchTests {
    private let daemon: DaemonProcess
    private let organization: String
    private let van: String

    init() async throws {
        daemon = try await DaemonProcess()
        organization = try daemon.organization
        let made = try daemon.call(
            "POST", "/api/v1/controller/location/",
            json: #"{"name":"van","organization":"\#(organization)","is_mobile":true}"#,
            token: daemon.token)
        van = try #require(made.object["id"]?.stringValue, "\(made.text)")
    }

    private func report(_ longitude: Double) throws {
        let answer = try daemon.call(
            "PATCH", "/api/v1/controller/location/\(van)/",
            json: #"{"geometry":{"type":"Point","coordinates":[\#(longitude),52.5]}}"#,
            token: daemon.token)
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// Reports until the watcher has told of it: it may not have followed from the first.
    private func reportUntilTold(_ longitude: Double, by watcher: ChildProcess, _ text: String)
        async throws
    {
        for _ in 0..<100 {
            try report(longitude)
            let isTold = await eventually(within: .milliseconds(200)) {
                watcher.standardOutput.contains(text)
            }
            if isTold { return }
        }
        Issue.record("not told: \(watcher.standardError)")
    }

    @Test func `watching goes on across a kill and restart of the daemon`() async throws {
        let table = try daemon.startCommand(["watch", "locations", "van"])
        let lines = try daemon.startCommand(["watch", "locations", "-o", "json"])
        _ = try await table.waitForLine(containing: "TIME")
        try await reportUntilTold(1, by: lines, "[1,52.5]")
        #expect(await eventually { table.standardOutput.contains("  52.500000     1.000000") })
        daemon.kill()
        _ = try await table.waitForLine(containing: "connection lost; trying again")
        _ = try await table.waitForLine(containing: "cannot reach")
        try await daemon.restart()
        _ = try await table.waitForLine(containing: "following again")
        _ = try await lines.waitForLine(containing: "following again")
        try report(2)
        let line = try await lines.waitForLine(containing: "[2,52.5]")
        #expect(
            line == #"{"id":"\#(van)","name":"van","address":"","type":"outdoor","#
                + #""is_mobile":true,"geometry":{"type":"Point","coordinates":[2,52.5]}}"#)
        let row = try await table.waitForLine(containing: "     2.000000")
        let time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/
        #expect(row.prefix(24).wholeMatch(of: time) != nil, "\(row)")
        #expect(
            row.dropFirst(24).split(separator: " ") == ["van", "52.500000", "2.000000", "-"])
        #expect(table.exit == nil)
        table.signal(SIGINT)
        lines.signal(SIGTERM)
        #expect(await table.waitForExit() == .code(0))
        #expect(await lines.waitForExit() == .code(0))
    }

    @Test func `a daemon that ends in order is waited for, too`() async throws {
        let watcher = try daemon.startCommand(["watch", "locations"])
        _ = try await watcher.waitForLine(containing: "TIME")
        daemon.process.signal(SIGTERM)
        #expect(await daemon.process.waitForExit() == .code(0))
        _ = try await watcher.waitForLine(containing: "trying again")
        #expect(watcher.exit == nil)
        // Also while it waits for the next try.
        watcher.signal(SIGINT)
        #expect(await watcher.waitForExit() == .code(0))
    }

    @Test func `without the right it ends, and says what right that is`() async throws {
        let member = try daemon.makeUser(
            "m@x", roles: [organization: "manager"], isStaff: true,
            permissions: ["config.view_device"])
        for words in [["watch", "locations"], ["watch", "locations", "van"]] {
            let watcher = try daemon.startCommand(words, token: member)
            #expect(await watcher.waitForExit() == .code(1))
            _ = try await watcher.waitForLine(containing: "with the right geo.view_location")
            #expect(watcher.standardOutput.isEmpty)
            #expect(!watcher.standardError.contains("trying again"))
        }
    }

    @Test func `a right that is taken away ends it`() async throws {
        let manager = try daemon.makeUser(
            "m@x", roles: [organization: "manager"], isStaff: true,
            permissions: ["geo.view_location"])
        let watcher = try daemon.startCommand(["watch", "locations", "van"], token: manager)
        _ = try await watcher.waitForLine(containing: "TIME")
        try daemon.setRole("m@x", "member", in: organization)
        #expect(await watcher.waitForExit() == .code(1))
        _ = try await watcher.waitForLine(containing: "the server refuses: no right any more")
    }
}
