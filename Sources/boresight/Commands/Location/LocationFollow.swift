import JSON

/// `boresight location follow`: whose positions a location takes as its own.
enum LocationFollow {
    private enum Source: String, TextChoice {
        case station
        case session
        case nobody
    }

    private static let source = Argument<Source>("SOURCE", Source.placeholder)
    private static let token = Argument<SessionToken>(
        "TOKEN", optional: true,
        "with session: the pairing session's token, or the address that its QR code holds")

    static let command = Command(
        "follow", "Let a mobile location follow the station's receiver or a phone",
        arguments: [
            LocationName.argument.declaration, source.declaration, token.declaration,
        ],
        options: [Organizations.option.declaration] + ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let body = try body(invocation)
        let api = try ServerAPI.connect(invocation, context)
        let location = try LocationName.find(invocation, api)
        let path = "/v1/locations/\(location.id)/source"
        let reply = try api.call(body == nil ? .delete : .put, path, body)
        context.print(
            reply.text(as: invocation.outputFormat) { source in
                "\(Words.printable(location.name)) follows \(LocationText.source(source))\n"
            })
        return .success
    }

    /// Nil for nobody.
    private static func body(_ invocation: Invocation) throws(CommandFailure) -> JSONValue? {
        switch (try invocation.required(source), invocation[token]) {
        case (.session, nil): throw invocation.usageFailure("TOKEN is missing")
        case (.session, let token?):
            return ["type": .string("session"), "token": .string(token.text)]
        case (_, _?): throw invocation.usageFailure("TOKEN goes with session only")
        case (.station, nil): return ["type": .string("station")]
        case (.nobody, nil): return nil
        }
    }
}
