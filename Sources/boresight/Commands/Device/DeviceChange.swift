import JSON

/// `boresight device change`.
enum DeviceChange {
    private static let name = Option<String>("name", "call it this")

    static let command = Command(
        "change", "Change what is said of a device",
        discussion: "What no option names stays as it is; an empty text takes it away.",
        arguments: [DeviceName.argument.declaration],
        options: [name.declaration, Organizations.option.declaration] + DeviceDescription.options
            + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var changes = try DeviceDescription.members(invocation, context)
        if let name = invocation[name] { changes["name"] = .string(name) }
        guard !changes.members.isEmpty else {
            throw invocation.usageFailure("say what to change")
        }
        let api = try ServerAPI.connect(invocation, context)
        let path = try DeviceName.find(invocation, api).path
        let reply = try api.call(.patch, path, .object(changes))
        context.print(reply.text(as: invocation.outputFormat) { _ in "changed\n" })
        return .success
    }
}
