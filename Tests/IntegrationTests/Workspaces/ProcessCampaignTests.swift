import Engine
import Foundation
import Glibc
import JSON
import TestSupport
import Testing
import Transport

/// 004: real programs behind workspaces, through everything that can happen to them.
@Suite struct ProcessCampaignTests {
    /// One that starts a program that leaves its group, one that ends by itself, one that does not
    /// want to end, and one with a port.
    private static let commands = #"""
        {
          // For the test.
          "commands": {
            "family": {
              "executable": "/bin/sh",
              "arguments": ["-c", "setsid sleep 600 & sleep 600 & wait"],
              "stopSeconds": 0.2,
            },
            "brief": {"executable": "/bin/sh", "arguments": ["-c", "sleep 0.05; exit 3"]},
            "stubborn": {
              "executable": "/bin/sh",
              "arguments": ["-c", "trap '' TERM; while :; do sleep 0.1; done"],
              "stopSeconds": 0.2,
            },
            "server": {
              "executable": "/usr/bin/env",
              "arguments": ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"],
              "port": "picked",
              "stopSeconds": 0.5,
            },
          },
        }
        """#

    private static let launches = 200
    /// Before every so many the daemon is killed.
    private static let launchesOfALife = 40

    @Test func `two hundred launches leave no process, no session and no workspace behind`()
        async throws
    {
        let folder = try TemporaryFolder()
        try folder.write(Self.commands, to: "commands.json")
        let data = try TemporaryFolder()
        let station = try await WorkspaceDaemon(
            ["--workspaces-commands", folder.path + "/commands.json"], folder: data)
        let admin = try station.administrator
        var workspaces: [String] = []
        for command in ["family", "brief", "stubborn", "server"] {
            let made = try admin.call(
                "POST", "/api/workspaces",
                #"{"name":"\#(command)","type":"x","driver":"process","command":"\#(command)"}"#)
            workspaces.append(try #require(made.object["id"]?.stringValue, "\(made.text)"))
        }
        let user = try station.register("eva")
        var random = SeededRandom(seed: 6, purpose: "campaign")
        var kills = 0
        for number in 0..<Self.launches {
            if number % Self.launchesOfALife == Self.launchesOfALife - 1 {
                station.daemon.kill()
                kills += 1
                try await station.daemon.restart()
            }
            // Starting a Python takes half a second, so there are few.
            let kind = number % 20 == 0 ? 3 : Int(random.next() % 3)
            let answer = try user.call("POST", "/api/workspaces/\(workspaces[kind])/launch")
            #expect([200, 503].contains(answer.status), "\(answer.text)")
            guard let id = answer.object["session_id"]?.stringValue else { continue }
            switch random.next() % 5 {
            case 0: _ = try user.call("POST", "/api/sessions/\(id)/disconnect")
            case 1: _ = try user.call("POST", "/api/workspaces/\(workspaces[kind])/stop")
            case 2: Self.processes(of: id).first.map { _ = kill($0, SIGKILL) }
            default: break
            }
            // A user has fifty sessions at most.
            if number % 30 == 29 {
                let all = try JSONReader.read(user.call("GET", "/api/sessions/active").body)
                for session in all.arrayValue ?? [] {
                    let id = try #require(session.objectValue?["id"]?.stringValue)
                    _ = try user.call("POST", "/api/sessions/\(id)/disconnect")
                }
            }
        }
        #expect(kills == 5)
        for workspace in workspaces {
            _ = try user.call("POST", "/api/workspaces/\(workspace)/stop")
        }
        try await checkNothingIsLeft(user, data)
        try await stop(station.daemon)
        #expect(Self.processes(withStation: data.path).isEmpty)
    }

    private func checkNothingIsLeft(
        _ user: WorkspaceUser, _ data: TemporaryFolder
    ) async throws {
        #expect(try user.call("GET", "/api/sessions/active").text == "[]")
        let isClear = await eventually { Self.processes(withStation: data.path).isEmpty }
        #expect(isClear, "left: \(Self.processes(withStation: data.path))")
        let list = try JSONReader.read(user.call("GET", "/api/workspaces").body).arrayValue ?? []
        #expect(list.count == 9)
        #expect(list.allSatisfy { $0.objectValue?["status"] == .string("available") })
    }

    private func stop(_ daemon: DaemonProcess) async throws {
        daemon.process.signal(SIGTERM)
        #expect(await daemon.process.waitForExit() == .code(0))
    }

    @Test func `a daemon that ends takes its programs with it`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.commands, to: "commands.json")
        let data = try TemporaryFolder()
        let station = try await WorkspaceDaemon(
            ["--workspaces-commands", folder.path + "/commands.json"], folder: data)
        let admin = try station.administrator
        for command in ["family", "stubborn"] {
            let made = try admin.call(
                "POST", "/api/workspaces",
                #"{"name":"\#(command)","type":"x","driver":"process","command":"\#(command)"}"#)
            _ = try admin.launch(try #require(made.object["id"]?.stringValue))
        }
        #expect(Self.processes(withStation: data.path).count >= 3)
        try await stop(station.daemon)
        #expect(Self.processes(withStation: data.path).isEmpty)
    }

    // MARK: Processes of this machine

    private static func processes(of session: String) -> [pid_t] {
        MachineProcesses.carrying("BORESIGHT_SESSION=\(session)")
    }

    private static func processes(withStation folder: String) -> [pid_t] {
        MachineProcesses.carrying("BORESIGHT_STATION=\(folder)")
    }
}
