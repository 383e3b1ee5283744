import JSON
import TestSupport
import Testing

/// 004: the two programs of the document, as they stand but for the base URL and the token.
@Suite(.enabled(if: PythonTools.areInstalled, "\(PythonTools.howToInstall)"))
struct DocumentedProgramsTests {
    @Test func `the monitor shows what is active`() async throws {
        let station = try await WorkspaceDaemon()
        let john = try station.register("john")
        let id = try john.launch()
        _ = try john.launch("ws-1panel")
        let program = try PythonTools.start(Self.monitor(john))
        defer { program.kill() }
        _ = try await program.waitForLine(containing: "Active Sessions: 2")
        _ = try await program.waitForLine(containing: "Session ID: \(id)")
        _ = try await program.waitForLine(containing: "Tunnel: encrypted")
        _ = try await program.waitForLine(containing: "MFA: Not verified")
    }

    @Test func `the clean-up disconnects what is older than eight hours`() async throws {
        let station = try await WorkspaceDaemon()
        let john = try station.register("john")
        let id = try john.launch()
        let fresh = try PythonTools.start(Self.cleanUp(john))
        #expect(await fresh.waitForExit(within: .seconds(60)) == .code(0))
        #expect(try john.session(id)["status"] == .string("active"))
        let late = try PythonTools.start(Self.nineHoursLater + Self.cleanUp(john))
        #expect(await late.waitForExit(within: .seconds(60)) == .code(0), "\(late.standardError)")
        #expect(late.standardOutput.contains("Disconnecting old session: Linux Desktop"))
        #expect(try john.session(id)["status"] == .string("disconnected"))
    }

    /// The clock of the program, not of the station.
    private static let nineHoursLater = """
        import datetime as clock
        class Later(clock.datetime):
            @classmethod
            def now(cls, zone=None):
                return real.now(zone) + clock.timedelta(hours=9)
        real = clock.datetime
        clock.datetime = Later

        """

    private static func head(_ user: WorkspaceUser) -> String {
        """
        BASE_URL = "\(user.port.root)/api"
        token = "\(user.token)"
        headers = {"Authorization": f"Bearer {token}"}

        """
    }

    private static func monitor(_ user: WorkspaceUser) -> String {
        """
        import requests
        import time
        from datetime import datetime, timezone

        \(head(user))
        def monitor_sessions():
            \"""Monitor active sessions every 30 seconds\"""
            while True:
                response = requests.get(f"{BASE_URL}/sessions/active", headers=headers)
                sessions = response.json()
                print(f"\\n[{datetime.now(timezone.utc)}] Active Sessions: {len(sessions)}")
                for session in sessions:
                    started = datetime.fromisoformat(session['started_at'].replace('Z', '+00:00'))
                    duration = datetime.now(timezone.utc) - started
                    print(f"  - {session['workspace_name']}")
                    print(f"    Session ID: {session['id']}")
                    print(f"    Duration: {duration}")
                    print(f"    Tunnel: {session['tunnel_status']}")
                    print(f"    MFA: {'Verified' if session['mfa_verified'] else 'Not verified'}")
                time.sleep(30)

        if __name__ == "__main__":
            monitor_sessions()

        """
    }

    private static func cleanUp(_ user: WorkspaceUser) -> String {
        """
        import requests
        from datetime import datetime, timedelta, timezone

        \(head(user))
        def cleanup_old_sessions(max_duration_hours=8):
            \"""Disconnect sessions running longer than max_duration_hours\"""
            response = requests.get(f"{BASE_URL}/sessions/active", headers=headers)
            sessions = response.json()
            cutoff_time = datetime.now(timezone.utc) - timedelta(hours=max_duration_hours)
            for session in sessions:
                started = datetime.fromisoformat(session['started_at'].replace('Z', '+00:00'))
                if started < cutoff_time:
                    print(f"Disconnecting old session: {session['workspace_name']}")
                    requests.post(
                        f"{BASE_URL}/sessions/{session['id']}/disconnect",
                        headers=headers
                    )
                    print(f"Session {session['id']} disconnected")

        if __name__ == "__main__":
            cleanup_old_sessions(max_duration_hours=8)

        """
    }
}
