import Testing

@testable import boresight

@Suite struct WatchOrdersTests {
    @Test func `each update of a device's commands is a line`() {
        func message(_ status: String, _ output: String) -> SocketNews {
            .text(
                #"{"model":"Command","data":{"id":"c1","type":"Custom Command","#
                    + #""output":"\#(output)","status":"\#(status)"}}"#)
        }
        let sockets = ScriptedSockets([
            .success([
                message("in-progress", ""), message("in-progress", "one\\ntwo\\u001b"),
                message("success", "one\\ntwo\\nthree\\n"),
                .closed(code: 1008, reason: "no right any more"),
            ])
        ])
        let run = CommandRun(
            "watch commands d1",
            [
                "GET /v1/me": (200, CommandRun.myself),
                "GET /api/v1/devices": (200, #"{"data":[{"id":"d1","name":"phone"}]}"#),
            ], sockets: sockets)
        #expect(
            run.output == """
                TIME                      TYPE             STATUS       OUTPUT
                2027-01-15T08:00:00.123Z  Custom Command   in-progress  -
                2027-01-15T08:00:00.123Z  Custom Command   in-progress  two\u{FFFD}
                2027-01-15T08:00:00.123Z  Custom Command   success      three

                """)
        #expect(sockets.paths == ["/ws/controller/device/d1/command"])
        #expect(run.code == .failure)
        #expect(run.error.contains("the server refuses: no right any more\nwatching commands"))
    }
}
