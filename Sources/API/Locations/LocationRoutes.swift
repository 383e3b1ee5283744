import Engine
import JSON
import Station

/// 002 locations: who manages an organisation manages its locations.
struct LocationRoutes: Sendable {
    let station: FieldStation

    private static let path = "/api/v1/controller/location/"

    var routes: [Route] {
        [
            Route("GET", Self.path, list, operations.list),
            Route("POST", Self.path, add, operations.add),
            Route("GET", Self.path + "geojson/", map, operations.map),
            Route("GET", Self.path + "{id}/", show, operations.show),
            Route("PUT", Self.path + "{id}/", replace, operations.replace),
            Route("PATCH", Self.path + "{id}/", change, operations.change),
            Route("DELETE", Self.path + "{id}/", delete, operations.delete),
        ]
    }

    private var operations: LocationOperations { LocationOperations(limits: station.limits) }
    private var access: Access { Access(station: station) }

    // MARK: Reading

    private func all(_ request: APIRequest) throws(APIError) -> [MobileLocation] {
        let scope = try access.managed(request, anyOf: .viewLocation, .changeLocation)
        return station.locations.enter { $0.all(in: scope) }
    }

    private func list(_ request: APIRequest) throws(APIError) -> Reply {
        let locations = try all(request)
        return try Page(request).reply(locations, path: Self.path) { location in
            .object(location.enter { $0.location }.json)
        }
    }

    /// Everything at once: a map with a page of its markers would be a wrong map.
    private func map(_ request: APIRequest) throws(APIError) -> Reply {
        let features = try all(request).map { location in
            JSONValue.object(location.enter { $0.location }.feature)
        }
        return .object(["type": .string("FeatureCollection"), "features": .array(features)])
    }

    private func show(_ request: APIRequest) throws(APIError) -> Reply {
        let location = try access.location(request, anyOf: .viewLocation, .changeLocation)
        return .object(location.enter { $0.location }.json)
    }

    // MARK: Changing

    private func add(_ request: APIRequest) throws(APIError) -> Reply {
        let scope = try access.managed(request, anyOf: .addLocation)
        let body = try request.object()
        let organization = try access.organization(body, in: scope)
        let location = try WrittenLocation(body).add(to: organization.id, station)
        return .object(location.enter { $0.location }.json, status: 201)
    }

    private func replace(_ request: APIRequest) throws(APIError) -> Reply {
        try change(request, keepsRest: false)
    }

    private func change(_ request: APIRequest) throws(APIError) -> Reply {
        try change(request, keepsRest: true)
    }

    /// - Parameter keepsRest: whether what the body does not say stays as it is.
    private func change(_ request: APIRequest, keepsRest: Bool) throws(APIError) -> Reply {
        let location = try access.location(request, anyOf: .changeLocation)
        let before = location.enter { $0.location }
        let body = try request.object()
        if let organization = body["organization"], organization != .string(before.organization) {
            throw APIError(field: "organization", "A location stays in its organization.")
        }
        let written = try WrittenLocation(body, base: keepsRest ? before.description : nil)
        try written.change(location, station)
        return .object(location.enter { $0.location }.json)
    }

    private func delete(_ request: APIRequest) throws(APIError) -> Reply {
        let location = try access.location(request, anyOf: .deleteLocation)
        let id = location.enter { $0.location.id }
        try station.locations.enter(throwing: APIError.init) { (locations) throws(LocationError) in
            try locations.delete(id)
        }
        station.devices.enter { $0.forget(location: id) }
        return .empty(204)
    }
}

extension Access {
    /// The location that a path names; 404 when it is not the caller's, as when there is none.
    func location(
        _ request: APIRequest, anyOf permissions: Permission...
    ) throws(APIError) -> MobileLocation {
        let scope = try managed(request, anyOf: permissions)
        let location = station.locations.enter { $0.location(request[parameter: "id"]) }
        guard let location, scope.contains(location.enter { $0.location.organization }) else {
            throw APIError(404, "Not found.")
        }
        return location
    }

    /// The organisation that a body names; it must be one that the caller manages.
    func organization(
        _ body: JSONObject, in scope: OrganizationScope
    ) throws(APIError) -> Organization {
        guard let name = try WrittenText.optional(body, "organization") else {
            throw APIError(field: "organization", "This field is required.")
        }
        let organization = station.identity.enter { $0.organization(id: name) }
        guard let organization, scope.contains(organization.id) else {
            throw APIError(field: "organization", "Invalid pk \"\(name)\" - object does not exist.")
        }
        return organization
    }
}

extension APIError {
    init(_ error: LocationError) {
        switch error {
        case .unknownLocation: self.init(404, "Not found.")
        case .invalid(let field, let characters):
            self.init(
                field: field,
                "must have at most \(characters) characters on one line, and a name at least one")
        case .tooManyLocations: self.init(503, "there are too many locations")
        case .isNotMobile:
            self.init(409, "the location is not mobile; set is_mobile first", code: "not_mobile")
        }
    }
}
