import JSON

/// `boresight location`: the noun and its shorter verbs.
enum LocationCommands {
    static let command = Command(
        "location", "List, set up and follow locations",
        discussion: """
            LOCATION is a location's name or id. Locations are for superusers, and for
            staff who manage or own the organisation, with the rights geo.view_location,
            geo.add_location, geo.change_location and geo.delete_location.
            'boresight watch locations' tells where the mobile ones go.
            """,
        verbs: [
            Command(
                "list", "List the locations",
                options: [Organizations.option.declaration] + ServerAPI.options, run: list),
            Command(
                "show", "Show where a location is, and all that is said of it",
                arguments: [LocationName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: show),
            LocationAdd.command, LocationChange.command,
            Command(
                "delete", "Forget a location and its trail",
                arguments: [LocationName.argument.declaration],
                options: [Organizations.option.declaration] + ServerAPI.options, run: delete),
            LocationReport.command, LocationTrail.command, LocationFollow.command,
        ])

    private static let columns = ["name", "type", "mobile", "latitude", "longitude", "altitude"]

    private static func list(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let locations = try LocationName.all(invocation, api)
        switch invocation.outputFormat {
        case .json:
            context.print(JSONValue.array(locations.map(JSONValue.object)).text + "\n")
        case .table:
            let rows = locations.map { location in
                ["name", "type", "is_mobile"].map { Words.text(location[$0]) }
                    + LocationText.coordinates(location) + [Words.text(location["id"])]
            }
            context.print(Table(header: columns + ["id"], rows: rows).text)
        }
        return .success
    }

    private static func show(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let location = try LocationName.find(invocation, api)
        guard invocation.outputFormat == .table else {
            context.print(JSONValue.object(location.object).text + "\n")
            return .success
        }
        let organization = try Organizations(invocation, api).name(
            of: location.object["organization"]?.stringValue)
        let source = try api.object("/v1/locations/\(location.id)/source")
        var rows = [["name", Words.printable(location.name)]]
        rows.append(["organization", Words.printable(organization)])
        rows.append(["type", Words.text(location.object["type"])])
        rows.append(["mobile", Words.text(location.object["is_mobile"])])
        rows.append(["address", Words.text(location.object["address"])])
        rows += zip(
            ["latitude", "longitude", "altitude"], LocationText.coordinates(location.object)
        )
        .map { [$0, $1] }
        rows.append(["follows", LocationText.source(source)])
        rows.append(["created", Words.text(location.object["created"])])
        rows.append(["modified", Words.text(location.object["modified"])])
        rows.append(["id", location.id])
        context.print(Table(rows: rows).text)
        return .success
    }

    private static func delete(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let path = LocationName.path(try LocationName.find(invocation, api))
        let reply = try api.call(.delete, path)
        context.print(reply.text(as: invocation.outputFormat) { _ in "deleted\n" })
        return .success
    }
}
