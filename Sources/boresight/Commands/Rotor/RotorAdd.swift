import JSON

/// `boresight rotor add`.
enum RotorAdd {
    private enum Driver: String, TextChoice {
        case rotctld
        case simulated
    }

    private enum Kind: String, TextChoice {
        case azel
        case az
    }

    private static let name = Argument<String>("NAME", "what the rotor will be called")
    private static let driver = Option<Driver>("driver", default: "rotctld", "what moves it")
    private static let host = Option<HostPort>(
        "rotctld", default: "127.0.0.1:4533", "where its rotctld listens")
    private static let kind = Option<Kind>("type", default: "azel", "the axes it has")
    private static let device = Option<String>(
        "device", placeholder: "ID", "whoever leases this device has the rotor alone")
    /// Options that are one number of the request, by their key in it.
    private static let angles: [(key: String, option: Option<Degrees>)] = [
        ("min_azimuth", Option("min-azimuth", "the least azimuth it may turn to")),
        ("max_azimuth", Option("max-azimuth", "the greatest; over 360 where it overlaps")),
        ("min_elevation", Option("min-elevation", "the least elevation")),
        ("max_elevation", Option("max-elevation", "the greatest; 180 where it can flip")),
        ("park_az", Option("park-azimuth", "where 'park' leaves it")),
        ("park_el", Option("park-elevation", "where 'park' leaves it")),
        ("deadband", Option("deadband", "leave it where it is while it is off by less")),
    ]

    static let command = Command(
        "add", "Set up a rotor", arguments: [name.declaration],
        options: [driver.declaration, host.declaration, kind.declaration, device.declaration]
            + angles.map(\.option.declaration) + ServerAPI.options,
        run: run)

    private static func run(
        _ invocation: Invocation, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        var rotor = JSONObject()
        rotor["name"] = .string(try invocation.required(name))
        if let driver = invocation[driver] { rotor["driver"] = .string(driver.rawValue) }
        if let kind = invocation[kind] { rotor["rotor_type"] = .string(kind.rawValue) }
        if let host = invocation[host] {
            rotor["host"] = .string(host.host)
            rotor["port"] = .integer(Int64(host.port))
        }
        if let device = invocation[device] { rotor["device"] = .string(device) }
        for (key, option) in angles {
            if let angle = invocation[option] { rotor[key] = .number(angle.value) }
        }
        let api = try ServerAPI.connect(invocation, context)
        let reply = try api.call(.post, "/api/rotors", .object(rotor))
        context.print(
            reply.text(as: invocation.outputFormat) { rotor in
                "rotor \(Words.text(rotor["id"])) is \(Words.text(rotor["name"]))\n"
            })
        return .success
    }
}
