import Engine
import JSON
import Station

/// 002 devices: who manages an organisation manages its devices.
struct DeviceRoutes: Sendable {
    let station: FieldStation

    private static let path = "/api/v1/controller/device/"

    var routes: [Route] {
        [
            Route("GET", Self.path, list),
            Route("POST", Self.path, add),
            Route("GET", Self.path + "{id}/", show),
            Route("PUT", Self.path + "{id}/", replace),
            Route("PATCH", Self.path + "{id}/", change),
            Route("DELETE", Self.path + "{id}/", delete),
        ]
    }

    // MARK: Rights

    /// The organisations whose devices the caller may manage; nil for all. 403 without the right.
    private func managed(
        _ request: APIRequest, _ verb: String
    ) throws(APIError) -> Set<String>? {
        let caller = try Access(station: station).caller(request)
        if caller.user.isSuperuser { return caller.boundOrganization.map { [$0] } }
        guard caller.user.isStaff, caller.user.may(Permission("config.\(verb)_device")) else {
            throw APIError(403, "You do not have permission to perform this action.")
        }
        let managed = station.identity.enter { $0.organizationsManaged(by: caller.user.id) }
        return caller.boundOrganization.map { managed.intersection([$0]) } ?? managed
    }

    private func device(
        _ request: APIRequest, in organizations: Set<String>?
    ) throws(APIError) -> Device {
        let device = station.devices.enter { $0.device(request[parameter: "id"]) }
        guard let device, organizations?.contains(device.organization) ?? true else {
            throw APIError(404, "Not found.")
        }
        return device
    }

    // MARK: Answers

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let organizations = try managed(request, "view")
        let page = try Page(request)
        let devices = station.devices.enter { $0.all(of: organizations) }
        return try page.reply(devices, path: Self.path) { .object(Self.json($0)) }
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        .object(Self.json(try device(request, in: try managed(request, "view"))))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        let organizations = try managed(request, "add")
        let body = try request.object()
        guard let name = try Self.text(body, "organization") else {
            throw APIError(field: "organization", "This field is required.")
        }
        let organization = station.identity.enter { $0.organization(id: name) }
        guard let organization, organizations?.contains(organization.id) ?? true else {
            throw APIError(field: "organization", "Invalid pk \"\(name)\" - object does not exist.")
        }
        let description = try Self.description(body, base: nil)
        let device = try devices { (devices) throws(DeviceError) in
            try devices.add(description, to: organization.id)
        }
        return .object(Self.json(device), status: 201)
    }

    private func replace(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try device(request, in: try managed(request, "change"))
        return try change(device, try Self.description(try request.object(), base: nil))
    }

    private func change(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try device(request, in: try managed(request, "change"))
        let body = try request.object()
        return try change(device, try Self.description(body, base: device.description))
    }

    private func change(
        _ device: Device, _ description: Device.Description
    ) throws(APIError) -> Reply {
        let changed = try devices { (devices) throws(DeviceError) in
            try devices.change(device.id, to: description)
        }
        return .object(Self.json(changed))
    }

    private func delete(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try device(request, in: try managed(request, "delete"))
        if let lease = station.leases.enter({ $0.holder(of: device.id) }) {
            throw APIError(leasedBy: lease.user, since: lease.createdAt, station)
        }
        try devices { (devices) throws(DeviceError) in try devices.delete(device.id) }
        return .empty(204)
    }

    private func devices<Result: Sendable>(
        _ call: (isolated Devices) throws(DeviceError) -> Result
    ) throws(APIError) -> Result {
        do throws(DeviceError) {
            return try station.devices.enter(call)
        } catch {
            throw Self.apiError(error)
        }
    }

    private static func apiError(_ error: DeviceError) -> APIError {
        switch error {
        case .unknownDevice: APIError(404, "Not found.")
        case .nameIsTaken:
            APIError(field: "name", "a device of this organization has this name already")
        case .invalid(let field, let characters):
            APIError(
                field: field,
                "must have at most \(characters) characters, and a name at least one")
        case .invalidMACAddress:
            APIError(field: "mac_address", "must be six pairs of hexadecimal digits")
        case .tooManyDevices: APIError(503, "there are too many devices")
        }
    }

    // MARK: JSON

    private static func text(_ body: JSONObject, _ key: String) throws(APIError) -> String? {
        switch body[key] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw APIError(field: key, "Not a valid string.")
        }
    }

    /// - Parameter base: what stays where the body says nothing; nil for nothing.
    private static func description(
        _ body: JSONObject, base: Device.Description?
    ) throws(APIError) -> Device.Description {
        guard let name = try text(body, "name") ?? base?.name else {
            throw APIError(field: "name", "This field is required.")
        }
        var description = Device.Description(name: name)
        description.macAddress = try text(body, "mac_address") ?? base?.macAddress ?? ""
        description.platform = try text(body, "platform") ?? base?.platform ?? ""
        description.type = try text(body, "type") ?? base?.type ?? ""
        description.osVersion = try text(body, "os_version") ?? base?.osVersion ?? ""
        return description
    }

    private static func json(_ device: Device) -> JSONObject {
        [
            "id": .string(device.id), "name": .string(device.description.name),
            "organization": .string(device.organization),
            "mac_address": .string(device.description.macAddress),
            "platform": .string(device.description.platform),
            "type": .string(device.description.type),
            "os_version": .string(device.description.osVersion),
            "created": .string(device.createdAt.text(.microseconds)),
            "modified": .string(device.modifiedAt.text(.microseconds)),
        ]
    }
}
