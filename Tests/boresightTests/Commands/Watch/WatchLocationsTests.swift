import Testing

@testable import boresight

@Suite struct WatchLocationsTests {
    private static func message(_ name: String, _ coordinates: String) -> String {
        #"{"id":"1","name":"\#(name)","address":"","type":"outdoor","is_mobile":true,"#
            + #""geometry":{"type":"Point","coordinates":[\#(coordinates)]}}"#
    }

    private static let refused = SocketProblem.refused(
        APIReply(status: 403, body: Array(#"{"detail":"Access denied"}"#.utf8)))

    /// The list that a name is looked up in.
    private static func list(_ isMobile: Bool) -> [String: (status: Int, body: String)] {
        let page = #"{"next":null,"results":[{"id":"7","name":"van","is_mobile":\#(isMobile)}]}"#
        return [
            "GET /api/v1/controller/location/?page_size=1": (200, page),
            "GET /api/v1/controller/location/?page=1&page_size=100": (200, page),
        ]
    }

    @Test func `each update is a line, across lost connections, until the server refuses`() {
        let sockets = ScriptedSockets([
            .success([
                .text(Self.message("van", "13.4,52.5,40")), .closed(code: 1001, reason: "bye"),
            ]),
            .failure(.unreachable(.absent(reason: "refused"))),
            .success([.text(Self.message("a longer name than it", "-122.25,-1.5"))]),
            .failure(Self.refused),
        ])
        let run = CommandRun("watch locations", sockets: sockets)
        #expect(
            run.output == """
                TIME                      NAME                 LATITUDE    LONGITUDE  ALTITUDE
                2027-01-15T08:00:00.123Z  van                 52.500000    13.400000      40.0
                2027-01-15T08:00:00.123Z  a longer name than it    -1.500000  -122.250000         -

                """)
        #expect(
            run.error == """
                boresight: bye; trying again
                boresight: cannot reach http://127.0.0.1:8473: refused; trying again
                boresight: following again
                boresight: the script is over; trying again
                boresight: the server refuses: Access denied
                watching locations takes a superuser's token, or one of staff with the right \
                geo.view_location who manage or own the organisation: --token-file FILE

                """)
        #expect(run.code == .failure)
        #expect(run.paused.count == 3)
        #expect(sockets.paths == Array(repeating: "/ws/loci/location/", count: 4))
    }

    @Test func `programs get each message as it came, on one line`() {
        let odd = "{\"name\":\"a\u{2028}b\",\n\"geometry\":null}"
        let sockets = ScriptedSockets([
            .success([.text(Self.message("van", "1,2")), .text(odd)]), .failure(Self.refused),
        ])
        let run = CommandRun("watch locations -o json", sockets: sockets)
        #expect(
            run.output == Self.message("van", "1,2") + "\n"
                + "{\"name\":\"a\u{2028}b\", \"geometry\":null}\n")
    }

    @Test func `one location is found by its name`() {
        let sockets = ScriptedSockets([.success([]), .failure(Self.refused)])
        let run = CommandRun("watch locations van", Self.list(true), sockets: sockets)
        #expect(sockets.paths.first == "/ws/loci/location/7/")
        #expect(!run.error.contains("is not mobile"))
        let fixed = CommandRun(
            "watch locations van", Self.list(false),
            sockets: ScriptedSockets([.failure(Self.refused)]))
        #expect(fixed.error.hasPrefix("boresight: van is not mobile, so its updates are not told"))
    }

    @Test func `who may not see locations is told what it takes`() {
        let run = CommandRun(
            "watch locations van",
            ["GET /api/v1/controller/location/?page_size=1": (403, #"{"detail":"no"}"#)])
        #expect(run.code == .failure)
        #expect(run.error.hasPrefix("boresight: no\nwatching locations takes a superuser's token"))
        #expect(run.output.isEmpty)
    }

    @Test func `a server that is not there is unavailable`() {
        let run = CommandRun("watch locations")
        #expect(run.code == .unavailable)
        #expect(run.output.isEmpty)
    }
}
