import Engine
import JSON

/// `boresight watch locations`: where mobile locations go, line by line.
enum WatchLocations {
    private static let location = Argument<String>(
        "LOCATION", optional: true, "only this one, by name or id")

    static let command = Command(
        "locations", "Follow mobile locations, one line an update",
        discussion: """
            Goes on across restarts of the server and lost connections, and says so on
            standard error. Ctrl-C ends it. With --output json each line is the server's
            message as it came.
            """,
        arguments: [location.declaration],
        options: [Organizations.option.declaration] + ServerAPI.options, run: run)

    private static let path = "/ws/loci/location/"
    private static let remedy =
        "watching locations takes a superuser's token, or one of staff with the right "
        + "geo.view_location who manage or own the organisation: --token-file FILE"

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        context.endOnInterrupt()
        let api = try ServerAPI.connect(invocation, context)
        var path = path
        if let name = invocation[location] {
            let found = try find(name, invocation, api)
            path += found.id + "/"
            if found.object["is_mobile"] == .bool(false) {
                context.printError(
                    "boresight: \(Words.printable(found.name)) is not mobile, so "
                        + "its updates are not told: boresight location change --mobile\n")
            }
        }
        let format = invocation.outputFormat
        let follower = SocketFollower(
            connection: api.connection, path: path, remedy: remedy, context: context)
        try follower.follow {
            if format == .table { context.print(line(header)) }
        } hear: { message in
            switch format {
            case .json: context.print(MessageLine.json(message))
            case .table: context.print(line(row(message, context)))
            }
            return true
        }
        return .success
    }

    /// Who may not see locations may not watch them either.
    private static func find(
        _ name: String, _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> Lookup.Thing {
        let reply = try api.reply(.get, LocationName.path + "?page_size=1")
        guard reply.status != 403 else {
            throw CommandFailure(.failure, RefusedReply(reply).failure.message, hint: remedy)
        }
        return try LocationName.find(name, invocation, api)
    }

    private static let header = ["TIME", "NAME", "LATITUDE", "LONGITUDE", "ALTITUDE"]
    /// A time with milliseconds, a short name, degrees with six decimals, metres.
    private static let widths = [24, 16, 11, 11, 8]

    /// The message has no time: it is told as the update comes.
    private static func row(_ message: String, _ context: CommandContext) -> [String] {
        let location = (try? JSONReader.read(Array(message.utf8)))?.objectValue ?? JSONObject()
        return [context.now().text(.milliseconds), Words.text(location["name"])]
            + LocationText.coordinates(location)
    }

    private static func line(_ cells: [String]) -> String {
        let padded = zip(cells, widths).enumerated().map { index, cell in
            let blanks = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index < 2 ? cell.0 + blanks : blanks + cell.0
        }
        return padded.joined(separator: "  ") + "\n"
    }
}
