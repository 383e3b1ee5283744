import JSON

/// `boresight rotor position`.
enum RotorPosition {
    static let command = Command(
        "position", "Show where a rotor points",
        arguments: [RotorName.optionalArgument.declaration], options: ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = try RotorName.path(invocation[RotorName.optionalArgument], invocation, api)
        let reply = try api.call(.get, path + "/position")
        context.print(reply.text(as: invocation.outputFormat, describe))
        return .success
    }

    private static func describe(_ position: JSONObject) -> String {
        var rows = [
            ["rotor", Words.text(position["rotor_name"])],
            ["azimuth", Words.text(position["azimuth"], unit: "°")],
            ["elevation", Words.text(position["elevation"], unit: "°")],
            ["moving", Words.text(position["moving"])],
            ["mode", Words.text(position["mode"])],
            ["time", Words.text(position["timestamp"])],
            ["age", Words.text(position["age_seconds"], unit: " s")],
        ]
        if let aim = position["aim"]?.objectValue {
            let azimuth = Words.text(aim["azimuth"], unit: "°")
            rows.append(["turning to", "\(azimuth), \(Words.text(aim["elevation"], unit: "°"))"])
        }
        if let owner = position["owner"] { rows.append(["owner", Words.text(owner)]) }
        return Table(rows: rows).text
    }
}
