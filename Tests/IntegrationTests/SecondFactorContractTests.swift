import Foundation
import JSON
import Recording
import Simulation
import TestSupport
import Testing
import Transport

/// Second factors over the wire: our own endpoints, and the login of 002 with a code.
@Suite struct SecondFactorContractTests {
    private static let path = "/v1/me/second-factor"
    private static let password = "battery staple"
    private static let needed = #"{"non_field_errors":["A code of the second factor is needed."]}"#
    private static let wrong =
        #"{"non_field_errors":["The code of the second factor is wrong."]}"#

    private let daemon: DaemonProcess
    private let folder = try? TemporaryFolder()

    init() async throws {
        daemon = try await DaemonProcess(
            ["--gpsd", "none", "--record", (folder?.path ?? "/tmp") + "/factor.jsonl"])
        let user: JSONValue = [
            "email": .string("eva@example.org"), "password": .string(Self.password),
        ]
        let made = try daemon.call("POST", "/v1/users", json: user.text, token: daemon.token)
        #expect(made.status == 201)
    }

    private func logIn(_ more: (String, String)?...) throws -> HTTPResponse {
        var body: JSONObject = [
            "username": .string("eva@example.org"), "password": .string(Self.password),
        ]
        for case let (key, value)? in more { body[key] = .string(value) }
        return try daemon.call(
            "POST", "/api/v1/users/token/", json: JSONValue.object(body).text)
    }

    private func token(_ more: (String, String)?...) throws -> String {
        let answer = try more.count == 1 ? logIn(more[0]) : logIn()
        return try #require(answer.object["token"]?.stringValue, "\(answer.text)")
    }

    private func call(
        _ method: String, _ more: String, _ body: JSONObject?, _ token: String?
    ) throws -> HTTPResponse {
        try daemon.call(
            method, Self.path + more, json: body.map { JSONValue.object($0).text }, token: token)
    }

    private func state(_ token: String) throws -> [JSONValue?] {
        let factor = try call("GET", "", nil, token).object
        return [factor["state"], factor["recoveryCodesLeft"]]
    }

