import Engine
import JSON

/// Where a tracker app says its phone is.
struct TrackerReport: Equatable {
    let latitude: Double
    let longitude: Double
    /// Metres.
    let altitude: Double?
    /// Metres.
    let accuracy: Double?
    /// RFC 3339.
    let time: String?

    /// What a pairing session's relay hears of it.
    var message: [UInt8] {
        var coordinates: [JSONValue] = [.number(longitude), .number(latitude)]
        if let altitude { coordinates.append(.number(altitude)) }
        var message: JSONObject = [
            "type": .string("location"),
            "geometry": ["type": .string("Point"), "coordinates": .array(coordinates)],
        ]
        if let accuracy { message["accuracy"] = .number(accuracy) }
        if let time { message["time"] = .string(time) }
        return JSONValue.object(message).bytes()
    }
}

extension TrackerReport {
    /// OwnTracks (<https://owntracks.org/booklet/tech/json/>) or Traccar Client from version 9; nil
    /// for a message about something else, such as a way point.
    static func read(_ body: JSONObject) throws(APIError) -> TrackerReport? {
        if let type = body["_type"] {
            guard type.stringValue == "location" else { return nil }
            return try TrackerReport(
                latitude: body["lat"]?.doubleValue, longitude: body["lon"]?.doubleValue,
                altitude: body["alt"]?.doubleValue, accuracy: body["acc"]?.doubleValue,
                time: body["tst"]?.doubleValue.flatMap(utc))
        }
        // Several at once are told oldest first.
        let location = body["location"]?.arrayValue?.last ?? body["location"]
        guard let location = location?.objectValue else {
            throw APIError(400, #"the body must have "_type" (OwnTracks) or "location" (Traccar)"#)
        }
        let place = location["coords"]?.objectValue ?? [:]
        return try TrackerReport(
            latitude: place["latitude"]?.doubleValue, longitude: place["longitude"]?.doubleValue,
            altitude: place["altitude"]?.doubleValue, accuracy: place["accuracy"]?.doubleValue,
            time: location["timestamp"]?.stringValue)
    }

    /// OsmAnd's online tracking, as Traccar Client up to version 8 speaks it
    /// (<https://www.traccar.org/osmand/>).
    static func read(_ form: FormText) throws(APIError) -> TrackerReport {
        func number(_ name: String) -> Double? { form[name].flatMap { Double($0) } }
        let pair = form["location"]?.split(separator: ",").map { Double($0) }
        return try TrackerReport(
            latitude: number("lat") ?? pair?.first ?? nil,
            longitude: number("lon") ?? (pair?.count == 2 ? pair?.last ?? nil : nil),
            altitude: number("altitude"), accuracy: number("accuracy"),
            time: form["timestamp"].flatMap { text in Double(text).flatMap(utc) ?? text })
    }

    private init(
        latitude: Double?, longitude: Double?, altitude: Double?, accuracy: Double?, time: String?
    ) throws(APIError) {
        guard let latitude, (-90...90).contains(latitude) else {
            throw APIError(400, "the latitude must be a number from -90 to 90")
        }
        guard let longitude, (-180...180).contains(longitude) else {
            throw APIError(400, "the longitude must be a number from -180 to 180")
        }
        self.latitude = latitude
        self.longitude = longitude
        self.altitude = altitude.flatMap { $0.isFinite ? $0 : nil }
        // OwnTracks writes an accuracy of 0 or below when it knows none.
        self.accuracy = accuracy.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
        self.time = time
    }

    /// Seconds since 1970, or milliseconds where they could be no seconds of this millennium.
    private static func utc(_ number: Double) -> String? {
        let seconds = number > 1e11 ? number / 1000 : number
        guard (0..<9e9).contains(seconds) else { return nil }
        return UTCTime(nanoseconds: Int64(seconds * 1000) * 1_000_000).text(.milliseconds)
    }
}
