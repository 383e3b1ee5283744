import JSON

/// `boresight command`: what devices are told to do.
enum OrderCommands {
    private static let text = Argument<String>(
        "TEXT", afterDashes: true, "what the device's shell, or rotctld, is to run")
    private static let azimuth = Argument<Degrees>(
        "AZIMUTH", "degrees from true north, clockwise")
    private static let elevation = Argument<Degrees>("ELEVATION", "degrees above the horizon")
    private static let id = Argument<String>(
        "COMMAND", optional: true, "the command's id; without it the newest one")

    static let command = Command(
        "command", "Tell devices what to do",
        discussion: """
            Shows what the device prints while it prints it, and ends with 0 when the
            command has succeeded and with 1 when it has failed. Ctrl-C ends the waiting
            and not the command. It takes staff who manage the device's organisation,
            with the right config.change_device.
            """,
        verbs: [
            OrderVerb.command(
                "run", "Run a command line on a device", type: "custom",
                arguments: [text.declaration]
            ) { invocation, _ in
                // As ssh does: the device's shell takes it apart again.
                ["command": .string(invocation.all(text).joined(separator: " "))]
            },
            OrderVerb.command(
                "point", "Turn a rotor that is a device", type: "point",
                arguments: [azimuth.declaration, elevation.declaration]
            ) { invocation, _ throws(CommandFailure) in
                [
                    "azimuth": .number(try invocation.required(azimuth).value),
                    "elevation": .number(try invocation.required(elevation).value),
                ]
            },
            OrderVerb.command("stop", "Stop a rotor that is a device", type: "stop"),
            OrderVerb.command("park", "Park a rotor that is a device", type: "park"),
            OrderVerb.command("reboot", "Start a device anew", type: "reboot"),
            OrderVerb.command(
                "password", "Give a device's user another password, 6 to 30 characters long",
                type: "change_password", options: [PasswordFile.option.declaration],
                input: password),
            Command(
                "list", "List the commands of a device, the newest first",
                arguments: [DeviceName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: list),
            Command(
                "show", "Show a command and its output",
                arguments: [DeviceName.argument.declaration, id.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: show),
        ])

    private static func password(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> JSONValue? {
        guard let password = try PasswordFile.read(invocation, context) else {
            throw invocation.usageFailure("--password-file is missing")
        }
        return ["password": .string(password)]
    }

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = try DeviceName.find(invocation, api).path + "command/"
        let orders = try api.pages(path)
        switch invocation.outputFormat {
        case .json: context.print(JSONValue.array(orders.map(JSONValue.object)).text + "\n")
        case .table:
            let rows = orders.map { order in
                [
                    Words.text(order["created"]), Words.text(order["type"]),
                    OrderText.input(order), Words.text(order["status"]),
                    OrderText.lastLine(order), Words.text(order["id"]),
                ]
            }
            let header = ["created", "type", "input", "status", "output", "id"]
            context.print(Table(header: header, rows: rows).text)
        }
        return .success
    }

    private static func show(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let device = try DeviceName.find(invocation, api)
        let order: JSONObject?
        if let id = invocation[id] {
            order = try api.object(device.path + "command/\(PathSegment.encoded(id))/")
        } else {
            let page = try api.call(.get, device.path + "command/?page_size=1").value
            order = page.objectValue?["results"]?.arrayValue?.first?.objectValue
        }
        guard let order else {
            throw CommandFailure(
                .failure, "\(Words.printable(device.device.name)) has had no such command")
        }
        switch invocation.outputFormat {
        case .json: context.print(JSONValue.object(order).text + "\n")
        case .table: context.print(OrderText.description(order))
        }
        return .success
    }
}
