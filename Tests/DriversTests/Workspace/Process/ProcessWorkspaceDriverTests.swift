import Drivers
import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

/// Sessions that are real programs.
@Suite(.timeLimit(.minutes(2))) struct ProcessWorkspaceDriverTests {
    private static let server = """
        import socket, sys
        s = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        print(sys.argv[2:], flush=True)
        while True: s.accept()
        """
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func driver(
        _ script: String, _ change: (inout ProcessWorkspaceSettings) throws -> Void = { _ in }
    ) throws -> @Sendable (Core) throws -> any WorkspaceDriver {
        var settings = ProcessWorkspaceSettings(name: "test", executable: "/bin/sh")
        settings.arguments = try [WorkspaceText("-c"), WorkspaceText(script)]
        settings.stopGrace = .milliseconds(500)
        try change(&settings)
        return { [settings, folder] core in
            ProcessWorkspaceDriver(
                core: core, settings: settings,
                runs: ProcessRuns(core: core) {
                    SystemProcessEdge(station: folder.path, onEvent: $0)
                }, logFolder: folder.path + "/sessions")
        }
    }

    @Test func `a session without a stream keeps the workspace contract`() async throws {
        try await WorkspaceContract(
            live: true, hasViewer: false, good: driver("exec sleep 600"),
            crashing: driver("sleep 0.1; exit 1"),
            broken: driver("") { $0.executable = "/no such program" },
            slow: driver("exec sleep 600") { $0.port = .picked }
        ).holds()
    }

    @Test func `a session with a stream keeps the workspace contract`() async throws {
        let python: (inout ProcessWorkspaceSettings) throws -> Void = {
            $0.executable = Python.path
            $0.arguments = try ["-c", Self.server, "{port}"].map { try WorkspaceText($0) }
            $0.port = .picked
        }
        try await WorkspaceContract(
            live: true, hasViewer: true, good: driver("", python),
            crashing: driver("") {
                try python(&$0)
                // The connection that finds it ready is the only one that it takes.
                $0.arguments[1] = try WorkspaceText(
                    Self.server.replacing("while True: s.accept()", with: "s.accept()"))
            },
            broken: driver("") {
                try python(&$0)
                $0.arguments[2] = try WorkspaceText("no port")
            },
            slow: driver("exec sleep 600") { $0.port = .picked }
        ).holds()
    }

    @Test func `a session's own words reach the program, one argument each`() async throws {
        let session = try WorkspaceUnderTest(
            live: true,
            driver("") {
                $0.executable = Python.path
                $0.arguments = try [
                    "-c", Self.server, "{port}", "{session} of {user}", "{workspace}", "{address}",
                ].map { try WorkspaceText($0) }
                $0.port = .picked
            })
        session.begin()
        #expect(await session.wait { !$0.isEmpty })
        guard case .started(let viewer?)? = session.events.first else {
            Issue.record("\(session.events)")
            return
        }
        #expect(viewer.host == "127.0.0.1" && Loopback.accepts(viewer.port))
        let log = try folder.text(of: "sessions/s-1.log")
        #expect(log == "['s-1 of u-1', 'ws-desktop', '192.0.2.7']\n")
        session.stop()
        #expect(await session.wait { $0.last == .ended(.stopped) })
    }

    @Test func `how a session ended is told in words`() async throws {
        let ends: [(String, WorkspaceEnd)] = [
            ("exit 3", .crashed("the program ended with exit code 3")),
            ("kill -SEGV $$", .crashed("the signal SEGV ended the program")),
        ]
        for (script, end) in ends {
            let session = try WorkspaceUnderTest(live: true, driver(script))
            session.begin()
            #expect(await session.wait { $0.last == .ended(end) }, "\(session.events)")
        }
        let missing = try WorkspaceUnderTest(
            live: true, driver("") { $0.executable = "/no such program" })
        missing.begin()
        #expect(
            await missing.wait {
                $0 == [.ended(.startFailed("the program does not exist"))]
            }, "\(missing.events)")
    }

    @Test func `a session's name cannot lead its log elsewhere`() {
        #expect(ProcessWorkspaceDriver.log(of: "../s 1", in: "/a") == "/a/---s-1.log")
    }
}
