import Testing

@testable import boresight

@Suite struct LeaseCommandTests {
    private static let id = "84981a00-b9cb-4bb9-808a-6ff78af540f7"
    private static let sessions = "/api/v1/sessions"
    private static let held = """
        {"id":"\(id)","organization":"o2","user":"u1","device":{"id":"d1","platform":"ios",\
        "type":"","name":"phone","osVersion":"17"},"createdAt":"2026-11-21T14:00:00.000Z",\
        "releasedAt":null}
        """
    private static let ours: [String: (status: Int, body: String)] = [
        "GET /v1/me": (200, CommandRun.myself), "GET /v1/users": (403, "{}"),
        "GET /api/v1/devices": (200, #"{"data":[{"id":"d1","name":"phone"}]}"#),
        "POST \(sessions)": (201, held),
        "GET \(sessions)?limit=500": (200, #"{"data":[\#(held)]}"#),
        "GET \(sessions)?limit=1&device=d1&active=true": (200, #"{"data":[\#(held)]}"#),
        "GET \(sessions)/\(id)": (200, held),
        "POST \(sessions)/\(id)/release": (
            200, #"{"device":{"name":"phone"},"endReason":"released"}"#
        ),
        "POST \(sessions)/\(id)/hand-over": (
            201, #"{"id":"n1","device":{"name":"phone"},"user":"u2"}"#
        ),
    ]
    private static let look = [
        "GET /v1/me", "GET /api/v1/devices @o1", "GET /api/v1/devices @o2",
    ]

    static let verbs: [(String, [String])] = [
        (
            "lease list -o json",
            ["GET /v1/me", "GET \(sessions)?limit=500 @o1", "GET \(sessions)?limit=500 @o2"]
        ),
        (
            "lease list --organization School",
            ["GET /v1/me", "GET \(sessions)?limit=500 @o2", "GET /v1/users", "GET /v1/me"]
        ),
        (
            "lease list -o json --device d1 --active --limit 1",
            look + ["GET \(sessions)?limit=1&active=true&device=d1 @o1"]
        ),
        ("lease take d1", look + [#"POST \#(sessions) @o1 {"device":"d1"}"#]),
        (
            "lease take --for 2h --heartbeat 30s --where platform=ios --where os-version^=17",
            [
                "GET /v1/me",
                #"POST \#(sessions) @o1 {"filters":["#
                    + #"{"attribute":"platform","operator":"EQUALS","value":"ios"},"#
                    + #"{"attribute":"osVersion","operator":"STARTS_WITH","value":"17"}],"#
                    + #""duration":7200,"heartbeat":30}"#,
            ]
        ),
        ("lease show \(id) -o json", ["GET /v1/me", "GET \(sessions)/\(id) @o1"]),
        (
            "lease release d1",
            look + [
                "GET \(sessions)?limit=1&device=d1&active=true @o1",
                "POST \(sessions)/\(id)/release @o1",
            ]
        ),
        (
            "lease hand-over d1 bob@b",
            look + [
                "GET \(sessions)?limit=1&device=d1&active=true @o1",
                #"POST \#(sessions)/\#(id)/hand-over @o1 {"user":"bob@b"}"#,
            ]
        ),
    ]

    @Test(arguments: verbs)
    func `a verb asks the server what it should`(line: String, requests: [String]) {
        var replies = Self.ours
        replies["GET \(Self.sessions)?limit=1&active=true&device=d1"] = (200, #"{"data":[]}"#)
        let run = CommandRun(line, replies)
        #expect(run.asked == requests)
        #expect(run.code == .success, "\(run.error)")
    }

    @Test func `leases are listed with who has what since when`() {
        let ended = Self.held.replacing(
            #""releasedAt":null"#,
            with: #""releasedAt":"2026-11-21T13:00:00.000Z","endReason":"expired""#
        ).replacing("14:00", with: "12:00").replacing(#""u1""#, with: #""u2""#)
        let expiring = Self.held.replacing(
            #""releasedAt":null"#,
            with: #""releasedAt":null,"expiresAt":"2026-11-21T15:00:00.000Z""#)
        let run = CommandRun(
            "lease list --organization Club",
            [
                "GET /v1/me": (200, CommandRun.myself), "GET /v1/users": (403, "{}"),
                "GET \(Self.sessions)?limit=500": (
                    200, #"{"data":[\#(expiring)],"nextCursor":"2026-11-21T14:00:00.000Z"}"#
                ),
                "GET \(Self.sessions)?limit=500&before=2026-11-21T14%3A00%3A00.000Z": (
                    200, #"{"data":[\#(ended)]}"#
                ),
            ])
        let since = ["2026-11-21T14:00:00.000Z", "2026-11-21T12:00:00.000Z"]
        #expect(
            run.output.split(separator: "\n").map { $0.split(separator: " ") } == [
                ["DEVICE", "USER", "SINCE", "UNTIL", "STATE", "ID"],
                [
                    "phone", "eva@b", since[0][...], "2026-11-21T15:00:00.000Z", "held",
                    Self.id[...],
                ],
                [
                    "phone", "u2", since[1][...], "2026-11-21T13:00:00.000Z", "expired",
                    Self.id[...],
                ],
            ])
    }

    @Test func `what is taken and given back is told`() {
        #expect(
            CommandRun("lease take d1", Self.ours).output
                == "phone is yours, lease \(Self.id)\n")
        #expect(CommandRun("lease release d1", Self.ours).output == "phone: released\n")
        #expect(
            CommandRun("lease hand-over d1 bob@b", Self.ours).output
                == "phone: handed over to bob@b, lease n1\n")
    }

    @Test func `a device that is leased is waited for, if that is wished`() {
        var replies = Self.ours
        replies["POST \(Self.sessions)"] = (
            409, #"{"error":{"code":"device_unavailable","message":"bob has it"}}"#
        )
        let impatient = CommandRun("lease take d1", replies)
        #expect(impatient.code == .failure)
        #expect(impatient.error == "boresight: bob has it\n")
        #expect(impatient.paused.isEmpty)
        let patient = CommandRun("lease take d1 --wait 5s", replies)
        #expect(patient.code == .failure)
        #expect(patient.error == "boresight: bob has it; waiting\nboresight: bob has it\n")
        #expect(patient.paused == [.seconds(2), .seconds(2), .seconds(1)])
    }

    static let unclear: [(String, ExitCode, String)] = [
        ("lease take", .usage, "name a DEVICE, or say --where"),
        ("lease take d1 --where platform=ios", .usage, "exclude each other"),
        ("lease take --where colour=red", .usage, "is about none of platform, type, name"),
        ("lease take --where platfrom=ios", .usage, "did you mean platform?"),
        ("lease take --where platform", .usage, "is not a condition such as"),
        ("lease take --where platform~ios", .usage, "is not a condition such as"),
        ("lease hold d1 ls", .usage, "'ls' is one word too many; COMMAND stands behind --"),
        ("lease hold d1", .usage, "COMMAND is missing; it stands behind --"),
        ("lease hold -- ls", .usage, "name a DEVICE, or say --where"),
        ("lease list --limit 0", .usage, "is not a whole number from 1"),
        ("lease show 84981a00-b9cb-4bb9-808a-6ff78af540f8", .failure, "there is no device"),
    ]

    @Test(arguments: unclear)
    func `an unclear order is not carried out`(line: String, code: ExitCode, text: String) {
        var replies = Self.ours
        replies["GET \(Self.sessions)/84981a00-b9cb-4bb9-808a-6ff78af540f8"] = (404, "{}")
        let run = CommandRun(line, replies)
        #expect(run.code == code)
        #expect(run.error.contains(text), "\(run.error)")
        #expect(!run.asked.contains { !$0.hasPrefix("GET") })
    }

    @Test func `a value of a condition may have the signs in it`() throws {
        let filter = try LeaseFilter(text: "name=a^=b*=c")
        #expect(filter.comparison == "EQUALS")
        #expect(filter.value == "a^=b*=c")
        #expect(try LeaseFilter(text: "type*==").value == "=")
    }
}
