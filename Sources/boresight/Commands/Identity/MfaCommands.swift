import API
import JSON

/// `boresight mfa`: one's own second factor.
enum MfaCommands {
    private static let path = "/v1/me/second-factor"
    private static let newCode = Argument<String>("CODE", "what the authenticator shows now")
    private static let code = Option<String>(
        "code", placeholder: "DIGITS", "what the authenticator shows now")
    private static let recoveryCode = Option<String>(
        "recovery-code", placeholder: "CODE", "one of the recovery codes, in its place")

    static let command = Command(
        "mfa", "Log in with a code besides the password",
        discussion: """
            An authenticator on a phone makes codes from a secret that it shares with the
            station. Each code is good for one login. Whoever loses the phone has the
            recovery codes, and an administrator: see 'boresight user reset-mfa'.
            """,
        verbs: [
            Command(
                "status", "Show whether logging in takes a code", options: ServerAPI.options,
                run: status),
            Command(
                "enrol", "Make a secret and recovery codes, and show them this once",
                options: proof + ServerAPI.options, run: enrol),
            Command(
                "confirm", "Show that the authenticator has the secret; from then on it counts",
                arguments: [newCode.declaration], options: ServerAPI.options, run: confirm),
            Command(
                "remove", "Log in with the password alone again",
                options: proof + ServerAPI.options, run: remove),
        ])

    private static let proof = [code.declaration, recoveryCode.declaration]

    private static func body(_ invocation: Invocation) -> JSONValue {
        var body = JSONObject()
        if let code = invocation[code] { body["code"] = .string(code) }
        if let code = invocation[recoveryCode] { body["recoveryCode"] = .string(code) }
        return .object(body)
    }

    private static func status(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let reply = try ServerAPI.connect(invocation, context).call(.get, path)
        context.print(reply.text(as: invocation.outputFormat, text))
        return .success
    }

    private static func enrol(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, path, body(invocation))
        context.print(
            reply.text(as: invocation.outputFormat) { new in
                let url = Words.text(new["otpauthUrl"])
                let codes = new["recoveryCodes"]?.arrayValue?.compactMap(\.stringValue) ?? []
                return (QRCode(url)?.terminal ?? "")
                    + "Scan this with an authenticator, or give it the secret\n"
                    + "  \(Words.text(new["secret"]))\n  \(url)\n"
                    + "Keep the recovery codes where the phone is not; each is good for once:\n"
                    + codes.map { "  \($0)\n" }.joined()
                    + "It counts once 'boresight mfa confirm CODE' has seen a code.\n"
            })
        return .success
    }

    private static func confirm(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let code = try invocation.required(newCode)
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, path + "/confirm", ["code": .string(code)])
        context.print(reply.text(as: invocation.outputFormat, text))
        return .success
    }

    private static func remove(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, path + "/remove", body(invocation))
        context.print(reply.text(as: invocation.outputFormat) { _ in "removed\n" })
        return .success
    }

    private static func text(_ factor: JSONObject) -> String {
        let left = Words.text(factor["recoveryCodesLeft"])
        return switch factor["state"]?.stringValue {
        case "confirmed": "logging in takes a code; \(left) recovery codes are left\n"
        case "unconfirmed": "not confirmed; the password is enough until 'boresight mfa confirm'\n"
        default: "none; the password is enough\n"
        }
    }
}
