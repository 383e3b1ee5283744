import Drivers
package import JSON
import Pointing
import Station

/// A plan as a recording keeps it.
extension StationPlan {
    package var json: JSONObject {
        var json: JSONObject = [
            "bases": .array(gateway.bases.map { .string($0.rawValue) }),
            "cors": .array(gateway.corsOrigins.map { .string($0) }),
            "origins": .array(gateway.socketOrigins.map { .string($0) }),
            "public_urls": .array(gateway.publicURLs.map { .string($0) }),
            "sessions_per_minute": .integer(Int64(limits.sessionRequestsPerMinute)),
            "live_sessions": .integer(Int64(limits.liveSessions)),
        ]
        // Only where they were set: recordings from before know neither.
        if let authority = gateway.authority { json["authority"] = .object(authority.json) }
        if let wifi = gateway.wifi { json["wifi"] = .object(wifi.json) }
        // Only where it was set: recordings from before know no trails.
        if limits.trailSightings != StationLimits().trailSightings {
            json["trail_sightings"] = .integer(Int64(limits.trailSightings))
        }
        // Only what was set: recordings from before know no workspaces.
        let workspaces = workspaces.json
        if !workspaces.members.isEmpty { json["workspaces"] = .object(workspaces) }
        switch rooms {
        case .service(.publicService): break
        case .service(let base): json["rooms"] = .string(base.text)
        case .simulated(let room):
            json["rooms"] = .string("simulated")
            if let text = room.text { json["room"] = .string(text) }
        }
        switch receiver {
        case .none: break
        case .gpsd(let host, let port):
            json["gpsd"] = ["host": .string(host), "port": .integer(Int64(port))]
        case .simulated(let position): json["simulated_receiver"] = Self.json(position)
        }
        if let fixedPosition { json["station"] = Self.json(fixedPosition) }
        return json
    }

    /// Reads what `json` wrote; what is missing keeps its default.
    package init(_ json: JSONObject) throws(JSONFieldError) {
        self.init()
        gateway.bases = try Self.texts(json, "bases").compactMap(Base.init(rawValue:))
        gateway.corsOrigins = try Self.texts(json, "cors")
        gateway.socketOrigins = try Self.texts(json, "origins")
        gateway.publicURLs = try Self.texts(json, "public_urls")
        gateway.authority = json["authority"]?.objectValue.flatMap(TrustedAuthority.init)
        gateway.wifi = json["wifi"]?.objectValue.flatMap(WiFi.init)
        if let number = try json.optionalInteger("sessions_per_minute") {
            limits.sessionRequestsPerMinute = Int(clamping: number)
        }
        if let number = try json.optionalInteger("live_sessions") {
            limits.liveSessions = Int(clamping: number)
        }
        if let number = try json.optionalInteger("trail_sightings") {
            limits.trailSightings = Int(clamping: number)
        }
        if let workspaces = json["workspaces"]?.objectValue {
            self.workspaces = try WorkspacePlan(workspaces)
        }
        switch try json.optionalString("rooms") {
        case nil: break
        case "simulated"?: rooms = .simulated(try Self.room(json))
        case let text?:
            guard let base = EcastBase(text) else {
                throw JSONFieldError(key: "rooms", expected: "an address, or simulated")
            }
            rooms = .service(base)
        }
        fixedPosition = try Self.position(json, "station")
        if let gpsd = json["gpsd"]?.objectValue {
            guard let host = try gpsd.optionalString("host"),
                let port = try gpsd.optionalInteger("port").flatMap({ UInt16(exactly: $0) })
            else { throw JSONFieldError(key: "gpsd", expected: "a host and a port") }
            receiver = .gpsd(host: host, port: port)
        } else if let position = try Self.position(json, "simulated_receiver") {
            receiver = .simulated(position)
        }
    }

    private static func room(_ json: JSONObject) throws(JSONFieldError) -> RehearsedRoom {
        guard let text = try json.optionalString("room") else { return .demonstration }
        guard let room = try? RehearsedRoom(text) else {
            throw JSONFieldError(key: "room", expected: "a room's fixture")
        }
        return room
    }

    private static func json(_ position: GeodeticPosition) -> JSONValue {
        .array([
            .number(position.latitudeDegrees), .number(position.longitudeDegrees),
            .number(position.altitudeMeters),
        ])
    }

    private static func position(
        _ json: JSONObject, _ key: String
    ) throws(JSONFieldError) -> GeodeticPosition? {
        guard let value = json[key] else { return nil }
        let numbers = (value.arrayValue ?? []).compactMap(\.doubleValue)
        guard numbers.count == 3,
            let position = try? GeodeticPosition(
                latitudeDegrees: numbers[0], longitudeDegrees: numbers[1],
                altitudeMeters: numbers[2])
        else { throw JSONFieldError(key: key, expected: "[latitude, longitude, altitude]") }
        return position
    }

    private static func texts(
        _ json: JSONObject, _ key: String
    ) throws(JSONFieldError) -> [String] {
        guard let value = json[key] else { return [] }
        guard let texts = value.arrayValue?.map(\.stringValue), !texts.contains(nil) else {
            throw JSONFieldError(key: key, expected: "a list of texts")
        }
        return texts.compactMap { $0 }
    }
}
