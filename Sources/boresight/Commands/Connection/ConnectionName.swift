import JSON

/// How a person names a way to a device: by its id, by its driver, or not at all when there is one.
enum ConnectionName {
    static let argument = Argument<String>(
        "CONNECTION", optional: true,
        "the connection's id or driver; not needed when there is one only")

    static func path(_ device: DeviceName.Found) -> String { device.path + "connection/" }

    static func path(_ connection: Lookup.Thing, of device: DeviceName.Found) -> String {
        path(device) + connection.id + "/"
    }

    static func find(
        _ name: String?, of device: DeviceName.Found, _ api: ServerAPI
    ) throws(CommandFailure) -> Lookup.Thing {
        let things = try api.pages(path(device)).compactMap { connection in
            Lookup.Thing(connection).map {
                Lookup.Thing(
                    id: $0.id, name: connection["driver"]?.stringValue ?? $0.name,
                    object: connection)
            }
        }
        let lookup = Lookup(
            "connection", things, remedy: "add one: boresight connection add DEVICE DRIVER")
        if let name { return try lookup.thing(name) }
        guard let only = things.first else { throw lookup.none }
        guard things.count == 1 else {
            throw CommandFailure(
                .usage,
                "name a connection: "
                    + things.map { "\($0.id) (\($0.name))" }
                    .joined(separator: ", "))
        }
        return only
    }
}
