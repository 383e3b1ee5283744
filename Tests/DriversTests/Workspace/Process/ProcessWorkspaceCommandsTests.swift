import Drivers
import JSON
import Testing

@Suite struct ProcessWorkspaceCommandsTests {
    private func read(
        _ text: String, _ change: (inout ProcessWorkspaceCommandLimits) -> Void = { _ in }
    ) throws -> ProcessWorkspaceCommands {
        var limits = ProcessWorkspaceCommandLimits()
        change(&limits)
        return try ProcessWorkspaceCommands.read(bytes(text), limits: limits)
    }

    @Test func `a command is read with all that it has`() throws {
        let commands = try read(
            """
            {"commands": {
              "desktop": {
                "executable": "/usr/bin/Xvnc",
                "arguments": ["-rfbport", "{port}", "-desktop", "for {user}"],
                "environment": {"SESSION": "{session}"},
                "workingDirectory": "/home/field",
                "port": "picked", "startSeconds": 2.5, "stopSeconds": 1, "logBytes": 5000
              },
              "clock": {"executable": "/usr/bin/xclock", "port": 5901},
              "quiet": {"executable": "/bin/true"}
            }}
            """)
        #expect(commands.names == ["clock", "desktop", "quiet"])
        var desktop = ProcessWorkspaceSettings(name: "desktop", executable: "/usr/bin/Xvnc")
        desktop.arguments = try ["-rfbport", "{port}", "-desktop", "for {user}"].map {
            try WorkspaceText($0)
        }
        desktop.environment = ["SESSION": try WorkspaceText("{session}")]
        desktop.workingDirectory = "/home/field"
        desktop.port = .picked
        desktop.startTimeout = .milliseconds(2500)
        desktop.stopGrace = .seconds(1)
        desktop.logBytes = 5000
        #expect(commands["desktop"] == desktop)
        #expect(commands["clock"]?.port == .fixed(5901))
        #expect(
            commands["quiet"] == ProcessWorkspaceSettings(name: "quiet", executable: "/bin/true"))
        #expect(commands["nothing"] == nil)
    }

    @Test func `no commands are a file as well`() throws {
        #expect(try read(#"{"commands": {}}"#) == ProcessWorkspaceCommands())
    }

    @Test(arguments: [
        ("{", 1, 2, "is missing"),
        ("[]", 1, 1, "the file of commands must be an object, not a list"),
        ("{}", 1, 1, "there are no 'commands'"),
        ("{\"commands\": {},\n \"more\": 1}", 2, 2, "there are commands"),
        ("{\"commands\":\n {\"a\": {}}}", 2, 8, "needs an 'executable'"),
        (#"{"commands": {"": {"executable": "/a"}}}"#, 1, 15, "1 to 64 bytes"),
        (#"{"commands": {"a": {"executable": "sh"}}}"#, 1, 35, "absolute path"),
        (#"{"commands": {"a": {"executable": "/a", "shell": 1}}}"#, 1, 41, "no 'shell' in"),
        (#"{"commands": {"a": {"executable": "/a", "port": 0}}}"#, 1, 49, "from 1 to 65535"),
        (#"{"commands": {"a": {"executable": "/a", "port": "any"}}}"#, 1, 49, "\"picked\""),
        (#"{"commands": {"a": {"executable": "/a", "startSeconds": 601}}}"#, 1, 57, "0 to 600"),
        (#"{"commands": {"a": {"executable": "/a", "stopSeconds": -1}}}"#, 1, 56, "0 to 60"),
        (#"{"commands": {"a": {"executable": "/a", "logBytes": 100}}}"#, 1, 53, "4096"),
        (#"{"commands": {"a": {"executable": "/a", "arguments": "x"}}}"#, 1, 54, "a list"),
        (#"{"commands": {"a": {"executable": "/a", "arguments": [1]}}}"#, 1, 55, "be a text"),
        (#"{"commands": {"a": {"executable": "/a", "arguments": ["{x}"]}}}"#, 1, 55, "{session}"),
        (#"{"commands": {"a": {"executable": "/a", "arguments": ["{port}"]}}}"#, 1, 55, "\"none\""),
        (#"{"commands": {"a": {"executable": "/a", "environment": {"A=": ""}}}}"#, 1, 57, "'A='"),
        (
            #"{"commands": {"a": {"executable": "/a", "environment": {"BORESIGHT_SESSION": ""}}}}"#,
            1, 57, "cannot be the name"
        ),
    ])
    func `what is wrong is told with its place and what there could be`(
        text: String, line: Int, column: Int, message: String
    ) {
        let error = #expect(throws: PlacedError.self) { try read(text) }
        #expect(
            error?.place.line == line && error?.place.column == column,
            "\(String(describing: error))")
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test func `too much of anything is refused`() throws {
        let two = #"{"commands": {"a": {"executable": "/a"}, "b": {"executable": "/b"}}}"#
        #expect(throws: PlacedError.self) { try read(two) { $0.commands = 1 } }
        let arguments = #"{"commands": {"a": {"executable": "/a", "arguments": ["1", "22"]}}}"#
        #expect(throws: PlacedError.self) { try read(arguments) { $0.process.arguments = 1 } }
        #expect(throws: PlacedError.self) { try read(arguments) { $0.process.textBytes = 1 } }
        let variables =
            #"{"commands": {"a": {"executable": "/a", "environment": {"A": "", "B": ""}}}}"#
        #expect(throws: PlacedError.self) { try read(variables) { $0.process.variables = 1 } }
    }
}
