import Foundation
import JSON
import Recording
import Simulation
import TestSupport
import Testing
import Transport

/// 002 «Login» and the contract «Identity» about passwords, over the wire.
@Suite struct LoginContractTests {
    private static let path = "/api/v1/users/token/"

    private func logIn(
        _ daemon: DaemonProcess, _ name: String, _ password: String
    ) throws -> HTTPResponse {
        let body: JSONValue = ["username": .string(name), "password": .string(password)]
        return try daemon.call("POST", Self.path, json: body.text)
    }

    @discardableResult
    private func addUser(
        _ daemon: DaemonProcess, _ email: String, _ password: String
    ) throws -> String {
        let body: JSONValue = [
            "email": .string(email), "password": .string(password),
            "permissions": .array([.string("rotor.operate")]),
        ]
        let answer = try daemon.call("POST", "/v1/users", json: body.text, token: daemon.token)
        #expect(answer.status == 201, "\(answer.text)")
        #expect(!answer.text.contains("password"), "neither it nor its hash comes back")
        return try #require(answer.object["id"]?.stringValue)
    }

    @Test func `whoever knows the password gets a token that works, after a kill too`() async throws
    {
        let daemon = try await DaemonProcess()
        try addUser(daemon, "eva@example.org", "öffne dich")
        let first = try logIn(daemon, "eva@example.org", "öffne dich")
        #expect(first.status == 200)
        #expect(first.object.members.map(\.key) == ["token"])
        let token = try #require(first.object["token"]?.stringValue)
        let rotor = #"{"name":"mast","driver":"simulated"}"#
        #expect(try daemon.call("POST", "/api/rotors", json: rotor, token: token).status == 201)
        try await daemon.restart()
        #expect(try daemon.call("POST", "/api/rotors/1/park", token: token).status == 200)
        let again = try logIn(daemon, " Eva@Example.org ", "öffne dich")
        #expect(again.status == 200)
        #expect(again.object["token"]?.stringValue != token)
        let tokens = try daemon.call("GET", "/v1/tokens", token: daemon.token)
        let names = try JSONReader.read(tokens.body).arrayValue?.map {
            $0.objectValue?["name"]?.stringValue
        }
        #expect(names == ["first start", "login", "login"])
    }

    static let refusals: [(String, String)] = [
        (
            #"{"username":"admin@localhost","password":"guess"}"#,
            #"{"non_field_errors":["Unable to log in with provided credentials."]}"#
        ),
        (
            #"{"username":"nobody@example.org","password":"guess"}"#,
            #"{"non_field_errors":["Unable to log in with provided credentials."]}"#
        ),
        (
            "{}",
            #"{"username":["This field is required."],"password":["This field is required."]}"#
        ),
        (
            #"{"username":"a"}"#, #"{"password":["This field is required."]}"#
        ),
        (
            #"{"username":"  ","password":""}"#,
            #"{"username":["This field may not be blank."],"#
                + #""password":["This field may not be blank."]}"#
        ),
        (
            #"{"username":null,"password":[1]}"#,
            #"{"username":["This field may not be null."],"password":["Not a valid string."]}"#
        ),
    ]

    @Test func `what lets nobody in is refused in the words of the original`() async throws {
        let daemon = try await DaemonProcess()
        for (body, answer) in Self.refusals {
            let refused = try daemon.call("POST", Self.path, json: body)
            #expect(refused.status == 400)
            #expect(refused.headers["Content-Type"] == "application/json")
            #expect(refused.text == answer)
        }
        #expect(try daemon.call("POST", Self.path, json: "{").object["detail"] != nil)
        #expect(try daemon.call("GET", Self.path).status == 405)
        #expect(try daemon.call("POST", "/api/v1/users/token", json: "{}").status == 404)
    }

