import JSON

/// A verb of `boresight command` that tells a device what to do and waits for what comes of it.
enum OrderVerb {
    private static let connection = Option<String>(
        "connection", placeholder: "CONNECTION", default: "the oldest one that can do it",
        "the way to the device, by driver or id")
    private static let expiry = Option<WrittenDuration>(
        "expires", default: "at the first attempt",
        "keep trying to reach a device that is away for this time")
    private static let noWait = Flag("no-wait", "print the command's id and end")

    /// - Parameter input: what the device is told besides the type, and nil for nothing.
    static func command(
        _ name: String, _ summary: String, discussion: String = "", type: String,
        arguments: [ArgumentDeclaration] = [], options: [OptionDeclaration] = [],
        input:
            @escaping @Sendable (Invocation, CommandContext) throws(CommandFailure) -> JSONValue? =
            {
                _, _ in nil
            }
    ) -> Command {
        Command(
            name, summary, discussion: discussion,
            arguments: [DeviceName.argument.declaration] + arguments,
            options: options + [
                connection.declaration, expiry.declaration, noWait.declaration,
                Organizations.option.declaration,
            ] + ServerAPI.options
        ) { invocation, context throws(CommandFailure) in
            let input = try input(invocation, context)
            return try run(type, input, invocation, context)
        }
    }

    private static func run(
        _ type: String, _ input: JSONValue?, _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let device = try DeviceName.find(invocation, api)
        var order: JSONObject = ["type": .string(type), "input": input ?? .null]
        if let connection = invocation[connection] {
            order["connection"] = .string(
                try ConnectionName.find(connection, of: device, api).id)
        }
        if let expiry = invocation[expiry] {
            order["expires_in"] = .number(expiry.duration / .seconds(1))
        }
        let made = try api.call(.post, device.path + "command/", .object(order))
        guard !invocation[noWait], let object = made.value.objectValue else {
            context.print(
                made.text(as: invocation.outputFormat) { "command \(Words.text($0["id"]))\n" })
            return .success
        }
        let id = PathSegment.encoded(object["id"]?.stringValue ?? "")
        let follower = OrderFollower(
            path: device.path + "command/\(id)/", api: api, context: context)
        let isForPeople = invocation.outputFormat == .table
        let ended = try follower.follow(object) { output in
            if isForPeople { context.print(OrderText.output(output)) }
        }
        if !isForPeople { context.print(JSONValue.object(ended).text + "\n") }
        return .success
    }
}
