import JSON
import Pointing
import Station

/// The body of `POST /api/rotors/{id}/point`.
struct PointRequest {
    let target: Target
    /// The target as the answer names it.
    let name: String

    init(_ body: JSONObject) throws(APIError) {
        if let type = body["target_type"] {
            guard let type = type.stringValue else {
                throw APIError(400, #""target_type" must be a text"#)
            }
            self = try Self.named(type, id: body["target_id"])
            return
        }
        guard let azimuth = body["azimuth"]?.doubleValue,
            let elevation = body["elevation"]?.doubleValue
        else {
            throw APIError(
                400,
                #"give "azimuth" and "elevation" as numbers, or "target_type" and "target_id""#)
        }
        guard (-360...720).contains(azimuth) else {
            throw APIError(400, #""azimuth" must be from -360 to 720 degrees"#)
        }
        guard (-90...90).contains(elevation) else {
            throw APIError(400, #""elevation" must be from -90 to 90 degrees"#)
        }
        target = .direction(azimuthDegrees: azimuth, elevationDegrees: elevation)
        name = "direction"
    }

    private init(target: Target, name: String) {
        self.target = target
        self.name = name
    }

    private static func named(_ type: String, id: JSONValue?) throws(APIError) -> PointRequest {
        switch type {
        case "point":
            guard let text = id?.stringValue else {
                throw APIError(400, #""target_id" must be a text such as "52.5,13.4,30""#)
            }
            do throws(PositionParseError) {
                return PointRequest(
                    target: .position(try GeodeticPosition(parsing: text)), name: text)
            } catch {
                throw APIError(400, #""target_id": "# + error.description)
            }
        case "location":
            guard let id = id?.stringValue else {
                throw APIError(400, #""target_id" must be the id of a location"#)
            }
            return PointRequest(target: .location(id), name: id)
        default:
            throw APIError(400, "target_type \(type) is not known; use point or location")
        }
    }
}
