import JSON

/// `boresight device add`.
enum DeviceAdd {
    private static let name = Argument<String>("NAME", "what the device will be called")

    static let command = Command(
        "add", "Set up a device",
        discussion: """
            Prints the key with which the device itself reports where it is. The key is
            told this once; 'device change --key-file' gives the device another one.
            """,
        arguments: [name.declaration],
        options: [Organizations.option.declaration] + DeviceDescription.options
            + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        var device = try DeviceDescription.members(invocation, context)
        let isKeyOurs = device["key"] != nil
        device["name"] = .string(try invocation.required(name))
        let organization = try Organizations(invocation, api).acting()
        device["organization"] = .string(organization.id)
        let reply = try api.call(.post, DeviceName.path, .object(device))
        context.print(
            reply.text(as: invocation.outputFormat) { device in
                let text =
                    "device \(Words.text(device["name"])) of "
                    + "\(Words.printable(organization.name)) is \(Words.text(device["id"]))\n"
                guard !isKeyOurs else { return text }
                return text + "its key, told this once: \(Words.text(device["key"]))\n"
            })
        return .success
    }
}
