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
        ("leases", []), ("controller", []),
        // The token that it asks with is in the list of those to remove.
        ("boresight", ["--exclude-operation-id", "removeToken"]),
    ])
    func `the daemon answers as its document says, whatever is asked`(
        name: String, options: [String]
    ) async throws {
        let daemon = try await DaemonProcess()
        let folder = try TemporaryFolder()
        let document = try daemon.call("GET", "/openapi/\(name).json").object
        let text = JSONValue.object(try Self.things(of: daemon).json(document)).text
        try folder.write(text, to: "document.json")
        try folder.write(Self.settings, to: "schemathesis.toml")
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

    /// A name may be taken, and no schema says that the second coordinate is a latitude: there a
    /// request that the document allows may be refused.
    private static let settings = """
        [[operations]]
        include-path-regex = "^/api/v1/controller/"
        include-method = ["POST", "PUT", "PATCH"]
        checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "403", "404", "409"]
        """

    /// Things for each path, so that changing one does not hide another.
    private static func things(of daemon: DaemonProcess) throws -> StationDocument {
        let organization = try daemon.organization
        let key = String(repeating: "k", count: 43)
        func make(_ kind: String, _ name: String, _ more: String) throws -> String {
            let made = try daemon.call(
                "POST", "/api/v1/controller/\(kind)/",
                json: #"{"name":"\#(name)","organization":"\#(organization)",\#(more)}"#,
                token: daemon.token)
            return try #require(made.object["id"]?.stringValue, "\(made.text)")
        }
        let keyed = #""key":"\#(key)""#
        let (free, placed) = (
            try make("device", "free", keyed), try make("device", "placed", keyed)
        )
        let leased = try make("device", "leased", keyed)
        let location = try make("location", "van", #""is_mobile":true"#)
        let put = try daemon.call(
            "PUT", "/api/v1/controller/device/\(placed)/location/",
            json: #"{"location":"\#(location)"}"#, token: daemon.token)
        #expect(put.status == 201)
        let lease = try daemon.call(
            "POST", "/api/v1/sessions", json: #"{"device":"\#(leased)"}"#, token: daemon.token)
        return StationDocument(
            ids: [
                "/api/v1/sessions/": try #require(lease.object["id"]?.stringValue),
                "/api/v1/controller/device/": free,
                "/api/v1/controller/device/{id}/coordinates/": placed,
                "/api/v1/controller/device/{id}/location/": placed,
                "/api/v1/controller/location/": location,
                "/v1/locations/": location,
            ],
            parameters: ["key": key, "X-Organization-Id": organization],
            members: [
                "organization": organization, "device": free, "location": location,
                "user": try daemon.administrator,
            ])
    }
}
