import Testing

@testable import boresight

@Suite struct DeviceCommandTests {
    private static let ours: [String: (status: Int, body: String)] = [
        "GET /v1/me": (200, CommandRun.myself),
        "GET /api/v1/devices": (
            200,
            """
            {"object":"list","data":[{"id":"d1","platform":"ios","type":"","name":"phone",\
            "osVersion":"17.1","leased":true}]}
            """
        ),
        "GET /api/v1/controller/device/d1/": (200, #"{"id":"d1","name":"phone"}"#),
        "GET /api/v1/controller/device/d1/location/": (404, #"{"detail":"Not found."}"#),
        "PATCH /api/v1/controller/device/d1/": (200, "{}"),
        "DELETE /api/v1/controller/device/d1/": (204, ""),
    ]

    private static let look = [
        "GET /v1/me", "GET /api/v1/devices @o1", "GET /api/v1/devices @o2",
    ]

    /// The device is in both organisations' answers here; by id that does not matter.
    static let verbs: [(String, [String])] = [
        ("device list", look),
        ("device list --organization School", ["GET /v1/me", "GET /api/v1/devices @o2"]),
        (
            "device show d1",
            look + [
                "GET /api/v1/controller/device/d1/", "GET /api/v1/controller/device/d1/location/",
            ]
        ),
        ("device delete d1", look + ["DELETE /api/v1/controller/device/d1/"]),
        (
            "device change phone --organization o2 --name tablet --mac aa:bb --platform=",
            [
                "GET /v1/me", "GET /api/v1/devices @o2",
                #"PATCH /api/v1/controller/device/d1/ {"platform":"","mac_address":"aa:bb","#
                    + #""name":"tablet"}"#,
            ]
        ),
        (
            "device change d1 --key-file /k",
            look + [#"PATCH /api/v1/controller/device/d1/ {"key":"sesame"}"#]
        ),
    ]

    @Test(arguments: verbs)
    func `a verb asks the server what it should`(line: String, requests: [String]) {
        let run = CommandRun(line, Self.ours, files: ["/k": "sesame\n"])
        #expect(run.asked == requests)
        #expect(run.code == .success, "\(run.error)")
    }

    @Test func `devices are listed with those who have them and where they belong`() {
        let run = CommandRun("device list --organization Club", Self.ours)
        #expect(
            run.output == """
                NAME   PLATFORM  TYPE  OS    LEASED  ORGANIZATION  ID
                phone  ios       -     17.1  yes     Club          d1

                """)
        #expect(
            CommandRun("device list --organization Club -o json", Self.ours).output == """
                [{"id":"d1","platform":"ios","type":"","name":"phone","osVersion":"17.1",\
                "leased":true,"organization":"o1"}]

                """)
    }

    private static let added: [String: (status: Int, body: String)] = [
        "GET /v1/me": (200, CommandRun.myself),
        "POST /api/v1/controller/device/": (201, #"{"id":"d9","name":"van","key":"s3cret"}"#),
    ]

    @Test func `a new device belongs to the usual organisation, and its key is told`() {
        let run = CommandRun("device add van --type tracker", Self.added)
        #expect(
            run.asked.last == "POST /api/v1/controller/device/ "
                + #"{"type":"tracker","name":"van","organization":"o1"}"#)
        #expect(
            run.output == "device van of Club is d9\nits key, told this once: s3cret\n")
    }

    @Test func `a key of one's own is not told again`() {
        let run = CommandRun(
            "device add van --organization School --key-file /k", Self.added,
            files: ["/k": "s3cret"])
        #expect(run.asked.last?.contains(#""key":"s3cret""#) == true)
        #expect(run.asked.last?.contains(#""organization":"o2""#) == true)
        #expect(run.output == "device van of School is d9\n")
    }

    static let unclear: [(String, ExitCode, String)] = [
        ("device show phnoe", .failure, "no device 'phnoe'\ndid you mean 'phone'?"),
        ("device change phone", .usage, "say what to change"),
        (
            "device list --organization Clbu", .failure,
            "there is no organisation 'Clbu'\ndid you mean 'Club'? there is: Club, School"
        ),
        ("device change phone --key-file /none", .configuration, "key file /none: No such"),
    ]

    @Test(arguments: unclear)
    func `an unclear order is not carried out`(line: String, code: ExitCode, text: String) {
        let run = CommandRun(line, Self.ours)
        #expect(run.code == code)
        #expect(run.error.contains(text), "\(run.error)")
        #expect(!run.asked.contains { !$0.hasPrefix("GET") })
    }

    @Test func `what is wrong with a field is told with its name`() {
        let run = CommandRun(
            "device add van",
            [
                "GET /v1/me": (200, CommandRun.myself),
                "POST /api/v1/controller/device/": (
                    400, #"{"name":["is taken"],"key":["is short"]}"#
                ),
            ])
        #expect(run.error == "boresight: name: is taken; key: is short\n")
    }

    @Test func `who belongs nowhere is told how to`() {
        let run = CommandRun(
            "device add van", ["GET /v1/me": (200, #"{"organizations":[],"organization":null}"#)])
        #expect(run.code == .failure)
        #expect(run.error.contains("you belong to no organisation\na superuser makes you"))
    }
}
