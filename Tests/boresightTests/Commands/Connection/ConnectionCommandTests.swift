import Testing

@testable import boresight

@Suite struct ConnectionCommandTests {
    private static let path = "/api/v1/controller/device/d1/connection/"
    private static let ssh = #"""
        {"id":"w1","device":"d1","driver":"ssh","parameters":{"host":"pi","port":22,"username":"op",\#
        "password":"********","timeout":30}}
        """#
    private static let ours: [String: (status: Int, body: String)] = [
        "GET /v1/me": (200, CommandRun.myself),
        "GET /api/v1/devices": (200, #"{"data":[{"id":"d1","name":"phone"}]}"#),
        "GET \(path)?page=1&page_size=100": (200, #"{"next":null,"results":[\#(ssh)]}"#),
        "POST \(path)": (201, #"{"id":"w9","driver":"ssh"}"#),
        "PATCH \(path)w1/": (200, "{}"), "DELETE \(path)w1/": (204, ""),
    ]
    private static let files = [
        "/p": "battery staple\n", "/k": "-----BEGIN\nabc\n", "/s": #"{"custom":[]}"#,
    ]

    static let verbs: [(String, String)] = [
        (
            "connection add d1 ssh op@10.0.0.5:2222 --password-file /p --host-key SHA256:x",
            #"POST \#(path) {"driver":"ssh","parameters":{"host":"10.0.0.5","port":2222,"#
                + #""username":"op","password":"battery staple","host_key":"SHA256:x"}}"#
        ),
        (
            "connection add d1 ssh op@[::1] --key-file /k --passphrase-file /p",
            #"POST \#(path) {"driver":"ssh","parameters":{"host":"::1","username":"op","#
                + #""key":"-----BEGIN\nabc\n","passphrase":"battery staple"}}"#
        ),
        (
            "connection add d1 rotctld pi --command-timeout 2m",
            #"POST \#(path) {"driver":"rotctld","parameters":{"host":"pi","timeout":120}}"#
        ),
        (
            "connection add d1 simulated --script /s --away 1500ms",
            #"POST \#(path) {"driver":"simulated","parameters":{"unreachable_seconds":1.5,"#
                + #""script":{"custom":[]}}}"#
        ),
        (
            "connection change d1 --host-key SHA256:y",
            #"PATCH \#(path)w1/ {"parameters":{"host":"pi","port":22,"username":"op","#
                + #""password":"********","timeout":30,"host_key":"SHA256:y"}}"#
        ),
        (
            "connection change d1 ssh --address eva@laptop --key-file /k",
            #"PATCH \#(path)w1/ {"parameters":{"host":"laptop","username":"eva","timeout":30,"#
                + #""key":"-----BEGIN\nabc\n"}}"#
        ),
        ("connection delete d1 w1", "DELETE \(path)w1/"),
    ]

    @Test(arguments: verbs)
    func `a verb asks the server what it should`(line: String, request: String) {
        let run = CommandRun(line, Self.ours, files: Self.files)
        #expect(run.asked.last == request)
        #expect(run.code == .success, "\(run.error)")
    }

    @Test func `connections are listed and shown, without their secrets`() {
        #expect(
            CommandRun("connection list d1", Self.ours).output == """
                DRIVER  ADDRESS   TIMEOUT  ID
                ssh     op@pi:22  30 s     w1

                """)
        #expect(
            CommandRun("connection show d1", Self.ours).output == """
                driver    ssh
                host      pi
                port      22
                username  op
                password  ********
                timeout   30
                id        w1

                """)
    }

    static let unclear: [(String, ExitCode, String)] = [
        ("connection add d1 telnet", .usage, "is not one of ssh, rotctld, simulated"),
        ("connection add d1 ssh @pi", .usage, "has no user before the @"),
        ("connection add d1 ssh pi:x", .usage, "has a port that is not a number"),
        ("connection add d1 ssh pi --password-file /none", .failure, "password file /none"),
        ("connection add d1 simulated --script /k", .failure, "/k: "),
        ("connection change d1", .usage, "say what to change"),
        ("connection delete d1 rotctld", .failure, "no connection 'rotctld'\nthere is: ssh"),
    ]

    @Test(arguments: unclear)
    func `an unclear order is not carried out`(line: String, code: ExitCode, text: String) {
        let run = CommandRun(line, Self.ours, files: Self.files)
        #expect(run.code == code)
        #expect(run.error.contains(text), "\(run.error)")
        #expect(!run.asked.contains { !$0.hasPrefix("GET") })
    }

    @Test func `of several connections one has to be named`() {
        let two = #"{"next":null,"results":[\#(Self.ssh),{"id":"w2","driver":"simulated"}]}"#
        let run = CommandRun(
            "connection delete d1",
            Self.ours.merging(["GET \(Self.path)?page=1&page_size=100": (200, two)]) { $1 })
        #expect(run.code == .usage)
        #expect(run.error.contains("name a connection: w1 (ssh), w2 (simulated)"))
    }
}
