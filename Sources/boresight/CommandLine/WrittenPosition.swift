/// A place as written: `LAT,LON` or `LAT,LON,ALT`, degrees on WGS 84 and metres above it.
struct WrittenPosition: TextValue, Equatable {
    static let placeholder = "LAT,LON[,ALT]"

    let latitudeDegrees: Double
    let longitudeDegrees: Double
    let altitudeMetres: Double?

    init(text: String) throws(TextValueProblem) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
            String($0.drop { $0 == " " })
        }
        guard parts.count == 2 || parts.count == 3 else {
            throw TextValueProblem("is not LAT,LON or LAT,LON,ALT")
        }
        let latitude = try Degrees(text: parts[0]).value
        let longitude = try Degrees(text: parts[1]).value
        guard (-90...90).contains(latitude) else {
            throw TextValueProblem("has a latitude outside -90 to 90")
        }
        guard (-180...180).contains(longitude) else {
            throw TextValueProblem("has a longitude outside -180 to 180")
        }
        latitudeDegrees = latitude
        longitudeDegrees = longitude
        guard parts.count == 3 else {
            altitudeMetres = nil
            return
        }
        guard let altitude = Double(parts[2]), abs(altitude) <= Self.maxAltitudeMetres else {
            throw TextValueProblem("has an altitude that is not a number of metres")
        }
        altitudeMetres = altitude
    }

    /// Beyond the Moon nobody stands; the bound keeps nonsense out of the geometry.
    private static let maxAltitudeMetres = 1e9
}

extension WrittenPosition {
    /// The position in the form that is read, in decimal degrees.
    var text: String {
        "\(latitudeDegrees),\(longitudeDegrees)" + (altitudeMetres.map { ",\($0)" } ?? "")
    }
}
