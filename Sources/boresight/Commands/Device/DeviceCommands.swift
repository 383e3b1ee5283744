import JSON

/// `boresight device`: the noun and its shorter verbs.
enum DeviceCommands {
    static let command = Command(
        "device", "List and set up devices",
        discussion: """
            DEVICE is a device's name or id. Every member of an organisation sees its
            devices; setting them up takes staff who manage it, with the rights
            config.view_device, config.add_device, config.change_device and
            config.delete_device.
            """,
        verbs: [
            Command(
                "list", "List the devices, and whether they are leased",
                options: [Organizations.option.declaration] + ServerAPI.options, run: list),
            Command(
                "show", "Show all that is said of a device",
                arguments: [DeviceName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: show),
            DeviceAdd.command, DeviceChange.command,
            Command(
                "delete", "Forget a device", arguments: [DeviceName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: delete),
            Command(
                "place", "Say at which location a device is",
                arguments: [
                    DeviceName.argument.declaration, LocationName.argument.declaration,
                ],
                options: [Organizations.option.declaration] + ServerAPI.options, run: place),
        ])

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let isForPeople = invocation.outputFormat == .table
        let devices = try DeviceName.all(invocation, api).map { found in
            var device = found.device.object
            let organization = found.organization
            device["organization"] = .string(isForPeople ? organization.name : organization.id)
            return device
        }
        let table = ListTable(columns: [
            ("name", "name"), ("platform", "platform"), ("type", "type"), ("os", "osVersion"),
            ("leased", "leased"), ("organization", "organization"), ("id", "id"),
        ])
        context.print(table.text(devices, as: invocation.outputFormat))
        return .success
    }

    private static func show(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let found = try DeviceName.find(invocation, api)
        let reply = try api.call(.get, found.path)
        guard invocation.outputFormat == .table else {
            context.print(reply.value.text + "\n")
            return .success
        }
        let place = try api.object(found.path + "location/")?["location"]?.objectValue?["name"]
        context.print(reply.text(as: .table) { describe($0, found, place) })
        return .success
    }

    private static func describe(
        _ device: JSONObject, _ found: DeviceName.Found, _ place: JSONValue?
    ) -> String {
        Table(rows: [
            ["name", Words.text(device["name"])],
            ["organization", Words.printable(found.organization.name)],
            ["platform", Words.text(device["platform"])],
            ["type", Words.text(device["type"])],
            ["os version", Words.text(device["os_version"])],
            ["mac address", Words.text(device["mac_address"])],
            ["leased", Words.text(found.device.object["leased"])],
            ["location", Words.text(place)],
            ["created", Words.text(device["created"])],
            ["modified", Words.text(device["modified"])],
            ["id", Words.text(device["id"])],
        ]).text
    }

    private static func delete(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.delete, try DeviceName.find(invocation, api).path)
        context.print(reply.text(as: invocation.outputFormat) { _ in "deleted\n" })
        return .success
    }

    private static func place(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let device = try DeviceName.find(invocation, api)
        let location = try LocationName.find(invocation, api)
        let reply = try api.call(
            .put, device.path + "location/", ["location": .string(location.id)])
        context.print(
            reply.text(as: invocation.outputFormat) { _ in
                "\(Words.printable(device.device.name)) is at "
                    + "\(Words.printable(location.name))\n"
            })
        return .success
    }
}
