package import JSON
import Pointing

extension RelayMessage {
    /// What a frame means to a rotor, and whether a session remembers it.
    ///
    /// Cheap for frames that are neither: only their top-level `type` is looked for. A message that
    /// names a known type but makes no sense is relayed like any other, and means nothing here.
    static func read(_ bytes: [UInt8]) -> (message: RelayMessage?, kind: Kind?) {
        guard let type = JSONScanner.string(at: "type", in: bytes) else { return (nil, nil) }
        let kind = Kind(rawValue: type)
        switch type {
        case "target", "mode", "location":
            guard let object = try? JSONReader.read(bytes).objectValue else { return (nil, nil) }
            return (message(type, object), kind)
        default:
            return (nil, kind)
        }
    }

    private static func message(_ type: String, _ object: JSONObject) -> RelayMessage? {
        switch type {
        case "mode":
            return object["mode"]?.stringValue.flatMap(TrackingMode.init).map(RelayMessage.mode)
        case "target":
            return object["target"]?.objectValue.flatMap { Target($0) }.map(RelayMessage.target)
        default:
            return PhoneLocation(object).map(RelayMessage.location)
        }
    }
}

extension Target {
    /// `{"latitude","longitude","altitude"?}` or `{"azimuth","elevation"}`; nil for anything else.
    init?(_ json: JSONObject) {
        if let azimuth = json["azimuth"]?.doubleValue,
            let elevation = json["elevation"]?.doubleValue
        {
            guard (-360...720).contains(azimuth), (-90...90).contains(elevation) else { return nil }
            self = .direction(azimuthDegrees: azimuth, elevationDegrees: elevation)
            return
        }
        guard let latitude = json["latitude"]?.doubleValue,
            let longitude = json["longitude"]?.doubleValue,
            let position = try? GeodeticPosition(
                latitudeDegrees: latitude, longitudeDegrees: longitude,
                altitudeMeters: json["altitude"]?.doubleValue ?? 0)
        else { return nil }
        self = .position(position)
    }

    /// What `json` wrote: besides what comes in also a location.
    init?(stored json: JSONObject) {
        if let id = json["location"]?.stringValue {
            self = .location(id)
        } else {
            self.init(json)
        }
    }

    /// As it came in.
    package var json: JSONObject {
        switch self {
        case .position(let position):
            [
                "latitude": .number(position.latitudeDegrees),
                "longitude": .number(position.longitudeDegrees),
                "altitude": .number(position.altitudeMeters),
            ]
        case .direction(let azimuth, let elevation):
            ["azimuth": .number(azimuth), "elevation": .number(elevation)]
        case .location(let id):
            ["location": .string(id)]
        }
    }
}

extension PhoneLocation {
    /// A message with a GeoJSON Point (RFC 7946 §3.1.2: longitude first); nil for anything else.
    init?(_ json: JSONObject) {
        guard let geometry = json["geometry"]?.objectValue,
            geometry["type"]?.stringValue == "Point",
            let coordinates = geometry["coordinates"]?.arrayValue,
            (2...3).contains(coordinates.count)
        else { return nil }
        let numbers = coordinates.compactMap(\.doubleValue)
        guard numbers.count == coordinates.count,
            let position = try? GeodeticPosition(
                latitudeDegrees: numbers[1], longitudeDegrees: numbers[0],
                altitudeMeters: numbers.count == 3 ? numbers[2] : 0)
        else { return nil }
        self.init(
            position: position, accuracyMeters: json["accuracy"]?.doubleValue,
            sentAt: json["time"]?.stringValue.flatMap(SentTime.init))
    }
}