    private func codes(_ new: JSONObject) -> [String] {
        new["recoveryCodes"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    @Test func `a user enrols, confirms, and logs in with codes, each of them once`() async throws {
        let token = try token()
        #expect(try state(token) == [.string("none"), .integer(0)])
        #expect(try call("POST", "/confirm", ["code": .string("1")], token).status == 409)
        #expect(try call("POST", "/remove", nil, token).status == 409)
        let made = try call("POST", "", nil, token)
        #expect(made.status == 201, "\(made.text)")
        let new = made.object
        #expect(new.members.map(\.key) == ["secret", "otpauthUrl", "qrSvg", "recoveryCodes"])
        let secret = try #require(new["secret"]?.stringValue)
        #expect(secret.wholeMatch(of: /[A-Z2-7]{32}/) != nil)
        #expect(
            new["otpauthUrl"]?.stringValue
                == "otpauth://totp/Boresight:eva%40example.org?secret=\(secret)"
                + "&issuer=Boresight&algorithm=SHA1&digits=6&period=30")
        #expect(new["qrSvg"]?.stringValue?.hasPrefix("<svg ") == true)
        #expect(Set(codes(new)).count == 10)
        #expect(try state(token) == [.string("unconfirmed"), .integer(10)])
        #expect(try logIn().status == 200, "it guards nothing yet")
        let problem = try call("POST", "/confirm", ["code": .string("12345")], token)
        #expect(problem.status == 400)
        #expect(problem.headers["Content-Type"] == "application/problem+json")
        var phone = Authenticator(secret)
        let first = try await phone.next()
        let confirmed = try call("POST", "/confirm", ["code": .string(first)], token)
        #expect(confirmed.status == 200)
        #expect(confirmed.object["state"] == .string("confirmed"))
        #expect(try call("POST", "", nil, token).status == 409, "that takes a proof")
        #expect(try logIn().text == Self.needed)
        #expect(try logIn(("totp_code", first)).text == Self.wrong, "it has confirmed")
        let next = try await phone.next()
        #expect(try logIn(("totp_code", next)).status == 200)
        #expect(try logIn(("totp_code", next)).text == Self.wrong)
        #expect(try logIn(("recovery_code", codes(new)[0])).status == 200)
        #expect(try logIn(("recovery_code", codes(new)[0])).text == Self.wrong)
        #expect(try state(token) == [.string("confirmed"), .integer(9)])
        #expect(try logIn(("totp_code", "")).text == Self.needed)
        let odd = try daemon.call(
            "POST", "/api/v1/users/token/",
            json: #"{"username":"eva@example.org","password":"x","totp_code":7}"#)
        #expect(odd.text == #"{"totp_code":["Not a valid string."]}"#)
        let removed = try call("POST", "/remove", ["recoveryCode": .string(codes(new)[1])], token)
        #expect(removed.status == 204)
        #expect(try logIn().status == 200)
    }

    @Test func `who has no password, or a bound token, makes none`() throws {
        let robot = try daemon.makeUser("robot@b")
        #expect(try call("POST", "", nil, robot).status == 409)
        _ = try daemon.call(
            "PUT", "/v1/organizations/Default/members/eva@example.org",
            json: #"{"role":"member"}"#, token: daemon.token)
        let bound = try daemon.makeToken("eva@example.org", boundTo: daemon.organization)
        for path in ["", "/confirm", "/remove"] {
            #expect(try call("POST", path, ["code": .string("1")], bound).status == 403)
        }
        #expect(try call("GET", "", nil, nil).status == 401)
    }

    @Test func `a kill forgets no code that was taken, and an administrator helps who lost all`()
        async throws
    {
        let first = try token()
        let new = try call("POST", "", nil, first).object
        var phone = Authenticator(try #require(new["secret"]?.stringValue))
        let confirming = try await phone.next()
        #expect(
            try call("POST", "/confirm", ["code": .string(confirming)], first).status == 200)
        let code = try await phone.next()
        let second = try token(("totp_code", code))
        _ = try token(("recovery_code", codes(new)[0]))
        try await daemon.restart()
        #expect(try state(second) == [.string("confirmed"), .integer(9)])
        #expect(try logIn(("totp_code", code)).text == Self.wrong)
        #expect(try logIn(("recovery_code", codes(new)[0])).text == Self.wrong)
        let path = "/v1/users/eva@example.org/second-factor"
        #expect(try daemon.call("DELETE", path, token: second).status == 403)
        #expect(try daemon.call("DELETE", path, token: daemon.token).status == 204)
        #expect(try daemon.call("DELETE", path, token: daemon.token).status == 409)
        #expect(try daemon.call("GET", "/v1/me", token: second).status == 401, "logged out")
        #expect(try logIn().status == 200)
    }

    @Test func `a recording has no secret and no code, and replays to the last bit`() async throws {
        let folder = try #require(folder).path
        let first = try token()
        let new = try call("POST", "", nil, first).object
        let secret = try #require(new["secret"]?.stringValue)
        var phone = Authenticator(secret)
        var used = [secret, "<svg"] + codes(new)
        func take() async throws -> String {
            let code = try await phone.next()
            // In quotes: the digits alone may stand in any number.
            used.append("\"\(code)\\\"")
            return code
        }
        _ = try call("POST", "/confirm", ["code": .string("000001")], first)
        let confirming = try await take()
        #expect(
            try call("POST", "/confirm", ["code": .string(confirming)], first).status == 200)
        let code = try await take()
        #expect(try logIn(("totp_code", code)).status == 200)
        #expect(try logIn(("totp_code", code)).status == 400)
        #expect(try logIn(("recovery_code", codes(new)[0])).status == 200)
        #expect(try logIn(("recovery_code", codes(new)[0])).status == 400)
        daemon.process.signal(15)
        try #require(await daemon.process.waitForExit() == .code(0))
        let log = daemon.process.standardError
        // What the next life starts from has the secret in its rows.
        try await daemon.restart()
        #expect(try logIn(("recovery_code", codes(new)[1])).status == 200)
        _ = try call("POST", "/remove", ["recoveryCode": .string(codes(new)[2])], first)
        #expect(try call("POST", "", nil, first).status == 201)
        daemon.process.signal(15)
        try #require(await daemon.process.waitForExit() == .code(0))
        for file in [folder + "/factor.jsonl", folder + "/factor-2.jsonl"] {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            for word in used {
                #expect(!text.contains(word), "\(word) is in \(file)")
                #expect(!log.contains(word))
            }
            #expect(text.contains("recovery_index"))
            var reader = try RecordingReader(Array(text.utf8))
            #expect(try ExactReplay.run(&reader).divergence == nil)
            for command in ["replay", "verify"] {
                let process = try ChildProcess(try BuiltProgram.path("boresight"), [command, file])
                #expect(await process.waitForExit() == .code(0), "\(process.standardOutput)")
            }
        }
        let kept = try String(contentsOfFile: folder + "/factor.jsonl", encoding: .utf8)
        #expect(kept.contains("code_step") && kept.contains("code_wrong"))
    }
}
