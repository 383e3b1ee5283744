import JSON

/// The server's API as client commands see it: replies as JSON, refusals as failures.
struct ServerAPI {
    private let client: any APIClient
    private let server: WebAddress

    private static let timeout = Option<WrittenDuration>(
        "timeout", default: "5s", "give up when no answer has come after this time")

    /// The options of every command that talks to a server.
    static let options =
        Settings.ofClient.map(\.option) + [
            Configuration.fileOption.declaration, OutputFormat.option.declaration,
            timeout.declaration,
        ]

    /// Reads the token and makes ready to call; nothing is sent yet.
    static func connect(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ServerAPI {
        let settings = try Configuration.load(invocation, context).settings
        let token = try token(settings.tokenFile, context)
        let connection = ServerConnection(
            server: settings.server, token: token, authorityFile: settings.authorityFile,
            timeout: invocation[timeout]?.duration ?? .seconds(5))
        return ServerAPI(client: context.connect(connection), server: settings.server)
    }

    /// Calls and returns the reply's JSON; any status but 2xx is a failure with the server's words.
    func call(
        _ method: APIMethod, _ path: String, _ body: JSONValue? = nil
    ) throws(CommandFailure) -> ServerReply {
        let reply: APIReply
        do {
            reply = try client.call(method, path, body: body?.bytes())
        } catch {
            throw CommandFailure(
                .unavailable, "cannot reach \(server): \(error.reason)",
                hint: error.hint)
        }
        guard (200..<300).contains(reply.status) else { throw RefusedReply(reply).failure }
        return try ServerReply(reply)
    }

    private static let maxTokenFileBytes = 4096

    private static func token(
        _ file: Settings.TokenFile, _ context: CommandContext
    ) throws(CommandFailure) -> String? {
        let bytes: [UInt8]
        do {
            bytes = try context.readFile(file.path, maxTokenFileBytes)
        } catch {
            // Much of the API needs no token, and a client on another machine has no data folder.
            guard file.isRequired else { return nil }
            throw CommandFailure(.configuration, "token file \(file.path): \(error.message)")
        }
        let word = bytes.filter { $0 > 0x20 }
        guard !word.isEmpty, word.allSatisfy({ $0 < 0x7F }) else {
            throw CommandFailure(.configuration, "token file \(file.path) holds no token")
        }
        return String(decoding: word, as: UTF8.self)
    }
}
