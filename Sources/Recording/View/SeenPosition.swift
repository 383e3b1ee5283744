import JSON

/// A direction that somebody named: not checked, only looked at.
struct SeenDirection: Equatable, Sendable {
    /// From true north, clockwise; may be beyond 0 to 360.
    var azimuthDegrees: Double
    var elevationDegrees: Double
}

/// A place that somebody named: not checked, only looked at.
struct SeenPlace: Equatable, Sendable {
    var latitudeDegrees: Double
    var longitudeDegrees: Double
    var altitudeMetres: Double?
}

extension SeenDirection {
    init?(_ json: JSONObject) {
        guard let azimuth = json["azimuth"]?.doubleValue,
            let elevation = json["elevation"]?.doubleValue
        else { return nil }
        self.init(azimuthDegrees: azimuth, elevationDegrees: elevation)
    }

    /// `[azimuth, elevation]`
    init?(_ value: JSONValue?) {
        guard let numbers = value?.arrayValue?.map(\.doubleValue), numbers.count == 2,
            let azimuth = numbers[0], let elevation = numbers[1]
        else { return nil }
        self.init(azimuthDegrees: azimuth, elevationDegrees: elevation)
    }
}

extension SeenPlace {
    init?(_ json: JSONObject) {
        guard let latitude = json["latitude"]?.doubleValue,
            let longitude = json["longitude"]?.doubleValue
        else { return nil }
        self.init(
            latitudeDegrees: latitude, longitudeDegrees: longitude,
            altitudeMetres: json["altitude"]?.doubleValue)
    }

    /// `[latitude, longitude, altitude]`
    init?(_ value: JSONValue?) {
        guard let numbers = value?.arrayValue?.map(\.doubleValue), numbers.count >= 2,
            let latitude = numbers[0], let longitude = numbers[1]
        else { return nil }
        self.init(
            latitudeDegrees: latitude, longitudeDegrees: longitude,
            altitudeMetres: numbers.count > 2 ? numbers[2] : nil)
    }
}
