import Engine
import JSON
import Station

/// 002 devices: who manages an organisation manages its devices.
struct DeviceRoutes: Sendable {
    let station: FieldStation

    private static let path = "/api/v1/controller/device/"

    var routes: [Route] {
        [
            Route("GET", Self.path, list, operations.list),
            Route("POST", Self.path, add, operations.add),
            Route("GET", Self.path + "{id}/", show, operations.show),
            Route("PUT", Self.path + "{id}/", replace, operations.replace),
            Route("PATCH", Self.path + "{id}/", change, operations.change),
            Route("DELETE", Self.path + "{id}/", delete, operations.delete),
        ]
    }

    private var operations: DeviceOperations { DeviceOperations(limits: station.limits) }
    private var access: Access { Access(station: station) }

    // MARK: Answers

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let scope = try access.managed(request, anyOf: .viewDevice)
        let page = try Page(request)
        let devices = station.devices.enter { $0.all(in: scope) }
        return try page.reply(devices, path: Self.path) { .object(Self.json($0)) }
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        .object(Self.json(try access.device(request, anyOf: .viewDevice)))
    }

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        let scope = try access.managed(request, anyOf: .addDevice)
        let body = try request.object()
        let organization = try access.organization(body, in: scope)
        let description = try Self.description(body, base: nil)
        let key = try WrittenText.optional(body, "key") ?? SecretToken(from: station.core).text
        let connections = ConnectionRoutes(station: station)
        let device = try connections.first(in: body) { () throws(APIError) in
            try devices { (devices) throws(DeviceError) in
                try devices.add(description, key: key, to: organization.id)
            }
        }
        var json = Self.json(device)
        // Told this once: only its hash is kept.
        json["key"] = .string(key)
        return .object(json, status: 201)
    }

    private func replace(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .changeDevice)
        let body = try request.object()
        return try change(device, try Self.description(body, base: nil), body)
    }

    private func change(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .changeDevice)
        let body = try request.object()
        return try change(device, try Self.description(body, base: device.description), body)
    }

    private func change(
        _ device: Device, _ description: Device.Description, _ body: JSONObject
    ) throws(APIError) -> Reply {
        let key = try WrittenText.optional(body, "key")
        let changed = try devices { (devices) throws(DeviceError) in
            try devices.change(device.id, to: description, key: key)
        }
        return .object(Self.json(changed))
    }

    private func delete(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .deleteDevice)
        if let lease = station.leases.enter({ $0.holder(of: device.id) }) {
            throw APIError(leasedBy: lease.user, since: lease.createdAt, station)
        }
        do throws(DeviceError) {
            try station.delete(device: device.id)
        } catch {
            throw Self.apiError(error)
        }
        return .empty(204)
    }

    private func devices<Result: Sendable>(
        _ call: (isolated Devices) throws(DeviceError) -> Result
    ) throws(APIError) -> Result {
        try station.devices.enter(throwing: Self.apiError, call)
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
        case .invalidKey:
            APIError(field: "key", "must be 43 letters, digits, hyphens and underscores")
        case .tooManyDevices: APIError(503, "there are too many devices")
        }
    }

    // MARK: JSON

    /// - Parameter base: what stays where the body says nothing; nil for nothing.
    private static func description(
        _ body: JSONObject, base: Device.Description?
    ) throws(APIError) -> Device.Description {
        guard let name = try WrittenText.optional(body, "name") ?? base?.name else {
            throw APIError(field: "name", "This field is required.")
        }
        var description = Device.Description(name: name)
        description.macAddress =
            try WrittenText.optional(body, "mac_address") ?? base?.macAddress ?? ""
        description.platform = try WrittenText.optional(body, "platform") ?? base?.platform ?? ""
        description.type = try WrittenText.optional(body, "type") ?? base?.type ?? ""
        description.osVersion =
            try WrittenText.optional(body, "os_version") ?? base?.osVersion ?? ""
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
            "created": .string(device.createdAt.text(.microsecondsIfAny)),
            "modified": .string(device.modifiedAt.text(.microsecondsIfAny)),
        ]
    }
}

extension Access {
    /// The device that a path names; 404 when it is not the caller's, as when there is none.
    func device(
        _ request: APIRequest, anyOf permissions: Permission...
    ) throws(APIError) -> Device {
        let scope = try managed(request, anyOf: permissions)
        let device = station.devices.enter { $0.device(request[parameter: "id"]) }
        guard let device, scope.contains(device.organization) else {
            throw APIError(404, "Not found.")
        }
        return device
    }
}
