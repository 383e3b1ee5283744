import JSON

/// `boresight location report`: somebody has seen where it is.
enum LocationReport {
    private static let position = Argument<WrittenPosition>(
        WrittenPosition.placeholder, "where it is, in degrees and metres")
    private static let accuracy = Option<Metres>(
        "accuracy", "the radius within which it surely is")
    private static let time = Option<PastTime>(
        "time", default: "now", "when it was there; what is older than the last is not told")

    static let command = Command(
        "report", "Report where a location is",
        arguments: [LocationName.argument.declaration, position.declaration],
        options: [
            accuracy.declaration, time.declaration, Organizations.option.declaration,
        ] + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var report: JSONObject = ["geometry": try invocation.required(position).geometry]
        if let accuracy = invocation[accuracy] { report["accuracy"] = .number(accuracy.value) }
        if let time = invocation[time] { report["time"] = .string(time.text(context.now())) }
        let api = try ServerAPI.connect(invocation, context)
        let location = try LocationName.find(invocation, api)
        let reply = try api.call(.patch, LocationName.path(location), .object(report))
        context.print(
            reply.text(as: invocation.outputFormat) { location in
                "\(Words.text(location["name"])) is at \(LocationText.position(location))\n"
            })
        return .success
    }
}
