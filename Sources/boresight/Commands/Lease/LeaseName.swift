import JSON

/// How a person names a lease: by its id, or by the device that is leased.
enum LeaseName {
    static let argument = Argument<String>(
        "LEASE", "the lease's id, or the name of the device that is leased")

    /// A lease with the API that acts on its organisation.
    struct Found {
        let lease: JSONObject
        let api: ServerAPI

        var path: String { LeaseName.path(lease) }
    }

    static func path(_ lease: JSONObject) -> String {
        "/api/v1/sessions/" + PathSegment.encoded(lease["id"]?.stringValue ?? "")
    }

    static func find(
        _ invocation: Invocation, _ api: ServerAPI
    ) throws(CommandFailure) -> Found {
        let name = try invocation.required(argument)
        if LocationName.isID(name) {
            for organization in try Organizations(invocation, api).wanted {
                let api = api.acting(on: organization.id)
                if let lease = try api.object("/api/v1/sessions/" + name) {
                    return Found(lease: lease, api: api)
                }
            }
        }
        let found = try DeviceName.find(name, invocation, api)
        let api = api.acting(on: found.organization.id)
        let conditions = ["device=" + found.device.id, "active=true"]
        guard let lease = try api.leases(conditions, atMost: 1).first else {
            throw CommandFailure(
                .failure, "\(Words.printable(found.device.name)) is not leased")
        }
        return Found(lease: lease, api: api)
    }
}
