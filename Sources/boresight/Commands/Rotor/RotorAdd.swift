import JSON

/// `boresight rotor add`.
enum RotorAdd {
    private static let name = Argument<String>("NAME", "what the rotor will be called")
    private static let settings = RotorSettingOptions(hasDefaults: true)

    static let command = Command(
        "add", "Set up a rotor", arguments: [name.declaration],
        options: settings.declarations + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let named: JSONObject = ["name": .string(try invocation.required(name))]
        let rotor = named.joined(try settings.json(invocation))
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, "/api/rotors", .object(rotor))
        context.print(
            reply.text(as: invocation.outputFormat) { rotor in
                "rotor \(Words.text(rotor["id"])) is \(Words.text(rotor["name"]))\n"
            })
        return .success
    }
}
