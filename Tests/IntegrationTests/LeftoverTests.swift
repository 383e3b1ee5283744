import Glibc
import TestSupport
import Testing

/// What programs of a station outlive its crash.
@Suite struct LeftoverTests {
    private func leave(by station: String) async throws -> ChildProcess {
        let program = try ChildProcess(
            "/usr/bin/setsid", ["/bin/sh", "-c", "echo ready; exec sleep 600"],
            environment: [
                "PATH=/usr/bin:/bin", "BORESIGHT_STATION=\(station)", "BORESIGHT_SESSION=s-1",
            ])
        _ = try await program.waitForLine(containing: "ready")
        return program
    }

    @Test func `a start ends what a crash has left running, and nothing of another station's`()
        async throws
    {
        let daemon = try await DaemonProcess()
        daemon.kill()
        let station = try #require(realpath(daemon.folder.path, nil))
        defer { free(station) }
        let ours = try await leave(by: String(cString: station))
        let other = try await leave(by: String(cString: station) + "-2")
        try await daemon.restart()
        #expect(await ours.waitForExit() == .signal(SIGTERM))
        #expect(other.exit == nil)
        _ = try await daemon.process.waitForLine(containing: "ended what a crash had left running")
    }
}
