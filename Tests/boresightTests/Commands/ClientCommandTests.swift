import Testing

@testable import boresight

@Suite struct ClientCommandTests {
    private static let rotors = """
        [{"id": 1, "name": "mast", "rotor_type": "azel", "driver": "rotctld",\
        "host": "127.0.0.1", "port": 4533, "min_azimuth": 0, "max_azimuth": 450,\
        "min_elevation": 0.0, "max_elevation": 90.5, "keep_out": [{"min_azimuth": 80,\
        "max_azimuth": 100, "min_elevation": 0, "max_elevation": 30}, {"min_azimuth": 0,\
        "max_azimuth": 10, "min_elevation": -5, "max_elevation": 9}]}, {"id": 7, "name": "roof"}]
        """

    static let verbs: [(String, [String])] = [
        ("rotor list", ["GET /api/rotors"]), ("rotor position 3", ["GET /api/rotors/3/position"]),
        ("rotor position roof", ["GET /api/rotors", "GET /api/rotors/7/position"]),
        ("rotor test mast", ["GET /api/rotors", "GET /api/rotors/1/test"]),
        ("rotor park 3", ["POST /api/rotors/3/park"]),
        ("rotor stop 3", ["POST /api/rotors/3/stop"]),
        ("rotor stop", ["GET /api/rotors", "POST /api/rotors/1/stop", "POST /api/rotors/7/stop"]),
        ("rotor delete 3", ["DELETE /api/rotors/3"]),
        ("rotor unpair 3", ["DELETE /api/rotors/3/pair"]),
        ("rotor pair 3 abc-_1", ["POST /api/rotors/3/pair {\"token\":\"abc-_1\"}"]),
        ("rotor pair 3 http://h:1/pair/abc", ["POST /api/rotors/3/pair {\"token\":\"abc\"}"]),
        (
            "rotor point 3 180.5 -2",
            ["POST /api/rotors/3/point {\"azimuth\":180.5,\"elevation\":-2}"]
        ),
        (
            "rotor point 3 --at 52.5,13.4,40",
            [
                "POST /api/rotors/3/point {\"target_type\":\"point\",\"target_id\":\"52.5,13.4,40.0\"}"
            ]
        ),
        (
            "rotor point 3 --location 84981a00-b9cb-4bb9-808a-6ff78af540f7",
            [
                "POST /api/rotors/3/point {\"target_type\":\"location\","
                    + "\"target_id\":\"84981a00-b9cb-4bb9-808a-6ff78af540f7\"}"
            ]
        ),
        ("rotor add mast", ["POST /api/rotors {\"name\":\"mast\"}"]),
        (
            "rotor add mast --rotctld pi:4534 --type az --driver rotctld --max-azimuth 450",
            [
                "POST /api/rotors {\"name\":\"mast\",\"driver\":\"rotctld\",\"rotor_type\":\"az\","
                    + "\"host\":\"pi\",\"port\":4534,\"max_azimuth\":450}"
            ]
        ),
        (
            "rotor add mast --keep-out 80-100,0-30 --keep-out=350-10.5 --keep-out 1-2,-5--1.5",
            [
                "POST /api/rotors {\"name\":\"mast\",\"keep_out\":["
                    + "{\"min_azimuth\":80,\"max_azimuth\":100,"
                    + "\"min_elevation\":0,\"max_elevation\":30},"
                    + "{\"min_azimuth\":350,\"max_azimuth\":10.5},"
                    + "{\"min_azimuth\":1,\"max_azimuth\":2,"
                    + "\"min_elevation\":-5,\"max_elevation\":-1.5}]}"
            ]
        ),
        (
            "rotor change mast --keep-out none --deadband 2 --name roof",
            [
                "GET /api/rotors",
                "PUT /api/rotors/1 {\"name\":\"roof\",\"deadband\":2,\"keep_out\":[]}",
            ]
        ),
        ("station", ["GET /api/station"]),
    ]

    @Test(arguments: verbs)
    func `a verb asks the server what it should`(line: String, requests: [String]) {
        var replies = ["GET /api/rotors": (200, Self.rotors)]
        for request in requests where request != "GET /api/rotors" {
            let words = request.split(separator: " ")
            replies[words[0] + " " + words[1]] = (200, "{\"connected\":true}")
        }
        let result = CommandRun(line, replies)
        #expect(result.asked == requests)
        #expect(result.code == .success)
        #expect(result.error.isEmpty)
    }

