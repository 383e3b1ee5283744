import JSON
import TestSupport
import Testing
import Transport

/// 004: a real desktop behind a workspace, set up as the documentation says.
@Suite struct RealDesktopTests {
    private static let commands = """
        {
          commands: {
            desktop: {
              executable: "/usr/bin/Xvnc",
              arguments: [":{port}", "-rfbport", "{port}", "-localhost", "-SecurityTypes", "None"],
              port: "picked",        // a free one for each session; or a number, or "none"
              startSeconds: 60,      // until the port must answer
              stopSeconds: 5,        // between TERM and KILL
            },
          },
        }
        """

    /// What a viewer of RFC 6143 says and hears until it knows the desktop (§7.1 to §7.3).
    @Test func `a viewer shakes hands with the desktop through the stream`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.commands, to: "commands.json")
        let station = try await WorkspaceDaemon([
            "--workspaces-commands", folder.path + "/commands.json",
        ])
        let made = try station.administrator.call(
            "POST", "/api/workspaces",
            #"{"name":"Desktop","type":"vnc","driver":"process","command":"desktop"}"#)
        let eva = try station.register("eva")
        let session = try eva.launch(try #require(made.object["id"]?.stringValue))
        let socket = try station.port.socket("/viewer/\(session)", token: eva.token)
        var heard: [UInt8] = []
        func hear(_ count: Int) throws -> [UInt8] {
            while heard.count < count {
                let event = try socket.receive(timeout: .seconds(60))
                guard case .message(.binary(let bytes)) = event else {
                    Issue.record("\(event)")
                    return []
                }
                heard += bytes
            }
            defer { heard.removeFirst(count) }
            return Array(heard.prefix(count))
        }
        let version = Array("RFB 003.008\n".utf8)
        #expect(try hear(12) == version)
        try socket.send(.binary(version))
        #expect(try hear(2) == [1, 1], "one way in, and that is none")
        try socket.send(.binary([1]))
        #expect(try hear(4) == [0, 0, 0, 0], "it lets us in")
        try socket.send(.binary([1]))
        let size = try hear(4)
        #expect(size == [0x04, 0x00, 0x03, 0x00], "1024 times 768")
        _ = try eva.call("POST", "/api/sessions/\(session)/disconnect")
        let isGone = await eventually {
            MachineProcesses.carrying("BORESIGHT_SESSION=\(session)").isEmpty
        }
        #expect(isGone)
    }
}
