import JSON

/// `boresight station`: where the antenna stands.
enum Station {
    static let command = Command(
        "station", "Show where the antenna stands and who says so", options: ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let reply = try ServerAPI.connect(invocation, context).call(.get, "/api/station")
        context.print(reply.text(as: invocation.outputFormat, describe))
        return .success
    }

    private static func describe(_ station: JSONObject) -> String {
        var rows = [["source", Words.text(station["source"])]]
        rows.append(["fix", Words.text(station["fix"])])
        rows.append(["latitude", Words.text(station["latitude"], unit: "°")])
        rows.append(["longitude", Words.text(station["longitude"], unit: "°")])
        rows.append(["altitude", Words.text(station["altitude"], unit: " m")])
        rows.append(["satellites", Words.text(station["satellites_used"])])
        rows.append(["time", Words.text(station["time"])])
        rows.append(["age", Words.text(station["age_seconds"], unit: " s")])
        return Table(rows: rows).text
    }
}
