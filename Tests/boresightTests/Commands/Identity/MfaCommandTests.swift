import Testing

@testable import boresight

@Suite struct MfaCommandTests {
    private static let path = "/v1/me/second-factor"
    private static let url = "otpauth://totp/Boresight:eva%40b?secret=MZXW6"

    private static let replies: [String: (status: Int, body: String)] = [
        "GET \(path)": (200, #"{"state":"confirmed","recoveryCodesLeft":9}"#),
        "POST \(path)": (
            201,
            #"{"secret":"MZXW6","otpauthUrl":"\#(url)","qrSvg":"<svg/>","#
                + #""recoveryCodes":["aaaa-bbbb","cccc-dddd"]}"#
        ),
        "POST \(path)/confirm": (200, #"{"state":"confirmed","recoveryCodesLeft":10}"#),
        "POST \(path)/remove": (204, ""),
        "DELETE /v1/users/eva%40b/second-factor": (204, ""),
    ]

    @Test(arguments: [
        ("mfa status", "GET \(path)"), ("mfa enrol", "POST \(path) {}"),
        ("mfa enrol --code 123456", #"POST \#(path) {"code":"123456"}"#),
        ("mfa confirm 123456", #"POST \#(path)/confirm {"code":"123456"}"#),
        (
            "mfa remove --recovery-code aaaa-bbbb",
            #"POST \#(path)/remove {"recoveryCode":"aaaa-bbbb"}"#
        ),
        ("user reset-mfa eva@b", "DELETE /v1/users/eva%40b/second-factor"),
    ])
    func `each verb asks what it says`(line: String, asked: String) {
        let run = CommandRun(line, Self.replies)
        #expect(run.asked == [asked])
        #expect(run.code == .success, "\(run.error)")
    }

    @Test func `a new factor is shown as a code to scan, and as texts to keep`() {
        let output = CommandRun("mfa enrol", Self.replies).output
        #expect(output.hasPrefix("█"))
        #expect(
            output.hasSuffix(
                """
                Scan this with an authenticator, or give it the secret
                  MZXW6
                  \(Self.url)
                Keep the recovery codes where the phone is not; each is good for once:
                  aaaa-bbbb
                  cccc-dddd
                It counts once 'boresight mfa confirm CODE' has seen a code.

                """))
    }

    @Test(arguments: [
        ("confirmed", "logging in takes a code; 9 recovery codes are left\n"),
        ("unconfirmed", "not confirmed; the password is enough until 'boresight mfa confirm'\n"),
        ("none", "none; the password is enough\n"),
    ])
    func `each state is said in words`(state: String, text: String) {
        let body = #"{"state":"\#(state)","recoveryCodesLeft":9}"#
        let run = CommandRun("mfa status", ["GET \(Self.path)": (200, body)])
        #expect(run.output == text)
        #expect(
            CommandRun("mfa status -o json", ["GET \(Self.path)": (200, body)]).output == body
                + "\n")
    }

    @Test func `a refusal is told as the station words it`() {
        let problem = #"{"title":"Conflict","status":409,"detail":"there is nothing"}"#
        let run = CommandRun("mfa confirm 1", ["POST \(Self.path)/confirm": (409, problem)])
        #expect(run.code != .success)
        #expect(run.error.contains("there is nothing"))
    }
}
