import Engine
import JSON
import Station

/// 002: where a device is, told by who manages it or by the device itself with its key.
struct DeviceLocationRoutes: Sendable {
    let station: FieldStation

    private static let path = "/api/v1/controller/device/{id}/"

    var routes: [Route] {
        [
            Route("GET", Self.path + "location/", show, operations.show),
            Route("PUT", Self.path + "location/", put, operations.put),
            Route("GET", Self.path + "coordinates/", coordinates, operations.coordinates),
            Route("PUT", Self.path + "coordinates/", report, operations.report),
            Route("PATCH", Self.path + "coordinates/", reportAgain, operations.reportAgain),
        ]
    }

    private var operations: DeviceLocationOperations {
        DeviceLocationOperations(limits: station.limits)
    }

    private var access: Access { Access(station: station) }

    private func location(of device: Device) -> MobileLocation? {
        device.location.flatMap { id in station.locations.enter { $0.location(id) } }
    }

    // MARK: Its manager's

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .viewDevice)
        _ = try access.managed(request, anyOf: .viewLocation, .changeLocation)
        guard let location = location(of: device) else { throw APIError(404, "Not found.") }
        return .object(Self.json(location))
    }

    /// Puts the device at a location that there is, or at a new one; 201 when it had none.
    private func put(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try access.device(request, anyOf: .changeDevice)
        let hadLocation = location(of: device) != nil
        let location: MobileLocation
        switch try request.object()["location"] {
        case .string(let id)?:
            _ = try access.managed(request, anyOf: .viewLocation, .changeLocation)
            let found = station.locations.enter { $0.location(id) }
            guard let found, found.enter({ $0.location.organization }) == device.organization else {
                throw APIError(
                    field: "location", "Invalid pk \"\(id)\" - object does not exist.")
            }
            location = found
        case .object(let body)?:
            _ = try access.managed(request, anyOf: .addLocation)
            location = try WrittenLocation(body).add(to: device.organization, station)
        default:
            throw APIError(field: "location", "Must be the id of a location, or a new one.")
        }
        place(device, at: location)
        return .object(Self.json(location), status: hadLocation ? 200 : 201)
    }

    private func place(_ device: Device, at location: MobileLocation) {
        let id = location.enter { $0.location.id }
        // The device was looked up in this turn, so it is there.
        station.devices.enter { try? $0.place(device.id, at: id) }
    }

    private static func json(_ location: MobileLocation) -> JSONObject {
        ["location": .object(location.enter { $0.location }.json)]
    }

    // MARK: The device's own

    /// The device that the key belongs to: the key is the whole authentication.
    private func reporter(_ request: APIRequest) throws(APIError) -> Device {
        let device = station.devices.enter { $0.device(request[parameter: "id"]) }
        guard let device else { throw APIError(404, "Not found.") }
        guard let key = request.query("key"), device.isKey(key) else {
            throw APIError(403, "You do not have permission to perform this action.")
        }
        return device
    }

    private func coordinates(_ request: APIRequest) throws(APIError) -> Reply {
        guard let location = location(of: try reporter(request)) else {
            throw APIError(404, "Not found.")
        }
        return .object(Self.feature(location))
    }

    /// Makes the location when the device has none: outdoors, mobile, with the device's name.
    private func report(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try reporter(request)
        let sighting = try Self.sighting(request)
        if let location = location(of: device) { return see(location, sighting) }
        var description = Location.Description(name: device.description.name)
        description.isMobile = true
        let wanted = description
        let location = try station.locations.enter(throwing: APIError.init) {
            (locations) throws(LocationError) in
            try locations.add(wanted, to: device.organization)
        }
        place(device, at: location)
        location.enter { $0.see(sighting) }
        let id = location.enter { $0.location.id }
        return .object(Self.feature(location)).noted(AuditNote(details: "made location \(id)"))
    }

    private func reportAgain(_ request: APIRequest) throws(APIError) -> Reply {
        let device = try reporter(request)
        guard let location = location(of: device) else { throw APIError(404, "Not found.") }
        return see(location, try Self.sighting(request))
    }

    private func see(_ location: MobileLocation, _ report: SightingReport) -> Reply {
        location.enter { $0.see(report) }
        // Where it is and was is kept in its trail.
        return .object(Self.feature(location)).noted(AuditNote(isSilent: true))
    }

    /// The body is a GeoJSON Feature; its properties may say `time` and `accuracy`.
    private static func sighting(_ request: APIRequest) throws(APIError) -> SightingReport {
        let body = try request.object()
        if let type = body["type"], type != .string("Feature") {
            throw APIError(field: "type", "Must be a GeoJSON Feature.")
        }
        let properties: JSONObject
        switch body["properties"] {
        case nil, .null?: properties = [:]
        case .object(let object)?: properties = object
        default: throw APIError(field: "properties", "Must be an object.")
        }
        guard case .seen(let report) = try WrittenGeometry(body, details: properties) else {
            throw APIError(field: "geometry", "No geometry value provided.")
        }
        return report
    }

    private static func feature(_ location: MobileLocation) -> JSONObject {
        let location = location.enter { $0.location }
        return [
            "type": .string("Feature"),
            "geometry": location.sighting.map { $0.point.json } ?? .null,
            "properties": .object(["name": .string(location.description.name)]),
        ]
    }
}
