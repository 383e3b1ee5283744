import API
import Glibc
import JSON

/// `boresight pair`: a pairing session, its QR code in the terminal, and the wait for the phone.
enum Pair {
    private static let rotor = Option<String>(
        "rotor", placeholder: "ROTOR", "let this rotor obey the session; its number or name")
    private static let wait = Option<WrittenDuration>(
        "wait", default: "10m", "how long to wait for the phone")
    private static let noWait = Flag("no-wait", "show the code and end")

    static let command = Command(
        "pair", "Show a QR code and wait for the phone that scans it",
        options: [rotor.declaration, wait.declaration, noWait.declaration] + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let session = try Session(api)
        if let name = invocation[rotor] {
            let path = try RotorName.path(name, invocation, api)
            _ = try api.call(.post, path + "/pair", ["token": .string(session.token)])
        }
        show(session, invocation, context)
        guard !invocation[noWait] else { return .success }
        let patience = invocation[wait]?.duration ?? .seconds(600)
        guard try waitForPhone(session, api, patience) else {
            throw CommandFailure(
                .failure, "no phone joined in time",
                hint: "the session stays open until \(session.expiresAt)")
        }
        context.printError("the phone has joined\n")
        return .success
    }

    private static func show(
        _ session: Session, _ invocation: Invocation, _ context: CommandContext
    ) {
        if invocation.outputFormat == .json {
            let value: JSONValue = [
                "token": .string(session.token), "url": .string(session.urls[0]),
                "urls": .array(session.urls.map(JSONValue.string)),
                "expires_at": .string(session.expiresAt),
            ]
            return context.print(value.text + "\n")
        }
        if let code = QRCode(session.urls[0]) { context.print(code.terminal) }
        context.print("Scan this with the phone's camera, or open\n")
        for url in session.urls { context.print("  \(url)\n") }
        context.print("The session ends at \(session.expiresAt).\n")
    }

    /// Asks once a second; true when somebody has joined.
    private static func waitForPhone(
        _ session: Session, _ api: ServerAPI, _ patience: Duration
    ) throws(CommandFailure) -> Bool {
        var (seconds, _) = patience.components
        while true {
            let reply = try api.call(.get, "/api/sessions/" + session.token)
            if reply.value.objectValue?["is_paired"]?.boolValue == true { return true }
            guard seconds > 0 else { return false }
            seconds -= 1
            sleep(1)
        }
    }
}

/// A new session as its maker needs it.
struct Session {
    let token: String
    let expiresAt: String
    /// Addresses of the phone's page, best first; at least one.
    let urls: [String]

    /// Creates the session on the server.
    init(_ api: ServerAPI) throws(CommandFailure) {
        let created = try api.call(.post, "/api/sessions").value.objectValue
        guard let token = created?["token"]?.stringValue else { throw Self.oddAnswer }
        let answer = try api.call(.get, "/v1/pairing-urls?token=" + token).value.objectValue
        let urls = answer?["urls"]?.arrayValue?.compactMap(\.stringValue) ?? []
        guard !urls.isEmpty else { throw Self.oddAnswer }
        self.token = token
        self.urls = urls
        expiresAt = created?["expires_at"]?.stringValue ?? "an unknown time"
    }

    private static let oddAnswer = CommandFailure(
        .failure, "the server's answer has no session", hint: "is it a Boresight server?")
}
