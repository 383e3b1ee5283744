import Testing

@testable import boresight

@Suite struct WorkspaceCommandTests {
    private static let all = "/workspaces/api/workspaces"
    private static let sessions = "/workspaces/api/sessions"
    private static let workspaces =
        #"[{"id":"ws-1","name":"Linux Desktop","type":"linux","status":"running","#
        + #""driver":"simulated","command":null,"requires_mfa":false},"#
        + #"{"id":"ws-2","name":"Shell","type":"linux","status":"available","driver":"process"}]"#
    private static let session =
        #"{"id":"s-1","workspace_name":"Shell","user_email":"eva@x","status":"active","#
        + #""started_at":"2026-03-05T14:30:00.000Z","ended_at":null}"#

    private static let replies: [String: (status: Int, body: String)] = [
        "GET \(all)": (200, workspaces), "POST \(all)": (201, #"{"id":"ws-3","name":"Tool"}"#),
        "PUT \(all)/ws-2": (200, "{}"), "DELETE \(all)/ws-2": (200, #"{"message":"gone"}"#),
        "POST \(all)/ws-2/launch": (
            200, #"{"session_id":"s-1","stream_url":"/viewer/s-1","workspace":{}}"#
        ),
        "POST \(all)/ws-1/stop": (200, #"{"message":"stopped"}"#),
        "GET \(sessions)": (200, "[\(session)]"), "GET \(sessions)/active": (200, "[\(session)]"),
        "GET /v1/workspace-sessions": (200, "[\(session)]"),
        "POST \(sessions)/s-1/disconnect": (200, #"{"message":"Session disconnected"}"#),
        "POST /v1/workspace-sessions/s-1/end": (200, session),
    ]

    private static let verbs: [(String, [String])] = [
        (
            "workspace add Tool --command vnc --max-duration 8h --idle-timeout 30m --mfa --record-streams",
            [
                #"POST \#(all) {"driver":"process","command":"vnc","requires_mfa":true,"#
                    + #""records_sessions":true,"max_duration_seconds":28800,"#
                    + #""idle_timeout_seconds":1800,"name":"Tool","type":"linux"}"#
            ]
        ),
        (
            "workspace change Shell --name Bash --heartbeat none --no-mfa --status coming_soon",
            [
                "GET \(all)",
                #"PUT \#(all)/ws-2 {"status":"coming_soon","requires_mfa":false,"#
                    + #""heartbeat_seconds":null,"name":"Bash"}"#,
            ]
        ),
        ("workspace delete Shell", ["GET \(all)", "DELETE \(all)/ws-2"]),
        ("workspace launch ws-2", ["GET \(all)", "POST \(all)/ws-2/launch"]),
        ("workspace stop ws-1", ["GET \(all)", "POST \(all)/ws-1/stop"]),
        ("workspace sessions", ["GET \(sessions)"]),
        ("workspace sessions --active", ["GET \(sessions)/active"]),
        ("workspace sessions --all", ["GET /v1/workspace-sessions"]),
        ("workspace disconnect s-1", ["POST \(sessions)/s-1/disconnect"]),
        ("workspace end s-1", ["POST /v1/workspace-sessions/s-1/end"]),
    ]

    @Test(arguments: verbs)
    func `a verb asks the server what it should`(line: String, requests: [String]) {
        let run = CommandRun(line, Self.replies)
        #expect(run.asked == requests)
        #expect(run.code == .success, "\(run.error)")
    }

    @Test(arguments: [
        ("workspace add x --command vnc --simulated", "--command and --simulated exclude"),
        ("workspace add x --mfa --no-mfa", "--mfa and --no-mfa exclude each other"),
        (
            "workspace add x --record-streams --no-record-streams",
            "--record-streams and --no-record-streams"
        ),
        ("workspace add x --max-duration soon", "is not a duration"),
        ("workspace add x --status gone", "is not one of available"),
        ("workspace change Shell", "there is nothing to change"),
        ("workspace launch", "WORKSPACE is missing"),
    ])
    func `what makes no sense is not asked`(line: String, problem: String) {
        let run = CommandRun(line, Self.replies)
        #expect(run.code == .usage)
        #expect(run.error.contains(problem), "\(run.error)")
        #expect(run.asked == [])
    }

    @Test func `a workspace that there is not is told with those that there are`() {
        let run = CommandRun("workspace launch Shel", Self.replies)
        #expect(run.code == .failure)
        #expect(run.error.contains("did you mean 'Shell'?"), "\(run.error)")
    }

    @Test func `lists are tables`() {
        #expect(
            CommandRun("workspace list", Self.replies).output == """
                NAME           TYPE   STATUS     DRIVER     ID
                Linux Desktop  linux  running    simulated  ws-1
                Shell          linux  available  process    ws-2

                """)
        #expect(
            CommandRun("workspace sessions", Self.replies).output == """
                WORKSPACE  USER   STATUS  SINCE                     UNTIL  SESSION
                Shell      eva@x  active  2026-03-05T14:30:00.000Z  -      s-1

                """)
        #expect(
            CommandRun("workspace show ws-1", Self.replies).output == """
                id            ws-1
                name          Linux Desktop
                type          linux
                status        running
                driver        simulated
                requires mfa  no

                """)
    }
}
