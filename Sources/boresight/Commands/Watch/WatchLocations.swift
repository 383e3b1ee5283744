import Engine
import JSON

/// `boresight watch locations`: where mobile locations go, line by line.
enum WatchLocations {
    private static let location = Argument<String>(
        "LOCATION", optional: true, "only this one, by name or id")

    static let command = Command(
        "locations", "Follow mobile locations, one line an update",
        discussion: WatchCommands.discussion,
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
        let follower = SocketFollower(
            connection: api.connection, path: path, remedy: remedy, context: context)
        // Degrees have six decimals, metres one. The message has no time: it is told as it comes.
        try follower.follow(
            as: invocation.outputFormat,
            [
                ("time", .left(24)), ("name", .left(16)), ("latitude", .right(11)),
                ("longitude", .right(11)), ("altitude", .right(8)),
            ]
        ) { location in
            [context.now().text(.milliseconds), Words.text(location["name"])]
                + LocationText.coordinates(location)
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
}
