import JSON

/// `boresight connection`: the ways to devices.
enum ConnectionCommands {
    private enum Driver: String, TextChoice {
        case ssh
        case rotctld
        case simulated
    }

    private static let driver = Argument<Driver>("DRIVER", Driver.placeholder)
    private static let address = Argument<RemoteAddress>(
        "ADDRESS", optional: true, "with ssh and rotctld: \(RemoteAddress.placeholder)")
    private static let newAddress = Option<RemoteAddress>("address", "reach the device there")

    static let command = Command(
        "connection", "Set up the ways to devices",
        discussion: """
            A command ('boresight command') takes the oldest connection of its device that
            can do it. Secrets come from files and are never shown again. An SSH server's
            key has to be known: the first command fails and says it; compare it with the
            device's and put it in with 'connection change --host-key'.
            """,
        verbs: [
            Command(
                "list", "List the connections of a device",
                arguments: [DeviceName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: list),
            Command(
                "show", "Show a connection's parameters",
                arguments: [DeviceName.argument.declaration, ConnectionName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: show),
            Command(
                "add", "Add a way to a device",
                arguments: [
                    DeviceName.argument.declaration, driver.declaration, address.declaration,
                ],
                options: ConnectionParametersText.options
                    + [Organizations.option.declaration] + ServerAPI.options,
                run: add),
            Command(
                "change", "Change a connection; what no option names stays as it is",
                arguments: [DeviceName.argument.declaration, ConnectionName.argument.declaration],
                options: [newAddress.declaration] + ConnectionParametersText.options
                    + [Organizations.option.declaration] + ServerAPI.options,
                run: change),
            Command(
                "delete", "Forget a connection",
                arguments: [DeviceName.argument.declaration, ConnectionName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: delete),
        ])

    /// The connection that the words mean, with its path.
    private static func found(
        _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> (connection: JSONObject, path: String) {
        let device = try DeviceName.find(invocation, api)
        let connection = try ConnectionName.find(
            invocation[ConnectionName.argument], of: device, api)
        return (connection.object, ConnectionName.path(connection, of: device))
    }

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = ConnectionName.path(try DeviceName.find(invocation, api))
        let connections = try api.pages(path)
        switch invocation.outputFormat {
        case .json: context.print(JSONValue.array(connections.map(JSONValue.object)).text + "\n")
        case .table:
            let rows = connections.map { connection in
                let parameters = connection["parameters"]?.objectValue ?? JSONObject()
                return [
                    Words.text(connection["driver"]), ConnectionParametersText.address(parameters),
                    Words.text(parameters["timeout"], unit: " s"), Words.text(connection["id"]),
                ]
            }
            context.print(Table(header: ["driver", "address", "timeout", "id"], rows: rows).text)
        }
        return .success
    }

    private static func show(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let connection = try found(invocation, try ServerAPI.connect(invocation, context))
            .connection
        switch invocation.outputFormat {
        case .json: context.print(JSONValue.object(connection).text + "\n")
        case .table:
            let parameters = connection["parameters"]?.objectValue ?? JSONObject()
            let rows =
                [["driver", Words.text(connection["driver"])]]
                + parameters.members.map {
                    [$0.key.replacing("_", with: " "), Words.text($0.value)]
                } + [["id", Words.text(connection["id"])]]
            context.print(Table(rows: rows).text)
        }
        return .success
    }

    private static func add(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let driver = try invocation.required(driver)
        var parameters = JSONObject()
        try ConnectionParametersText.put(
            into: &parameters, invocation[address], invocation, context)
        let api = try ServerAPI.connect(invocation, context)
        let device = try DeviceName.find(invocation, api)
        let reply = try api.call(
            .post, ConnectionName.path(device),
            ["driver": .string(driver.rawValue), "parameters": .object(parameters)])
        context.print(
            reply.text(as: invocation.outputFormat) { connection in
                "\(Words.printable(device.device.name)) is reached through "
                    + "\(Words.text(connection["driver"])), "
                    + "connection \(Words.text(connection["id"]))\n"
            })
        return .success
    }

    private static func change(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let (connection, path) = try found(invocation, api)
        // Secrets are hidden in it, and stay what they are where they are written so.
        let before = connection["parameters"]?.objectValue ?? JSONObject()
        var parameters = before
        try ConnectionParametersText.put(
            into: &parameters, invocation[newAddress], invocation, context)
        guard parameters != before else { throw invocation.usageFailure("say what to change") }
        let reply = try api.call(.patch, path, ["parameters": .object(parameters)])
        context.print(reply.text(as: invocation.outputFormat) { _ in "changed\n" })
        return .success
    }

    private static func delete(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.delete, try found(invocation, api).path)
        context.print(reply.text(as: invocation.outputFormat) { _ in "deleted\n" })
        return .success
    }
}