    @Test func `too many wrong tries are refused, and say for how long`() async throws {
        let daemon = try await DaemonProcess()
        try addUser(daemon, "eva@example.org", "open sesame")
        for _ in 0..<15 {
            #expect(try logIn(daemon, "eva@example.org", "open sesame").status == 200)
        }
        var statuses: [Int] = []
        var last: HTTPResponse?
        // Ten at once, and a few that rest in between brings.
        while statuses.count < 40, last?.status != 429 {
            last = try logIn(daemon, "Eva@example.org", "guess")
            statuses.append(last?.status ?? 0)
        }
        #expect(statuses.dropLast().allSatisfy { $0 == 400 })
        #expect(statuses.count > 10)
        let answer = try #require(last)
        #expect(answer.status == 429)
        #expect(answer.headers["Retry-After"].flatMap(Int.init) ?? 0 > 0)
        #expect(answer.object["detail"]?.stringValue?.contains("too many requests") == true)
        #expect(
            try logIn(daemon, "admin@localhost", "guess").status == 400,
            "somebody else may still try")
    }

    @Test func `a user sets their own password, a superuser anybody's, and old logins end`()
        async throws
    {
        let daemon = try await DaemonProcess()
        let eva = try addUser(daemon, "eva@example.org", "open sesame")
        try addUser(daemon, "bo@example.org", "let me in")
        let token = try #require(
            try logIn(daemon, "eva@example.org", "open sesame").object["token"]?.stringValue)
        let named = try daemon.call(
            "POST", "/v1/tokens", json: #"{"user":"eva@example.org","name":"phone"}"#,
            token: daemon.token
        ).object["token"]?.stringValue
        func set(_ user: String, _ json: String, _ token: String?) throws -> HTTPResponse {
            try daemon.call("PUT", "/v1/users/\(user)/password", json: json, token: token)
        }
        let new = #"{"password":"another one"}"#
        #expect(try set(eva, new, nil).status == 401)
        #expect(try set("bo@example.org", new, token).status == 403)
        #expect(try set("nobody", new, token).status == 403)
        #expect(try set("nobody", new, daemon.token).status == 404)
        for wrong in [#"{"password":"short"}"#, "{}", #"{"password":7}"#, #"{"password":null}"#] {
            #expect(try set(eva, wrong, token).status == 400)
        }
        #expect(try set(eva, new, token).status == 204)
        #expect(try daemon.call("GET", "/api/v1/devices", token: token).status == 401)
        #expect(try daemon.call("GET", "/v1/users", token: named).status == 403, "still a token")
        #expect(try logIn(daemon, "eva@example.org", "open sesame").status == 400)
        #expect(try logIn(daemon, "eva@example.org", "another one").status == 200)
        #expect(
            try set("eva@example.org", #"{"password":"a third"}"#, daemon.token).status == 204)
        #expect(try logIn(daemon, "eva@example.org", "a third").status == 200)
        // A token for one organisation must not become a login for all of them.
        _ = try daemon.call(
            "PUT", "/v1/organizations/Default/members/eva@example.org",
            json: #"{"role":"member"}"#, token: daemon.token)
        let bound = try daemon.call(
            "POST", "/v1/tokens", json: #"{"user":"eva@example.org","organization":"Default"}"#,
            token: daemon.token
        ).object["token"]?.stringValue
        #expect(try set(eva, new, bound).status == 403)
    }

    @Test func `the station turns and answers while passwords are looked at, of which few wait`()
        async throws
    {
        let daemon = try await DaemonProcess()
        try daemon.addRotor(#""name":"mast","driver":"simulated""#)
        let url = daemon.url
        let token = try daemon.token
        // More at once than may wait.
        let answers = await withTaskGroup(of: HTTPResponse?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try? HTTPClient().call(
                        "POST", url + "/v1/users",
                        headers: HTTPHeaders([
                            ("Authorization", "Bearer \(token)"),
                            ("Content-Type", "application/json"),
                        ]),
                        body: Array(#"{"email":"u\#(number)@b","password":"secret"}"#.utf8))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let statuses = answers.map { $0?.status }
        #expect(statuses.count { $0 == 201 } >= 16)
        #expect(statuses.allSatisfy { $0 == 201 || $0 == 503 })
        for answer in answers where answer?.status == 503 {
            #expect(answer?.headers["Retry-After"] == "5")
        }
        #expect(try daemon.call("POST", "/api/rotors/1/stop", token: token).status == 200)
    }

    @Test func `a recording with a login has no password and no hash, and replays to the last bit`()
        async throws
    {
        let folder = try TemporaryFolder()
        let file = folder.path + "/login.jsonl"
        let daemon = try await DaemonProcess(["--gpsd", "none", "--record", file])
        let user = try addUser(daemon, "eva@example.org", "hunter22")
        #expect(try logIn(daemon, "eva@example.org", "hunter22").status == 200)
        #expect(try logIn(daemon, "eva@example.org", "hunter23").status == 400)
        #expect(try daemon.call("POST", Self.path, json: #"{"password":"hunter24"#).status == 400)
        let form = try daemon.call(
            "POST", Self.path, json: "username=eva&password=hunter25",
            headers: [("Content-Type", "application/x-www-form-urlencoded")])
        #expect(form.status == 415)
        _ = try daemon.call(
            "PUT", "/v1/users/\(user)/password", json: #"{"password":"hunter26"}"#,
            token: daemon.token)
        #expect(try logIn(daemon, "eva@example.org", "hunter26").status == 200)
        daemon.process.signal(15)
        try #require(await daemon.process.waitForExit() == .code(0))
        let log = daemon.process.standardError
        #expect(!log.contains("hunter") && !log.contains("argon2"))
        // What the next life starts from has hashes in its rows.
        try await daemon.restart()
        #expect(try logIn(daemon, "eva@example.org", "hunter26").status == 200)
        daemon.process.signal(15)
        try #require(await daemon.process.waitForExit() == .code(0))
        for file in [file, folder.path + "/login-2.jsonl"] {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(!text.contains("hunter"), "a password is in the file")
            #expect(!text.contains("argon2"), "a hash is in the file")
            #expect(text.contains(#""verified":true"#))
            var reader = try RecordingReader(Array(text.utf8))
            let result = try ExactReplay.run(&reader)
            #expect(result.divergence == nil)
            for command in ["replay", "verify"] {
                let process = try ChildProcess(
                    try BuiltProgram.path("boresight"), [command, file])
                #expect(await process.waitForExit() == .code(0), "\(process.standardOutput)")
            }
        }
    }
}