    @Test func `rotors are listed in columns`() {
        let output = CommandRun("rotor list", ["GET /api/rotors": (200, Self.rotors)]).output
        #expect(
            output == """
                ID  NAME  TYPE  DRIVER   HOST            AZIMUTH  ELEVATION  KEEP OUT
                1   mast  azel  rotctld  127.0.0.1:4533  0…450°   0.0…90.5°  80-100,0-30 0-10,-5-9
                7   roof  -     -        -:-             -…-      -…-        -

                """)
    }

    @Test func `a program gets the server's JSON`() {
        let body = "{\"source\":\"fixed\",\"latitude\":52.5}"
        let output = CommandRun("station -o json", ["GET /api/station": (200, body)]).output
        #expect(output == body + "\n")
    }

    @Test func `where a rotor is turned to is told in its own degrees, while it is`() {
        let body = """
            {"rotor_name":"mast","azimuth":351.5,"elevation":10,"moving":true,"mode":"manual",\
            "timestamp":"2026-11-21T06:26:01Z","age_seconds":0.4,\
            "aim":{"azimuth":372,"elevation":5.5},"owner":"bob@club"}
            """
        let way = "GET /api/rotors/3/position"
        let output = CommandRun("rotor position 3", [way: (200, body)]).output
        #expect(
            output.hasSuffix(
                """
                age         0.4 s
                turning to  372°, 5.5°
                owner       bob@club

                """))
        let resting = CommandRun("rotor position 3", [way: (200, #"{"azimuth":1}"#)]).output
        #expect(!resting.contains("turning to"))
    }

    @Test func `the station is told to people`() {
        let body = "{\"source\":\"gpsd\",\"fix\":\"3d\",\"latitude\":52.5,\"altitude\":null}"
        let output = CommandRun("station", ["GET /api/station": (200, body)]).output
        #expect(output.contains("latitude    52.5°\n"))
        #expect(output.contains("altitude    -\n"))
    }

    static let refusals: [(Int, String, String)] = [
        (404, "{\"detail\":\"no such rotor\"}", "boresight: no such rotor\n"),
        (409, "{\"detail\":\"tracking\"}", "boresight: tracking\n"),
        (400, "{\"error\":\"bad\"}", "boresight: bad\n"),
        (400, "{\"error\":{\"code\":\"x\",\"message\":\"worse\"}}", "boresight: worse\n"),
        (500, "<html>", "boresight: the server answered 500\n"),
        (
            401, "{\"detail\":\"who are you\"}",
            "boresight: who are you\nname a file that holds a token with this right: "
                + "--token-file FILE\n"
        ),
        (400, "{\"detail\":\"a\\u001b[2Jb\"}", "boresight: a\u{FFFD}[2Jb\n"),
    ]

    @Test(arguments: refusals)
    func `a refusal is told in the server's words`(status: Int, body: String, text: String) {
        let result = CommandRun("rotor park 3", ["POST /api/rotors/3/park": (status, body)])
        #expect(result.code == .failure)
        #expect(result.error == text)
        #expect(result.output.isEmpty)
    }

    @Test func `a server that cannot be reached is unavailable`() {
        let result = CommandRun("station", [:])
        #expect(result.code == .unavailable)
        #expect(
            result.error == """
                boresight: cannot reach http://127.0.0.1:8473: refused
                is the daemon running? start it with: boresight serve

                """)
    }

    @Test func `one rotor that does not stop does not keep the others moving`() {
        let result = CommandRun(
            "rotor stop",
            [
                "GET /api/rotors": (200, Self.rotors),
                "POST /api/rotors/1/stop": (503, "{\"detail\":\"no rotctld\"}"),
                "POST /api/rotors/7/stop": (200, "{}"),
            ])
        #expect(result.asked.last == "POST /api/rotors/7/stop")
        #expect(result.code == .failure)
        #expect(result.error == "boresight: mast: no rotctld\n")
        #expect(result.output == "roof stopped\n")
    }

    @Test func `a program reads which rotors stopped`() {
        let result = CommandRun(
            "rotor stop -o json",
            ["GET /api/rotors": (200, Self.rotors), "POST /api/rotors/1/stop": (200, "{}")])
        #expect(result.code == .unavailable)
        #expect(
            result.output == "[{\"rotor\":\"mast\",\"stopped\":true},"
                + "{\"rotor\":\"roof\",\"stopped\":false}]\n")
    }

    static let unclear: [(String, ExitCode, String)] = [
        ("rotor park", ExitCode.usage, "name a rotor: mast, roof"),
        ("rotor park mats", .failure, "there is no rotor 'mats'\ndid you mean 'mast'?"),
        ("rotor change mast", .usage, "say what to change"),
        ("rotor change mast --keep-out none --keep-out 1-2", .usage, "stands alone"),
        ("rotor add mast --keep-out 7", .usage, "is not a sector"),
        ("rotor point mast", .usage, "say where to: AZIMUTH ELEVATION"),
        ("rotor point mast 180", .usage, "ELEVATION is missing"),
        ("rotor point mast 180 10 --location 3", .usage, "exclude each other"),
        ("rotor pair mast bad!token", .usage, "is not a pairing session's token"),
    ]

    @Test(arguments: unclear)
    func `an unclear order is not carried out`(line: String, code: ExitCode, text: String) {
        let result = CommandRun(line, ["GET /api/rotors": (200, Self.rotors)])
        #expect(result.code == code)
        #expect(result.error.contains(text))
        #expect(!result.asked.contains { !$0.hasPrefix("GET") })
    }

    @Test func `the only rotor needs no name`() {
        let result = CommandRun(
            "rotor position",
            [
                "GET /api/rotors": (200, "[{\"id\":4,\"name\":\"a\"}]"),
                "GET /api/rotors/4/position": (200, "{\"azimuth\":1.5}"),
            ])
        #expect(result.code == .success)
        #expect(result.output.contains("azimuth    1.5°"))
    }

    @Test func `a rotor that is not there fails the test`() {
        let result = CommandRun(
            "rotor test 1", ["GET /api/rotors/1/test": (200, "{\"connected\":false}")])
        #expect(result.code == .failure)
        #expect(result.output == "not connected\n")
    }
}
