import JSON
import TestSupport
import Testing
import Transport

/// The documents of the real daemon, read and tried out by others' programs.
@Suite(.enabled(if: PythonTools.areInstalled, "\(PythonTools.howToInstall)"), .serialized)
struct OpenAPITests {
    /// Enough to meet each bound; the coverage phase meets them one by one besides.
    private static let casesPerOperation = 20

    @Test(arguments: ["pairing", "leases", "controller", "game-night", "workspaces", "boresight"])
    func `the documents obey the rules of OpenAPI`(name: String) async throws {
        let daemon = try await SharedDaemon.plain.value
        let folder = try TemporaryFolder()
        try folder.write(daemon.call("GET", "/openapi/\(name).json").text, to: "document.json")
        let failure = try await PythonTools.failure(
            of: "openapi-spec-validator", ["document.json"], in: folder)
        #expect(failure == nil)
    }

    @Test(arguments: [
        ("leases", []), ("controller", []), ("game-night", []), ("workspaces", []),
        // The token that it asks with is in the list of those to remove; a password takes long.
        (
            "boresight",
            ["--exclude-operation-id", "removeToken", "--exclude-operation-id", "setPassword"]
        ),
    ])
    func `the daemon answers as its document says, whatever is asked`(
        name: String, options: [String]
    ) async throws {
        let daemon = try await DaemonProcess()
        let folder = try TemporaryFolder()
        let document = try daemon.call("GET", "/openapi/\(name).json").object
        var things = try Self.things(of: daemon)
        if name == "game-night" { things.members["key"] = try daemon.hostKey }
        let text = JSONValue.object(things.json(document)).text
        try folder.write(text, to: "document.json")
        try folder.write(Self.settings(name), to: "schemathesis.toml")
        let failure = try await PythonTools.failure(
            of: "schemathesis",
            [
                "run", "document.json", "--url", daemon.url, "--seed", "1", "--no-color",
                "--max-examples", String(Self.casesPerOperation), "--continue-on-failure",
                "--generation-database", "none", "--header",
                "Authorization: Bearer \(daemon.token)",
            ] + options, in: folder)
        if let failure {
            // Before the failures stand the phases, after them hints.
            Issue.record("\(String(failure.drop { $0 != "=" }.prefix(8000)))")
        }
        #expect(try daemon.call("GET", "/health").status == 200)
    }

    /// Where a request that the document allows may be refused all the same: a name may be taken, a
    /// password wrong, and no schema says that the second coordinate is a latitude. And a device
    /// that is told more than it can do answers 503.
    private static let mayRefuse: [String: (paths: String, statuses: [Int])] = [
        "controller": ("^/api/v1/(controller|users)/", [400, 403, 404, 409, 422, 429, 503]),
        "game-night": ("^/game-night/", [400, 404, 409, 429, 503]),
        "workspaces": ("^/workspaces/", [400, 401, 403, 404, 409, 429, 503]),
    ]

    private static func settings(_ name: String) -> String {
        guard let (paths, statuses) = mayRefuse[name] else { return "" }
        let all = ["2xx"] + statuses.map { "\($0)" }
        return """
            [[operations]]
            include-path-regex = "\(paths)"
            include-method = ["POST", "PUT", "PATCH"]
            checks.positive_data_acceptance.expected-statuses = \(all)
            checks.not_a_server_error.expected-statuses = ["2xx", "4xx", "503"]
            """
    }

