import Foundation
import JSON
import TestSupport
import Testing
import Transport

/// 003: a client that was written from the document only, whose examples stand here as they stand
/// there, runs a whole night.
@Suite struct DocumentedNightTests {
    private struct Step {
        let command: String
        let status: String
        /// What the answer begins with.
        let answer: String

        init(_ status: String, _ answer: String, _ command: String) {
            (self.command, self.status, self.answer) = (command, status, answer)
        }
    }

    /// In the order of a night; the first number in the document is that of the session.
    private static let steps = [
        Step("200", "[]", #"curl "http://localhost:5000/api/sessions""#),
        Step("200", #"{"session":null,"#, #"curl "http://localhost:5000/api/sessions/active""#),
        Step(
            "201", #"{"id":5,"notes":"Friday game night","is_active":1,"#,
            #"""
            curl -X POST "http://localhost:5000/api/sessions" \
            -H "Authorization: Bearer $TOKEN" \
            -H "Content-Type: application/json" \
            -d '{"notes": "Friday game night"}'
            """#),
        Step("200", #"{"id":5,"#, #"curl "http://localhost:5000/api/sessions/5""#),
        Step(
            "201", #"{"id":14,"session_id":5,"game_id":42,"manually_added":1,"status":"playing","#,
            #"""
            curl -X POST "http://localhost:5000/api/sessions/5/games" \
            -H "Authorization: Bearer $TOKEN" \
            -H "Content-Type: application/json" \
            -d '{"game_id": 42, "manually_added": true, "room_code": "ABCD"}'
            """#),
        Step("200", #"[{"id":14,"#, #"curl "http://localhost:5000/api/sessions/5/games""#),
        Step(
            "200", #"{"sessionId":5,"gameId":14,"roomCode":"ABCD","#,
            #"curl "http://localhost:5000/api/sessions/5/games/14/status-live""#),
        Step(
            "200",
            #"{"id":14,"session_id":5,"game_id":42,"manually_added":1,"status":"playing","#
                + #""room_code":"XY9Z","#,
            #"""
            curl -X PATCH "http://localhost:5000/api/sessions/5/games/14/room-code" \
            -H "Authorization: Bearer $TOKEN" \
            -H "Content-Type: application/json" \
            -d '{"room_code": "XY9Z"}'
            """#),
        Step(
            "200", #"{"message":"Room monitor started","status":"monitoring"}"#,
            #"""
            curl -X POST "http://localhost:5000/api/sessions/5/games/14/start-player-check" \
            -H "Authorization: Bearer $TOKEN"
            """#),
        Step(
            "200", #"{"message":"Room monitor and player count check stopped","status":"stopped"}"#,
            #"""
            curl -X POST "http://localhost:5000/api/sessions/5/games/14/stop-player-check" \
            -H "Authorization: Bearer $TOKEN"
            """#),
        Step(
            "200", #"{"message":"Player count updated successfully","player_count":6}"#,
            #"""
            curl -X PATCH "http://localhost:5000/api/sessions/5/games/14/player-count" \
            -H "Authorization: Bearer $TOKEN" \
            -H "Content-Type: application/json" \
            -d '{"player_count": 6}'
            """#),
        Step(
            "200", #"{"message":"Status updated successfully","status":"played"}"#,
            #"""
            curl -X PATCH "http://localhost:5000/api/sessions/5/games/14/status" \
            -H "Authorization: Bearer $TOKEN" \
            -H "Content-Type: application/json" \
            -d '{"status": "played"}'
            """#),
        Step(
            "200",
            #"{"message":"Chat log imported and processed successfully","#
                + #""messagesImported":1,"duplicatesSkipped":0,"#,
            #"""
            curl -X POST "http://localhost:5000/api/sessions/5/chat-import" \
            -H "Authorization: Bearer $TOKEN" \
            -H "Content-Type: application/json" \
            -d '{"chatData":[{"username":"viewer1","message":"thisgame++","timestamp":"2026-03-15T20:30:00Z"}]}'
            """#),
        Step(
            "200", #"{"session_id":5,"votes":[]}"#,
            #"curl "http://localhost:5000/api/sessions/5/votes""#),
        Step(
            "200", "",
            #"""
            # JSON export
            curl -o session-5.json "http://localhost:5000/api/sessions/5/export?format=json" \
            -H "Authorization: Bearer $TOKEN"
            """#),
        Step(
            "200", "",
            #"""
            # TXT export (default)
            curl -o session-5.txt "http://localhost:5000/api/sessions/5/export" \
            -H "Authorization: Bearer $TOKEN"
            """#),
        Step(
            "200", #"{"message":"Game removed from session successfully"}"#,
            #"""
            curl -X DELETE "http://localhost:5000/api/sessions/5/games/14" \
            -H "Authorization: Bearer $TOKEN"
            """#),
        Step(
            "200", #"{"id":5,"notes":"Great session!","is_active":0,"#,
            #"""
            curl -X POST "http://localhost:5000/api/sessions/5/close" \
            -H "Authorization: Bearer $TOKEN" \
            -H "Content-Type: application/json" \
            -d '{"notes": "Great session!"}'
            """#),
        Step(
            "200", #"{"message":"Session deleted successfully","sessionId":5}"#,
            #"""
            curl -X DELETE "http://localhost:5000/api/sessions/5" \
            -H "Authorization: Bearer $TOKEN"
            """#),
    ]

    @Test func `every example of the document works as it stands`() async throws {
        let host = try Host(try await NightDaemon())
        try bringNumbersTo(host)
        let folder = try TemporaryFolder()
        for step in Self.steps {
            let script =
                #"curl() { command curl -sS -w '\n%{http_code}\n' "$@"; }"# + "\n"
                + step.command.replacing("http://localhost:5000", with: host.night.root)
            let shell = try ChildProcess(
                "/usr/bin/env",
                ["-C", folder.path, "TOKEN=\(host.token)", "bash", "-c", script])
            #expect(await shell.waitForOutput() == .code(0), "\(shell.standardError)")
            let lines = shell.standardOutput.split(separator: "\n")
            #expect(lines.last.map(String.init) == step.status, "\(step.command)")
            #expect(
                shell.standardOutput.hasPrefix(step.answer),
                "\(step.command)\n\(shell.standardOutput)")
        }
        let json = try JSONReader.read(Array(folder.text(of: "session-5.json").utf8))
        #expect(
            json.objectValue?.members.map(\.key) == ["session", "games", "chat_logs"])
        #expect(try folder.text(of: "session-5.txt").contains("Game night session #5"))
    }

    /// So that the next numbers are those of the document: session 5, its game 14, game 42.
    private func bringNumbersTo(_ host: Host) throws {
        for title in ["A", "B", "C"] {
            try host.make(
                "POST", "/api/games",
                #"{"title":"\#(title)","pack_name":"P","min_players":3,"max_players":8}"#)
        }
        for id in 1...4 {
            try host.make("POST", "/api/sessions")
            if id == 1 {
                for _ in 1...13 {
                    try host.make("POST", "/api/sessions/1/games", #"{"game_id":1}"#)
                }
            }
            try host.make("POST", "/api/sessions/\(id)/close")
            try host.make("DELETE", "/api/sessions/\(id)")
        }
    }
}
