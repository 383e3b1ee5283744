import JSON
import TestSupport
import Testing
import Transport

/// Contract «Identity», our own endpoints, over the wire.
@Suite struct IdentityContractTests {
    /// Creates something and returns its id.
    private func make(
        _ daemon: DaemonProcess, _ path: String, _ json: String
    ) throws -> String {
        let answer = try daemon.call("POST", path, json: json, token: daemon.token)
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(answer.object["id"]?.stringValue)
    }

    private func list(_ daemon: DaemonProcess, _ path: String) throws -> [JSONObject] {
        let answer = try daemon.call("GET", path, token: daemon.token)
        #expect(answer.status == 200, "\(answer.text)")
        return try JSONReader.read(answer.body).arrayValue?.compactMap(\.objectValue) ?? []
    }

    @Test func `the first start has one organisation, one superuser in it, and its token`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let users = try list(daemon, "/v1/users")
        #expect(users.map { $0["email"]?.stringValue } == ["admin@localhost"])
        #expect(users.first?["superuser"] == .bool(true))
        let organizations = try list(daemon, "/v1/organizations")
        #expect(organizations.map { $0["name"]?.stringValue } == ["Default"])
        let id = try #require(organizations.first?["id"]?.stringValue)
        let members = try list(daemon, "/v1/organizations/\(id)/members")
        #expect(members.map { $0["role"]?.stringValue } == ["owner"])
        #expect(members.first?["user"] == users.first?["id"])
        let tokens = try list(daemon, "/v1/tokens")
        #expect(tokens.map { $0["name"]?.stringValue } == ["first start"])
        #expect(tokens.allSatisfy { $0["token"] == nil }, "a secret is never shown again")
        let uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        for object in users + organizations + tokens {
            #expect(object["id"]?.stringValue?.wholeMatch(of: uuid) != nil)
        }
    }

    @Test func `users, organisations, members and tokens are made, listed and outlive a kill`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let user = try make(
            daemon, "/v1/users",
            #"{"email":"Eva@Example.org","name":"Eva","staff":true,"#
                + #""permissions":["rotor.operate","geo.view_location"]}"#)
        let organization = try make(daemon, "/v1/organizations", #"{"name":"Field day"}"#)
        let set = try daemon.call(
            "PUT", "/v1/organizations/\(organization)/members/\(user)",
            json: #"{"role":"member"}"#, token: daemon.token)
        #expect(set.status == 200)
        #expect(set.object.members.map(\.key) == ["organization", "user", "role", "created_at"])
        let created = try daemon.call(
            "POST", "/v1/tokens",
            json: #"{"user":"eva@example.org","organization":"Field day","name":"phone"}"#,
            token: daemon.token)
        #expect(created.status == 201)
        #expect(
            created.object.members.map(\.key)
                == ["id", "token", "user", "organization", "name", "created_at"])
        let token = try #require(created.object["token"]?.stringValue)
        #expect(token.utf8.count == 43)
        #expect(created.object["organization"]?.stringValue == organization)
        let before = try ["/v1/users", "/v1/organizations", "/v1/tokens"].map {
            try list(daemon, $0)
        }
        try await daemon.restart()
        let after = try ["/v1/users", "/v1/organizations", "/v1/tokens"].map {
            try list(daemon, $0)
        }
        #expect(before == after)
        #expect(after.map(\.count) == [2, 2, 2])
        // Her right counts, and ends where it ends.
        let rotor = #"{"name":"mast","driver":"simulated"}"#
        #expect(try daemon.call("POST", "/api/rotors", json: rotor, token: token).status == 201)
        #expect(try daemon.call("GET", "/v1/users", token: token).status == 403)
        #expect(try daemon.call("GET", "/v1/users").status == 401)
    }

    @Test func `callers are told who they are, as far as their token goes`() async throws {
        let daemon = try await DaemonProcess()
        let first = try daemon.organization
        let club = try daemon.makeOrganization("Club")
        let school = try daemon.makeOrganization("School")
        let eva = try daemon.makeUser("eva@b", roles: [school: "member", club: "manager"])
        func me(_ token: String?) throws -> JSONObject {
            try daemon.call("GET", "/v1/me", token: token).object
        }
        func organizations(_ me: JSONObject) -> [String] {
            (me["organizations"]?.arrayValue ?? []).compactMap(\.objectValue).map {
                ($0["name"]?.stringValue ?? "") + " " + ($0["role"]?.stringValue ?? "-")
            }
        }
        let hers = try me(eva)
        #expect(
            hers.members.map(\.key) == [
                "id", "email", "name", "superuser", "staff", "permissions", "created_at",
                "organizations", "organization",
            ])
        #expect(hers["email"] == .string("eva@b"))
        #expect(organizations(hers) == ["Club manager", "School member"])
        #expect(hers["organization"] == .string(school), "her first")
        let bound = try me(daemon.makeToken("eva@b", boundTo: club))
        #expect(organizations(bound) == ["Club manager"])
        #expect(bound["organization"] == .string(club))
        let superuser = try me(daemon.token)
        #expect(organizations(superuser) == ["Default owner", "Club -", "School -"])
        #expect(superuser["organization"] == .string(first))
        let nowhere = try me(daemon.makeUser("solo@b"))
        #expect(nowhere["organizations"] == .array([]))
        #expect(nowhere["organization"] == .null)
        for token in [nil, "bad"] {
            let refused = try daemon.call("GET", "/v1/me", token: token)
            #expect(refused.status == 401)
            #expect(refused.headers["Content-Type"] == "application/problem+json")
        }
    }

    @Test func `a revoked token and a token of an ended membership stop at once`() async throws {
        let daemon = try await DaemonProcess()
        let user = try make(
            daemon, "/v1/users", #"{"email":"a@b","permissions":["rotor.operate"]}"#)
        let organization = try make(daemon, "/v1/organizations", #"{"name":"Club"}"#)
        let member = "/v1/organizations/\(organization)/members/\(user)"
        _ = try daemon.call("PUT", member, json: #"{"role":"readonly"}"#, token: daemon.token)
        let free = try daemon.call(
            "POST", "/v1/tokens", json: #"{"user":"\#(user)"}"#, token: daemon.token
        ).object
        let bound = try daemon.call(
            "POST", "/v1/tokens", json: #"{"user":"\#(user)","organization":"Club"}"#,
            token: daemon.token
        ).object
        let secrets = try [free, bound].map { try #require($0["token"]?.stringValue) }
        // A superuser's endpoint tells 403 for a known token and 401 for none.
        for secret in secrets {
            #expect(try daemon.call("GET", "/v1/tokens", token: secret).status == 403)
        }
        #expect(try daemon.call("DELETE", member, token: daemon.token).status == 204)
        #expect(try daemon.call("DELETE", member, token: daemon.token).status == 404)
        #expect(try daemon.call("GET", "/v1/tokens", token: secrets[0]).status == 403)
        #expect(try daemon.call("GET", "/v1/tokens", token: secrets[1]).status == 401)
        let id = try #require(free["id"]?.stringValue)
        #expect(try daemon.call("DELETE", "/v1/tokens/\(id)", token: daemon.token).status == 204)
        #expect(try daemon.call("DELETE", "/v1/tokens/\(id)", token: daemon.token).status == 404)
        #expect(try daemon.call("GET", "/v1/tokens", token: secrets[0]).status == 401)
        try await daemon.restart()
        for secret in secrets {
            #expect(try daemon.call("GET", "/v1/tokens", token: secret).status == 401)
        }
    }

    @Test(arguments: [
        ("POST", "/v1/users", #"{"email":"admin@LOCALHOST"}"#, 409, "conflict"),
        ("POST", "/v1/users", #"{"email":"nobody"}"#, 400, "invalid_request"),
        ("POST", "/v1/users", #"{"email":"a b@c"}"#, 400, "invalid_request"),
        ("POST", "/v1/users", #"{"email":7}"#, 400, "invalid_request"),
        ("POST", "/v1/users", "{}", 400, "invalid_request"),
        ("POST", "/v1/users", #"{"email":"a@b","staff":"yes"}"#, 400, "invalid_request"),
        ("POST", "/v1/users", #"{"email":"a@b","permissions":[1]}"#, 400, "invalid_request"),
        ("POST", "/v1/users", #"{"email":"a@b","permissions":["A!"]}"#, 400, "invalid_request"),
        ("POST", "/v1/users", #"{"email":"a@b","password":"x"}"#, 400, "invalid_request"),
        ("POST", "/v1/organizations", #"{"name":"Default"}"#, 409, "conflict"),
        ("POST", "/v1/organizations", #"{"name":""}"#, 400, "invalid_request"),
        ("POST", "/v1/organizations", #"{"name":"a\nb"}"#, 400, "invalid_request"),
        ("GET", "/v1/organizations/none/members", nil, 404, "not_found"),
        ("PUT", "/v1/organizations/Default/members/none", #"{"role":"owner"}"#, 404, "not_found"),
        (
            "PUT", "/v1/organizations/Default/members/admin@localhost", #"{"role":"king"}"#, 400,
            "invalid_request"
        ),
        ("POST", "/v1/tokens", #"{"user":"none"}"#, 404, "not_found"),
        (
            "POST", "/v1/tokens", #"{"user":"admin@localhost","organization":"none"}"#, 404,
            "not_found"
        ),
        ("DELETE", "/v1/tokens/none", nil, 404, "not_found"),
        ("PATCH", "/v1/users", "{}", 405, "method_not_allowed"),
    ])
    func `what cannot be is refused as a problem with a code`(
        _ method: String, _ path: String, _ json: String?, _ status: Int, _ code: String
    ) async throws {
        let daemon = try await SharedDaemon.plain.value
        let answer = try daemon.call(method, path, json: json, token: daemon.token)
        #expect(answer.status == status, "\(answer.text)")
        #expect(answer.headers["Content-Type"] == "application/problem+json")
        #expect(answer.object["code"]?.stringValue == code)
        #expect(answer.object["detail"]?.stringValue?.isEmpty == false)
    }
}
