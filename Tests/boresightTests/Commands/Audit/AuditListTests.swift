import Testing

@testable import boresight

@Suite struct AuditListTests {
    private static let entry = """
        {"number":7,"time":"2026-11-21T14:00:00.000001Z","user":"u1","user_email":"eva@b",\
        "api":"leases","action":"release_lease","resource":"session:s1","details":"",\
        "ip_address":"10.0.0.1","success":true,"end_reason":"revoked","device":"d1",\
        "session":"s1","organization":"o1"}
        """
    private static let refused = """
        {"number":6,"time":"2026-11-21T13:00:00.000000Z","user":null,"user_email":"",\
        "api":"pairing","action":"post","resource":"","details":"there is nothing",\
        "ip_address":"10.0.0.2","success":false,"end_reason":null}
        """

    @Test func `the timeline is shown as a table`() {
        let run = CommandRun(
            "audit list",
            [
                "GET /v1/timeline?limit=100": (
                    200, #"{"entries":[\#(Self.entry),\#(Self.refused)]}"#
                )
            ])
        #expect(run.error == "")
        #expect(
            run.output == """
                NUMBER  TIME                         WHO       ACTION         ON          DONE  \
                DETAILS
                7       2026-11-21T14:00:00.000001Z  eva@b     release_lease  session:s1  yes   \
                revoked
                6       2026-11-21T13:00:00.000000Z  10.0.0.2  post           -           no    \
                there is nothing

                """)
    }

    @Test func `conditions go to the server, and pages are put together`() {
        let query = "user=eva%40b&device=d1&session=s1&action=post&since=2026-01-01T00%3A00%3A00Z"
        let run = CommandRun(
            "audit list --user eva@b --device d1 --session s1 --action post"
                + " --since 2026-01-01T00:00:00Z --limit 600 -o json",
            [
                "GET /v1/timeline?limit=500&\(query)": (
                    200, #"{"entries":[\#(Self.entry)],"next":7}"#
                ),
                "GET /v1/timeline?limit=500&\(query)&before=7": (
                    200, #"{"entries":[\#(Self.refused)]}"#
                ),
            ])
        #expect(run.output == "[\(Self.entry),\(Self.refused)]\n", "\(run.error) \(run.asked)")
        #expect(run.asked.count == 2)
    }
}
