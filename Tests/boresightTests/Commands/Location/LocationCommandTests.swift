import Testing

@testable import boresight

@Suite struct LocationCommandTests {
    private static let id = "1c13eb3b-cdda-44bd-bc53-3b88457b1b11"
    private static let path = "/api/v1/controller/location/"
    private static let van = """
        {"id":"\(id)","organization":"o1","name":"van","type":"outdoor","is_mobile":true,\
        "address":"","geometry":{"type":"Point","coordinates":[13.4,52.5,40.25]}}
        """
    private static let list = "GET /api/v1/controller/location/?page=1&page_size=100"
    private static let source = "/v1/locations/\(id)/source"
    private static let ours: [String: (status: Int, body: String)] = [
        "GET /v1/me": (200, CommandRun.myself),
        list: (200, #"{"count":1,"next":null,"previous":null,"results":[\#(van)]}"#),
        "GET \(path)\(id)/": (200, van),
        "PATCH \(path)\(id)/": (200, van), "DELETE \(path)\(id)/": (204, ""),
        "POST \(path)": (201, van),
        "GET \(source)": (200, #"{"type":"station"}"#),
        "PUT \(source)": (200, #"{"type":"session"}"#), "DELETE \(source)": (204, ""),
    ]

    static let verbs: [(String, [String])] = [
        ("location list", [list]),
        ("location list --organization School", [list, "GET /v1/me"]),
        ("location show \(id) -o json", ["GET \(path)\(id)/"]),
        ("location show van", [list, "GET /v1/me", "GET \(source)"]),
        ("location delete van", [list, "DELETE \(path)\(id)/"]),
        (
            "location add van --mobile --at 52.5,13.4 --type outdoor",
            [
                "GET /v1/me",
                #"POST \#(path) {"type":"outdoor","is_mobile":true,"name":"van","#
                    + #""geometry":{"type":"Point","coordinates":[13.4,52.5]},"organization":"o1"}"#,
            ]
        ),
        (
            "location change van --fixed --address= --name bus",
            [list, #"PATCH \#(path)\#(id)/ {"address":"","is_mobile":false,"name":"bus"}"#]
        ),
        (
            "location report van 52.5,-13.4,40 --accuracy 1.5km --time 2026-05-01T12:00:00Z",
            [
                list,
                #"PATCH \#(path)\#(id)/ {"geometry":{"type":"Point","coordinates":[-13.4,52.5,40]},"#
                    + #""accuracy":1500,"time":"2026-05-01T12:00:00Z"}"#,
            ]
        ),
        (
            "location report van -33.5,1 --time 10s",
            [
                list,
                #"PATCH \#(path)\#(id)/ {"geometry":{"type":"Point","coordinates":[1,-33.5]},"#
                    + #""time":"2027-01-15T07:59:50.123000Z"}"#,
            ]
        ),
        ("location follow van station", [list, #"PUT \#(source) {"type":"station"}"#]),
        ("location follow van nobody", [list, "DELETE \(source)"]),
        (
            "location follow van session http://h/pair/abc",
            [list, #"PUT \#(source) {"type":"session","token":"abc"}"#]
        ),
        (
            "rotor point 3 --location van",
            [
                list,
                #"POST /api/rotors/3/point {"target_type":"location","target_id":"\#(id)"}"#,
            ]
        ),
    ]

    @Test(arguments: verbs)
    func `a verb asks the server what it should`(line: String, requests: [String]) {
        var replies = Self.ours
        replies["POST /api/rotors/3/point"] = (200, "{}")
        let run = CommandRun(line, replies)
        #expect(run.asked == requests)
        #expect(run.code == .success, "\(run.error)")
    }

    @Test func `all pages of a list are shown, and what moves between them once`() {
        func page(_ ids: ClosedRange<Int>, next: Bool) -> (Int, String) {
            let items = ids.map { #"{"id":"\#($0)","name":"l\#($0)"}"# }.joined(separator: ",")
            return (200, #"{"next":\#(next ? "\"x\"" : "null"),"results":[\#(items)]}"#)
        }
        let run = CommandRun(
            "location list -o json",
            [
                Self.list: page(1...3, next: true),
                Self.list.replacing("page=1&", with: "page=2&"): page(3...5, next: true),
                // What was on the last page may be gone by now.
                Self.list.replacing("page=1&", with: "page=3&"): (404, "{}"),
            ])
        #expect(run.code == .success)
        #expect(
            run.output == "["
                + (1...5).map { #"{"id":"\#($0)","name":"l\#($0)"}"# }.joined(separator: ",")
                + "]\n")
    }

    @Test func `locations are listed in columns, and shown in rows`() {
        #expect(
            CommandRun("location list", Self.ours).output == """
                NAME  TYPE     MOBILE  LATITUDE   LONGITUDE  ALTITUDE  ID
                van   outdoor  yes     52.500000  13.400000  40.3      \(Self.id)

                """)
        let rows = CommandRun("location show van", Self.ours).output
        #expect(rows.contains("organization  Club\n"))
        #expect(rows.contains("address       -\n"))
        #expect(rows.contains("follows       station\n"))
    }

    @Test func `a location that is nowhere has dashes`() {
        let nowhere = Self.van.replacing(
            #"{"type":"Point","coordinates":[13.4,52.5,40.25]}"#, with: "null")
        let run = CommandRun(
            "location list", [Self.list: (200, #"{"next":null,"results":[\#(nowhere)]}"#)])
        #expect(run.output.contains("van   outdoor  yes     -         -          -         1c13"))
    }

    @Test func `a trail comes as it is, whole`() {
        let path = "/v1/locations/\(Self.id)/trail?"
        var replies = Self.ours
        replies["GET \(path)format=csv&since=2027-01-15T06%3A00%3A00.123000Z"] = (
            200, "time,latitude\r\n1,2\r\n"
        )
        #expect(
            CommandRun("location trail van --since 2h --format csv", replies).output
                == "time,latitude\r\n1,2\r\n")
        replies["GET \(path)format=geojson&until=2026-01-01T00%3A00%3A00Z"] = (200, "{}")
        #expect(
            CommandRun("location trail van --until 2026-01-01T00:00:00Z", replies).output
                == "{}\n")
    }

    static let unclear: [(String, ExitCode, String)] = [
        ("location show bus", .failure, "no location 'bus'\nthere is: van"),
        ("location show 1c13eb3b-cdda-44bd-bc53-3b88457b1b12", .failure, "there is: van"),
        ("location change van", .usage, "say what to change"),
        ("location change van --mobile --fixed", .usage, "exclude each other"),
        ("location report van 91,0", .usage, "has a latitude outside"),
        ("location report van 1,2 --time yesterday", .usage, "is not a time such as"),
        ("location report van 1,2 --accuracy far", .usage, "is not a length"),
        ("location follow van session", .usage, "TOKEN is missing"),
        ("location follow van station abc", .usage, "TOKEN goes with session only"),
        ("location follow van me", .usage, "is not one of station, session, nobody"),
    ]

    @Test(arguments: unclear)
    func `an unclear order is not carried out`(line: String, code: ExitCode, text: String) {
        var replies = Self.ours
        replies["GET \(Self.path)1c13eb3b-cdda-44bd-bc53-3b88457b1b12/"] = (404, "{}")
        let run = CommandRun(line, replies)
        #expect(run.code == code)
        #expect(run.error.contains(text), "\(run.error)")
        #expect(!run.asked.contains { !$0.hasPrefix("GET") })
    }
}
