import JSON

/// What can be said of a location on the command line.
enum LocationDescription {
    private enum Kind: String, TextChoice {
        case outdoor
        case indoor
    }

    private static let address = Option<FreeText>("address", "its postal address")
    private static let kind = Option<Kind>("type", "under the sky or a roof")
    private static let mobile = Flag("mobile", "it moves: its updates are kept and told")
    private static let fixed = Flag("fixed", "it stays where it is")

    static let options = [
        address.declaration, kind.declaration, mobile.declaration, fixed.declaration,
    ]

    /// The members of a request that the options give.
    static func members(_ invocation: Invocation) throws(CommandFailure) -> JSONObject {
        var members = JSONObject()
        if let address = invocation[address] { members["address"] = .string(address.text) }
        if let kind = invocation[kind] { members["type"] = .string(kind.rawValue) }
        switch (invocation[mobile], invocation[fixed]) {
        case (false, false): break
        case (let mobile, false): members["is_mobile"] = .bool(mobile)
        case (false, true): members["is_mobile"] = .bool(false)
        case (true, true): throw invocation.usageFailure("--mobile and --fixed exclude each other")
        }
        return members
    }
}

extension WrittenPosition {
    /// A GeoJSON Point (RFC 7946 §3.1.2).
    var geometry: JSONValue {
        let coordinates = [longitudeDegrees, latitudeDegrees] + (altitudeMetres.map { [$0] } ?? [])
        return [
            "type": .string("Point"), "coordinates": .array(coordinates.map(JSONValue.number)),
        ]
    }
}
