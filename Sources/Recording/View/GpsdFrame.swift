import JSON

/// The little of gpsd's reports that a picture shows (gpsd_json(5)).
///
/// What the station takes from gpsd is libgps' reading of the same bytes.
enum GpsdFrame {
    static func object(_ line: String) -> JSONObject? {
        guard line.hasPrefix("{") else { return nil }
        return (try? JSONReader.read(Array(line.utf8)))?.objectValue
    }

    /// The place of a TPV report; nil when there is none.
    static func place(_ report: JSONObject) -> SeenPlace? {
        guard let latitude = report["lat"]?.doubleValue, let longitude = report["lon"]?.doubleValue
        else { return nil }
        let altitude = report["altHAE"]?.doubleValue ?? report["alt"]?.doubleValue
        return SeenPlace(
            latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMetres: altitude)
    }
}
