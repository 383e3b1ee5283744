import JSON

/// What can be said of a rotor when it is set up or changed.
struct RotorSettingOptions {
    private enum Driver: String, TextChoice {
        case rotctld
        case simulated
    }

    private enum Kind: String, TextChoice {
        case azel
        case az
    }

    private let driver: Option<Driver>
    private let host: Option<HostPort>
    private let kind: Option<Kind>
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
    private static let keepOut = Option<KeepOutText>(
        "keep-out", repeatable: true,
        "never turn into or through these azimuths (and elevations), or none")

    /// - Parameter hasDefaults: whether what no option names is as help says, and not as it was.
    init(hasDefaults: Bool) {
        driver = Option("driver", default: hasDefaults ? "rotctld" : nil, "what moves it")
        host = Option(
            "rotctld", default: hasDefaults ? "127.0.0.1:4533" : nil, "where its rotctld listens")
        kind = Option("type", default: hasDefaults ? "azel" : nil, "the axes it has")
    }

    var declarations: [OptionDeclaration] {
        [driver.declaration, host.declaration, kind.declaration, Self.device.declaration]
            + Self.angles.map(\.option.declaration) + [Self.keepOut.declaration]
    }

    /// The members of a request that the invocation's options stand for.
    func json(_ invocation: Invocation) throws(CommandFailure) -> JSONObject {
        var rotor = JSONObject()
        if let driver = invocation[driver] { rotor["driver"] = .string(driver.rawValue) }
        if let kind = invocation[kind] { rotor["rotor_type"] = .string(kind.rawValue) }
        if let host = invocation[host] {
            rotor["host"] = .string(host.host)
            rotor["port"] = .integer(Int64(host.port))
        }
        if let device = invocation[Self.device] { rotor["device"] = .string(device) }
        for (key, option) in Self.angles {
            if let angle = invocation[option] { rotor[key] = .number(angle.value) }
        }
        let sectors = invocation.all(Self.keepOut)
        if !sectors.isEmpty {
            let named = sectors.compactMap(\.sector)
            guard named.isEmpty || named.count == sectors.count else {
                throw invocation.usageFailure("--keep-out none stands alone")
            }
            rotor["keep_out"] = .array(named.map { .object($0.json) })
        }
        return rotor
    }
}
