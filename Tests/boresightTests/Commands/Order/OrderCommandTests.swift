import Testing

@testable import boresight

@Suite struct OrderCommandTests {
    private static let device = "/api/v1/controller/device/d1/"
    private static let look = [
        "GET /v1/me", "GET /api/v1/devices @o1", "GET /api/v1/devices @o2",
    ]

    private static func order(_ status: String, _ output: String) -> (Int, String) {
        (
            200,
            #"{"id":"c1","device":"d1","connection":"w1","type":"Custom Command","#
                + #""input":{"command":"uptime"},"output":"\#(output)","status":"\#(status)","#
                + #""created":"2026-11-21T14:56:38Z","modified":"2026-11-21T14:56:39Z"}"#
        )
    }

    private static let ours: [String: (status: Int, body: String)] = [
        "GET /v1/me": (200, CommandRun.myself),
        "GET /api/v1/devices": (200, #"{"data":[{"id":"d1","name":"phone"}]}"#),
        "POST \(device)command/": order("in-progress", ""),
        "GET \(device)command/c1/": order("success", "up\\n"),
        "GET \(device)command/?page_size=1": (
            200, #"{"results":[\#(order("success", "up\\n").1)]}"#
        ),
        "GET \(device)command/?page=1&page_size=100": (
            200, #"{"next":null,"results":[\#(order("failed", "up\\nexit code 3\\n").1)]}"#
        ),
        "GET \(device)connection/?page=1&page_size=100": (
            200,
            #"{"next":null,"results":[{"id":"w1","driver":"ssh"},{"id":"w2","driver":"rotctld"}]}"#
        ),
    ]

    static let orders: [(String, String)] = [
        (
            "command run d1 -- uptime -p",
            #"{"type":"custom","input":{"command":"uptime -p"}}"#
        ),
        (
            "command run d1 --connection ssh --expires 1h -- reboot",
            #"{"type":"custom","input":{"command":"reboot"},"connection":"w1","expires_in":3600}"#
        ),
        (
            "command point d1 180.5 -2",
            #"{"type":"point","input":{"azimuth":180.5,"elevation":-2}}"#
        ),
        ("command stop d1", #"{"type":"stop","input":null}"#),
        ("command park d1", #"{"type":"park","input":null}"#),
        ("command reboot d1", #"{"type":"reboot","input":null}"#),
        (
            "command password d1 --password-file /p",
            #"{"type":"change_password","input":{"password":"battery staple"}}"#
        ),
    ]

    @Test(arguments: orders)
    func `a device is told what it should do, and waited for`(line: String, body: String) {
        let run = CommandRun(line, Self.ours, files: ["/p": "battery staple\n"])
        #expect(run.asked.contains("POST \(Self.device)command/ " + body), "\(run.asked)")
        #expect(run.asked.last == "GET \(Self.device)command/c1/")
        #expect(run.output == "up\n")
        #expect(run.code == .success, "\(run.error)")
    }

    @Test
    func `output is shown as it grows, a server that is away waited for, a failure explained`() {
        var replies = Self.ours
        replies["GET \(Self.device)command/c1/"] = nil
        let run = CommandRun(
            "command run d1 -- make", replies,
            series: [
                "GET \(Self.device)command/c1/": [
                    Self.order("in-progress", "one\\ntw"), nil, nil,
                    Self.order("in-progress", "one\\ntwo\\n"),
                    Self.order("failed", "one\\ntwo\\n\\u001b[2Jthree\\ninterrupted\\n"),
                ]
            ])
        #expect(run.code == .failure)
        #expect(run.output == "one\ntwo\n\u{FFFD}[2Jthree\n")
        #expect(
            run.error == "boresight: cannot reach http://127.0.0.1:8473: refused; trying again\n"
                + "boresight: interrupted\n")
    }

    @Test func `who does not want to wait gets the id`() {
        let run = CommandRun("command run d1 --no-wait -- uptime", Self.ours)
        #expect(run.output == "command c1\n")
        #expect(run.asked.last?.hasPrefix("POST") == true)
    }

    @Test func `programs get the command at its end`() {
        let run = CommandRun("command run d1 -o json -- uptime", Self.ours)
        #expect(run.output == Self.order("success", "up\\n").1 + "\n")
    }

    @Test func `commands are listed and shown`() {
        #expect(
            CommandRun("command list d1", Self.ours).output == """
                CREATED               TYPE            INPUT   STATUS  OUTPUT       ID
                2026-11-21T14:56:38Z  Custom Command  uptime  failed  exit code 3  c1

                """)
        for line in ["command show d1", "command show d1 c1"] {
            let shown = CommandRun(line, Self.ours).output
            #expect(shown.hasPrefix("type        Custom Command\ninput       uptime\n"))
            #expect(shown.hasSuffix("id          c1\n\nup\n"))
        }
        let never = CommandRun(
            "command show d1",
            Self.ours.merging(
                ["GET \(Self.device)command/?page_size=1": (200, #"{"results":[]}"#)]) { $1 })
        #expect(never.error == "boresight: phone has had no such command\n")
    }

    static let unclear: [(String, ExitCode, String)] = [
        ("command run d1 uptime", .usage, "TEXT stands behind --"),
        ("command run d1", .usage, "TEXT is missing; it stands behind --"),
        ("command password d1", .usage, "--password-file is missing"),
        ("command point d1 90", .usage, "ELEVATION is missing"),
        (
            "command stop d1 --connection shs", .failure,
            "did you mean 'ssh'? there is: ssh, rotctld"
        ),
    ]

    @Test(arguments: unclear)
    func `an unclear order is not carried out`(line: String, code: ExitCode, text: String) {
        let run = CommandRun(line, Self.ours)
        #expect(run.code == code)
        #expect(run.error.contains(text), "\(run.error)")
        #expect(!run.asked.contains { !$0.hasPrefix("GET") })
    }
}