    /// Sessions that go on, and one to leave; a workspace to change, and one to launch.
    private static func workspaceThings(
        of daemon: DaemonProcess
    ) throws -> [(path: String, name: String, value: JSONValue?)] {
        let api = "/workspaces/api/"
        let sessions = try (0..<3).map { _ in
            let launched = try daemon.call(
                "POST", "\(api)workspaces/ws-1panel/launch", token: daemon.token)
            return JSONValue.string(
                try #require(launched.object["session_id"]?.stringValue, "\(launched.text)"))
        }
        return [
            ("\(api)workspaces/", "id", .string("ws-secure-browser")),
            ("\(api)workspaces/{id}/launch", "id", .string("ws-linux-desktop")),
            ("\(api)workspaces/{id}/stop", "id", .string("ws-linux-desktop")),
            ("\(api)sessions/", "id", sessions[0]),
            ("\(api)sessions/{id}/disconnect", "id", sessions[1]),
            ("/workspaces/viewer/", "id", sessions[0]),
            ("/v1/workspace-sessions/", "id", sessions[2]),
        ]
    }

    /// A night that is over and one with two games, a game of the catalogue, and a webhook.
    private static func nightThings(
        of daemon: DaemonProcess
    ) throws -> [(path: String, name: String, value: JSONValue?)] {
        let api = "/game-night/api/"
        for (path, body) in [
            ("sessions", "{}"), ("sessions/1/close", "{}"), ("sessions", "{}"),
            ("sessions/2/games", #"{"game_id":1}"#), ("sessions/2/games", #"{"game_id":2}"#),
            ("webhooks", #"{"name":"bot","url":"http://127.0.0.1:9/","secret":"s"}"#),
        ] {
            let made = try daemon.call("POST", api + path, json: body, token: daemon.token)
            #expect(made.status < 300, "\(made.text)")
        }
        return [
            ("\(api)sessions/", "id", .integer(2)), ("\(api)sessions/", "sessionId", .integer(2)),
            ("\(api)sessions/{id}/close", "id", .integer(1)),
            ("\(api)sessions/", "sessionGameId", .integer(2)),
            // Whatever is stopped, none runs then.
            ("\(api)sessions/{sessionId}/games/{sessionGameId}/stop", "sessionId", nil),
            ("\(api)sessions/{sessionId}/games/{sessionGameId}/stop", "sessionGameId", nil),
            ("\(api)games/", "id", .integer(3)),
            ("\(api)webhooks/", "id", .integer(1)),
        ]
    }

    /// Things for each path, so that changing one does not hide another.
    private static func things(of daemon: DaemonProcess) throws -> StationDocument {
        let organization = try daemon.organization
        let key = String(repeating: "k", count: 43)
        func make(_ path: String, _ members: String) throws -> String {
            let made = try daemon.call("POST", path, json: "{\(members)}", token: daemon.token)
            return try #require(made.object["id"]?.stringValue, "\(made.text)")
        }
        let devices = "/api/v1/controller/device/"
        let locations = "/api/v1/controller/location/"
        let device = "\(devices){id}/"
        func makeDevice(_ name: String) throws -> String {
            try make(
                devices, #""name":"\#(name)","organization":"\#(organization)","key":"\#(key)""#)
        }
        let free = try makeDevice("free")
        let placed = try makeDevice("placed")
        let told = try makeDevice("told")
        let location = try make(
            locations, #""name":"van","organization":"\#(organization)","is_mobile":true"#)
        let put = try daemon.call(
            "PUT", "\(devices)\(placed)/location/", json: #"{"location":"\#(location)"}"#,
            token: daemon.token)
        #expect(put.status == 201)
        let connection = try make(
            "\(devices)\(told)/connection/", #""driver":"simulated","parameters":{}"#)
        let command = try make("\(devices)\(told)/command/", #""type":"reboot""#)
        let lease = try make("/api/v1/sessions", #""device":"\#(try makeDevice("leased"))""#)
        return StationDocument(
            parameters: [
                ("/api/v1/sessions/", "id", lease), (devices, "id", free),
                ("\(device)coordinates/", "id", placed), ("\(device)location/", "id", placed),
                ("\(device)coordinates/", "key", key), ("\(device)connection/", "id", told),
                ("\(device)connection/", "cid", connection), ("\(device)command/", "id", told),
                ("\(device)command/", "cid", command), (locations, "id", location),
                ("/v1/locations/", "id", location), ("", "X-Organization-Id", organization),
            ].map { ($0.0, $0.1, .string($0.2)) }
                + (try nightThings(of: daemon)) + (try workspaceThings(of: daemon)),
            members: [
                "organization": organization, "device": free, "location": location,
                "connection": connection, "user": try daemon.administrator,
                // Nobody listens there.
                "url": "http://127.0.0.1:9/",
            ],
            // They would speak with whatever hosts are made up.
            dropped: ["RotctldConnection", "SSHConnection"],
            told: [
                "TimelineEntry", "Workspace", "NewWorkspace", "WorkspaceChange", "User",
                "Membership",
            ])
    }
}
