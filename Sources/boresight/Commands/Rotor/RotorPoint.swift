import JSON

/// `boresight rotor point`.
enum RotorPoint {
    private static let azimuth = Argument<Degrees>(
        "AZIMUTH", optional: true, "degrees from true north, clockwise")
    private static let elevation = Argument<Degrees>(
        "ELEVATION", optional: true, "degrees above the horizon")
    private static let point = Option<WrittenPosition>("at", "point at this place instead")
    private static let location = Option<String>(
        "location", placeholder: "LOCATION", "point at this mobile location instead")

    static let command = Command(
        "point", "Turn a rotor to a direction, a place or a mobile location",
        arguments: [
            RotorName.argument.declaration, azimuth.declaration, elevation.declaration,
        ],
        options: [point.declaration, location.declaration] + ServerAPI.options, run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let api = try ServerAPI.connect(invocation, context)
        let target = try target(invocation, api)
        let path = try RotorName.path(invocation[RotorName.argument], invocation, api)
        let reply = try api.call(.post, path + "/point", target)
        context.print(
            reply.text(as: invocation.outputFormat) { answer in
                "turning to azimuth \(Words.text(answer["azimuth"], unit: "°")), "
                    + "elevation \(Words.text(answer["elevation"], unit: "°"))\n"
            })
        return .success
    }

    /// Exactly one of the three ways to say where.
    private static func target(
        _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> JSONValue {
        switch (
            invocation[azimuth], invocation[elevation], invocation[point], invocation[location]
        ) {
        case (let azimuth?, let elevation?, nil, nil):
            return [
                "azimuth": .number(azimuth.value), "elevation": .number(elevation.value),
            ]
        case (nil, nil, let point?, nil):
            return ["target_type": .string("point"), "target_id": .string(point.text)]
        case (nil, nil, nil, let location?):
            // Who may turn a rotor need not have the right to look locations up.
            let id =
                LocationName.isID(location)
                ? location : try LocationName.find(location, invocation, api).id
            return ["target_type": .string("location"), "target_id": .string(id)]
        case (_?, nil, nil, nil):
            throw invocation.usageFailure("ELEVATION is missing")
        case (nil, nil, nil, nil):
            throw invocation.usageFailure(
                "say where to: AZIMUTH ELEVATION, --at LAT,LON or --location LOCATION")
        default:
            throw invocation.usageFailure(
                "AZIMUTH ELEVATION, --at and --location exclude each other")
        }
    }
}
