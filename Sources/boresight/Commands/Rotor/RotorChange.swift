import JSON

/// `boresight rotor change`.
enum RotorChange {
    private static let name = Option<String>(
        "name", placeholder: "NAME", "what it will be called from now on")
    private static let settings = RotorSettingOptions(hasDefaults: false)

    static let command = Command(
        "change", "Change a rotor's settings; what no option names stays as it is",
        discussion: """
            All sectors are named anew; '--keep-out none' leaves none. The rotor is
            stopped, and must not be tracking.
            """,
        arguments: [RotorName.argument.declaration],
        options: [name.declaration] + settings.declarations + ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var rotor = JSONObject()
        if let name = invocation[name] { rotor["name"] = .string(name) }
        rotor = rotor.joined(try settings.json(invocation))
        guard !rotor.members.isEmpty else { throw invocation.usageFailure("say what to change") }
        let api = try ServerAPI.connect(invocation, context)
        let path = try RotorName.path(invocation.required(RotorName.argument), invocation, api)
        let reply = try api.call(.put, path, .object(rotor))
        context.print(reply.text(as: invocation.outputFormat) { _ in "changed\n" })
        return .success
    }
}
