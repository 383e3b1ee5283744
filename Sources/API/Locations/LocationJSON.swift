import Engine
import JSON
import Pointing
import Station

/// How 002 writes a location.
extension Location {
    /// What the sockets say: exactly the documented keys in their order.
    var message: JSONObject {
        [
            "id": .string(id), "name": .string(description.name),
            "address": .string(description.address), "type": .string(description.kind.rawValue),
            "is_mobile": .bool(description.isMobile), "geometry": geometry,
        ]
    }

    var json: JSONObject {
        [
            "id": .string(id), "organization": .string(organization),
            "name": .string(description.name), "type": .string(description.kind.rawValue),
            "is_mobile": .bool(description.isMobile), "address": .string(description.address),
            "geometry": geometry,
            "created": .string(createdAt.text(.microsecondsIfAny)),
            "modified": .string(modifiedAt.text(.microsecondsIfAny)),
        ]
    }

    /// A GeoJSON Feature (RFC 7946 §3.2) for a map.
    var feature: JSONObject {
        [
            "type": .string("Feature"), "id": .string(id), "geometry": geometry,
            "properties": .object([
                "id": .string(id), "name": .string(description.name),
                "organization": .string(organization), "address": .string(description.address),
                "type": .string(description.kind.rawValue),
                "is_mobile": .bool(description.isMobile),
            ]),
        ]
    }

    private var geometry: JSONValue { sighting.map { $0.point.json } ?? .null }
}

extension GeoJSONPoint {
    var json: JSONValue {
        .object([
            "type": .string("Point"), "coordinates": .array(coordinates.map(JSONValue.number)),
        ])
    }

    /// Reads a GeoJSON Point.
    init(_ value: JSONValue) throws(APIError) {
        guard let object = value.objectValue, object["type"]?.stringValue == "Point" else {
            throw APIError(
                field: "geometry",
                #"must be a GeoJSON Point such as {"type":"Point","coordinates":[13.4,52.5]}"#)
        }
        guard let values = object["coordinates"]?.arrayValue else {
            throw APIError(field: "geometry", "a Point needs coordinates")
        }
        let numbers = values.compactMap(\.doubleValue)
        guard numbers.count == values.count else {
            throw APIError(field: "geometry", "coordinates must be numbers")
        }
        do throws(GeoJSONPointError) {
            try self.init(coordinates: numbers)
        } catch {
            throw APIError(field: "geometry", error.description)
        }
    }
}

/// What a request says of where something is: nothing, that it is not known, or a sighting.
enum WrittenGeometry {
    case absent
    case null
    case seen(SightingReport)

    /// - Parameters:
    ///   - body: has the `geometry`.
    ///   - details: may have its `time` and `accuracy`.
    init(_ body: JSONObject, details: JSONObject) throws(APIError) {
        let (accuracy, time) = (try Self.accuracy(details), try Self.time(details))
        switch body["geometry"] {
        case nil: self = .absent
        case .null?: self = .null
        case let value?:
            self = .seen(
                SightingReport(
                    point: try GeoJSONPoint(value), accuracyMeters: accuracy, time: time))
        }
    }

    /// Radii in metres. Half the Earth's circumference: wider is not a circle any more.
    static let accuracies = 0...2e7

    private static func accuracy(_ body: JSONObject) throws(APIError) -> Double? {
        switch body["accuracy"] {
        case nil, .null?: return nil
        case let value?:
            guard let meters = value.doubleValue, accuracies.contains(meters) else {
                throw APIError(field: "accuracy", "must be a radius in metres")
            }
            return meters
        }
    }

    private static func time(_ body: JSONObject) throws(APIError) -> UTCTime? {
        switch body["time"] {
        case nil, .null?: return nil
        case let value?:
            guard let time = value.stringValue.flatMap(UTCTime.init(rfc3339:)) else {
                throw APIError(
                    field: "time", "must be an RFC 3339 time such as 2026-05-01T12:00:00Z")
            }
            return time
        }
    }
}
