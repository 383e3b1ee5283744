import Drivers
import Foundation
import TestSupport
import Testing

/// What is left of a station that was killed.
@Suite(.timeLimit(.minutes(2))) struct ProcessLeftoversTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A process as a station's run would have left it, with a session of its own.
    private func leave(_ script: String, by station: String) throws -> ChildProcess {
        try ChildProcess(
            "/usr/bin/setsid", ["/bin/sh", "-c", script],
            environment: [
                "PATH=/usr/bin:/bin", "BORESIGHT_STATION=\(station)", "BORESIGHT_SESSION=s-1",
            ])
    }

    @Test func `what carries the station's cookie ends, and nothing of another one`() async throws {
        let station = ProcessCookie.station(folder.path)
        let ours = try leave("sleep 600 & echo ready; exec sleep 601", by: station)
        let deaf = try leave(
            "trap '' TERM; echo ready; while :; do sleep 600; done", by: station)
        let others = try [station + "2", station + "/sub", "/"].map {
            try leave("echo ready; exec sleep 600", by: $0)
        }
        for process in [ours, deaf] + others {
            _ = try await process.waitForLine(containing: "ready")
        }
        // The one that is asked about may be written in other words.
        var limits = ProcessLimits()
        limits.lastGrace = .milliseconds(300)
        let result = ProcessLeftovers.clear(
            station: folder.path + "/../" + station.name + "/", limits: limits)
        #expect(result.found >= 4 && result.left == 0)
        #expect(await ours.waitForExit() == .signal(SIGTERM))
        #expect(await deaf.waitForExit() == .signal(SIGKILL))
        #expect(MachineProcesses.carrying("BORESIGHT_STATION=" + station).isEmpty)
        for other in others { #expect(other.exit == nil) }
        #expect(ProcessLeftovers.clear(station: folder.path) == (0, 0))
    }

    @Test func `a variable that only ends like the cookie is none`() async throws {
        let station = ProcessCookie.station(folder.path)
        let other = try ChildProcess(
            "/bin/sh", ["-c", "echo ready; exec sleep 600"],
            environment: ["PATH=/usr/bin:/bin", "MY_BORESIGHT_STATION=\(station)"])
        _ = try await other.waitForLine(containing: "ready")
        #expect(ProcessLeftovers.clear(station: station) == (0, 0))
        #expect(other.exit == nil)
    }
}

extension String {
    /// The last part of a path.
    fileprivate var name: String { String(split(separator: "/").last ?? "") }
}
