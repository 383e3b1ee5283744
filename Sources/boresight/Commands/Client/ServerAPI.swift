import JSON

/// The server's API as client commands see it: replies as JSON, refusals as failures.
struct ServerAPI {
    let connection: ServerConnection
    private let client: any APIClient
    /// The one that calls of 001 act on; nil for the token's or the caller's first.
    private var organization: String?

    private static let timeout = Option<WrittenDuration>(
        "timeout", default: "5s", "give up when no answer has come after this time")

    /// The options of every command that talks to a server and writes its answer.
    static let options =
        Settings.ofClient.map(\.option) + [
            Configuration.fileOption.declaration, OutputFormat.option.declaration,
            timeout.declaration,
        ]

    /// The same without a form for the answer.
    static let connectionOptions = options.filter {
        $0.name != OutputFormat.option.declaration.name
    }

    /// Reads the token and makes ready to call; nothing is sent yet.
    static func connect(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ServerAPI {
        let settings = try Configuration.load(invocation, context).settings
        let token = try token(settings.tokenFile, context)
        let connection = ServerConnection(
            server: settings.server, token: token, authorityFile: settings.authorityFile,
            timeout: invocation[timeout]?.duration ?? .seconds(5))
        return ServerAPI(connection: connection, client: context.connect(connection))
    }

    private init(connection: ServerConnection, client: any APIClient) {
        self.connection = connection
        self.client = client
    }

    /// The same, acting on this organisation.
    func acting(on organization: String) -> ServerAPI {
        var api = self
        api.organization = organization
        return api
    }

    /// Calls and returns the reply's JSON; any status but 2xx is a failure with the server's words.
    func call(
        _ method: APIMethod, _ path: String, _ body: JSONValue? = nil
    ) throws(CommandFailure) -> ServerReply {
        let reply = try reply(method, path, body)
        guard reply.isGood else { throw RefusedReply(reply).failure }
        return try ServerReply(reply)
    }

    /// What is at a path, in the form that the server gives it.
    func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
        let reply = try reply(.get, path)
        guard reply.isGood else { throw RefusedReply(reply).failure }
        return reply.body
    }

    /// The object at a path; nil when there is nothing.
    func object(_ path: String) throws(CommandFailure) -> JSONObject? {
        let reply = try reply(.get, path)
        if reply.status == 404 { return nil }
        guard reply.isGood else { throw RefusedReply(reply).failure }
        return try ServerReply(reply).value.objectValue
    }

    /// Calls and returns the reply, whatever its status.
    func reply(
        _ method: APIMethod, _ path: String, _ body: JSONValue? = nil
    ) throws(CommandFailure) -> APIReply {
        let headers = organization.map { [APIHeader(name: "X-Organization-Id", value: $0)] } ?? []
        do {
            return try client.call(method, path, headers: headers, body: body?.bytes())
        } catch {
            throw error.failure(connection.server)
        }
    }

    private static func token(
        _ file: Settings.TokenFile, _ context: CommandContext
    ) throws(CommandFailure) -> String? {
        // Much of the API needs no token, and a client on another machine has no data folder.
        try SecretFile.text(
            of: file.path, "token", isRequired: file.isRequired, context)
    }
}
