import Drivers
import Engine
import JSON
@testable import Recording
import Testing
import Transport

@Suite struct FactorRedactionTests {
    private let redaction = Redaction(key: [UInt8](repeating: 9, count: 32))
    private let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    private let code = "abcd-efgh-ijkl-mnop"

    private func answer(_ text: String, _ redaction: Redaction?) throws -> JSONObject {
        let line = LineEncoder(redaction: redaction).output(
            1, event: 1, at: .start,
            TransportOutput.respond(
                request: 1,
                HTTPResponse(
                    status: 201, headers: HTTPHeaders([("Content-Type", "application/json")]),
                    body: Array(text.utf8))))
        let body = try JSONReader.read(line).objectValue?["body"]?.stringValue
        return try #require(try JSONReader.read(Array((body ?? "").utf8)).objectValue)
    }

    private func request(_ path: String, _ text: String) -> String {
        String(decoding: redaction.body(Array(text.utf8), to: path), as: UTF8.self)
    }

    private func enrolment(_ secret: String, _ code: String) -> String {
        #"{"secret":"\#(secret)","#
            + #""otpauth_url":"otpauth://totp/B:a%40b?secret=\#(secret)&digits=6","#
            + #""otpauthUrl":"otpauth://totp/B:a%40b?digits=6&secret=\#(secret)","#
            + #""qr_svg":"<svg>\#(secret)</svg>","qrSvg":"<svg>\#(secret)</svg>","#
            + #""recovery_codes":["\#(code)"],"mfa":{"recoveryCodes":["\#(code)"]},"#
            + #""recoveryCodesLeft":10}"#
    }

    /// What a replay needs: it answers the same with the pseudonyms that it was told.
    @Test func `an answer and a report have the same pseudonyms for the same secrets`() throws {
        let told = try answer(enrolment(secret, code), redaction)
        let report = PasswordReport(
            job: 1,
            result: .factor(
                .made(
                    NewFactor(
                        secret: FactorSecret(base32: secret), recoveryCodes: [code],
                        recoveryHashes: [RecoveryHash(stored: "hash")]))))
        let line = LineEncoder(redaction: redaction).input(1, event: 1, at: .start, report)
        let heard = try #require(try JSONReader.read(line).objectValue)
        let pseudonym = try #require(heard["factor_secret"]?.stringValue)
        let recovery = try #require(heard["recovery_codes"]?.arrayValue?.first?.stringValue)
        #expect(pseudonym.count == 32)
        #expect(try told == answer(enrolment(pseudonym, recovery), nil))
        let text = JSONValue.object(told).text + String(decoding: line, as: UTF8.self)
        #expect(!text.contains(secret) && !text.contains(code) && !text.contains("<svg>"))
        #expect(told["recoveryCodesLeft"] == .integer(10))
        let row: StoreRow = [
            "secrets": .text(#"{"secret":"\#(secret)","recovery":["hash"]}"#)
        ]
        let hash = try #require(heard["recovery_hashes"]?.arrayValue?.first?.stringValue)
        #expect(
            redaction.row(row).text("secrets")
                == #"{"secret":"\#(pseudonym)","recovery":["\#(hash)"]}"#)
    }

    @Test func `a token under such a name stays the same token`() throws {
        let token = String(repeating: "t", count: 43)
        let told = try answer(#"{"secret":"\#(token)"}"#, redaction)
        #expect(told["secret"] == .string(redaction.text(token)))
    }

    @Test(arguments: [
        ("/api/v1/users/token/", #"{"totp_code":"123456"}"#),
        ("/api/v1/users/token/", #"{"a":[{"totpCode":"123456"}]}"#),
        ("/api/v1/users/token/", #"{"recovery_code":"123456"}"#),
        ("/api/v1/users/token/", #"{"recovery_code":"123456"#),
        ("/v1/me/second-factor", #"{"recoveryCode":"123456"}"#),
        ("/v1/me/second-factor/confirm", #"{"code":"123456"}"#),
        ("/v1/me/second-factor/remove", #"{"code":123456}"#),
        ("/workspaces/api/auth/mfa/verify", #"{"code":"123456"}"#),
        ("/workspaces/api/auth/mfa/verify", #"{"code":"123456"#),
    ])
    func `no request shows a code`(path: String, body: String) {
        #expect(!request(path, body).contains("123456"))
        #expect(!redaction.query("code=123456", to: "/v1/me/second-factor").contains("123456"))
    }

    @Test func `elsewhere a code is anything`() {
        let body = #"{"code":"ABCD","decoder":"x"}"#
        #expect(request("/game-night/api/sessions/1/games", body) == body)
        #expect(redaction.query("code=1", to: "/a") == "code=1")
    }

    @Test(arguments: ["", "{}", #"{"name":"q","order":"s"}"#, "secre", "a secret", "recovery"])
    func `what is not such an answer stays as it is`(text: String) {
        let bytes = Array(text.utf8)
        #expect(FactorAnswerBody.written(bytes, redaction) == bytes)
    }

    @Test(arguments: ["secret", "otpauth", "recover", "qr_svg", "qrSvg"])
    func `a word is found wherever it stands`(word: String) {
        for before in 0..<12 {
            for after in 0..<3 {
                let text =
                    String(repeating: "e", count: before) + word
                    + String(repeating: "g", count: after)
                #expect(FactorAnswerBody.mayBe(Array(text.utf8)))
            }
        }
        #expect(!FactorAnswerBody.mayBe(Array(word.dropLast().utf8)))
    }
}
