import JSON

/// `boresight location add`.
enum LocationAdd {
    private static let name = Argument<String>("NAME", "what the location will be called")
    private static let at = Option<WrittenPosition>("at", "where it is")

    static let command = Command(
        "add", "Set up a location", arguments: [name.declaration],
        options: [at.declaration] + LocationDescription.options
            + [Organizations.option.declaration] + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var location = try LocationDescription.members(invocation)
        location["name"] = .string(try invocation.required(name))
        location["geometry"] = invocation[at]?.geometry
        let api = try ServerAPI.connect(invocation, context)
        let organization = try Organizations(invocation, api).acting()
        location["organization"] = .string(organization.id)
        let reply = try api.call(.post, LocationName.path, .object(location))
        context.print(
            reply.text(as: invocation.outputFormat) { location in
                "location \(Words.text(location["name"])) of "
                    + "\(Words.printable(organization.name)) is \(Words.text(location["id"]))\n"
            })
        return .success
    }
}
