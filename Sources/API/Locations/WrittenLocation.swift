import Engine
import JSON
import Station

/// A location as a request describes it.
struct WrittenLocation {
    private let description: Location.Description
    private let geometry: WrittenGeometry

    /// - Parameter base: what stays where the body says nothing; nil for the defaults.
    init(_ body: JSONObject, base: Location.Description? = nil) throws(APIError) {
        guard let name = try WrittenText.optional(body, "name") ?? base?.name else {
            throw APIError(field: "name", "This field is required.")
        }
        var description = Location.Description(name: name)
        description.address = try WrittenText.optional(body, "address") ?? base?.address ?? ""
        description.kind = try Self.kind(body) ?? base?.kind ?? .outdoor
        description.isMobile = try Self.isMobile(body) ?? base?.isMobile ?? false
        self.description = description
        geometry = try WrittenGeometry(body, details: body)
    }

    private static func kind(_ body: JSONObject) throws(APIError) -> Location.Kind? {
        guard let text = try WrittenText.optional(body, "type") else { return nil }
        guard let kind = Location.Kind(rawValue: text) else {
            throw APIError(field: "type", "\"\(text)\" is not a valid choice.")
        }
        return kind
    }

    private static func isMobile(_ body: JSONObject) throws(APIError) -> Bool? {
        switch body["is_mobile"] {
        case nil: return nil
        case .bool(let flag)?: return flag
        default: throw APIError(field: "is_mobile", "Must be a valid boolean.")
        }
    }

    func add(to organization: String, _ station: FieldStation) throws(APIError) -> MobileLocation {
        let location = try station.locations.enter(throwing: APIError.init) {
            (locations) throws(LocationError) in try locations.add(description, to: organization)
        }
        if case .seen(let report) = geometry { location.enter { $0.see(report) } }
        return location
    }

    /// Changes what differs: a new position alone is no change of the description.
    func change(_ location: MobileLocation, _ station: FieldStation) throws(APIError) {
        try station.locations.enter(throwing: APIError.init) { (locations) throws(LocationError) in
            try locations.check(description)
        }
        location.enter { location in
            if location.location.description != description { location.describe(description) }
            switch geometry {
            case .absent: break
            case .null: location.lose()
            case .seen(let report): location.see(report)
            }
        }
    }
}
