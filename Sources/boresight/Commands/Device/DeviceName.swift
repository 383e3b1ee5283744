import JSON

/// How a person names a device: by its id, or by its name in the organisations that they act for.
enum DeviceName {
    static let argument = Argument<String>("DEVICE", "the device's name or id")
    static let path = "/api/v1/controller/device/"

    /// A device with the organisation that it is found in.
    struct Found {
        let device: Lookup.Thing
        let organization: Organizations.Organization

        /// Where those who manage the device find it.
        var path: String { "\(DeviceName.path)\(device.id)/" }
    }

    /// The devices of the organisation that was named, else of all that the caller acts for.
    ///
    /// From the list of 001, because every member may read that one.
    static func all(
        _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> [Found] {
        var found: [Found] = []
        for organization in try Organizations(invocation, api).wanted {
            let list = try api.acting(on: organization.id).call(.get, "/api/v1/devices").value
            let objects = list.objectValue?["data"]?.arrayValue?.compactMap(\.objectValue) ?? []
            found += objects.compactMap(Lookup.Thing.init).map {
                Found(device: $0, organization: organization)
            }
        }
        return found
    }

    /// The device that a person means.
    static func find(
        _ name: String, _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> Found {
        let all = try all(invocation, api)
        let device = try Lookup("device", all.map(\.device)).thing(name)
        guard let found = all.first(where: { $0.device.id == device.id }) else {
            throw CommandFailure(.failure, "there is no device '\(Words.printable(name))'")
        }
        return found
    }

    static func find(
        _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> Found {
        try find(try invocation.required(argument), invocation, api)
    }
}
