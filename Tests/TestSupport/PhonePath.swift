import Foundation

/// One place of `Fixtures/pointing/phone-path.csv`.
package struct PhonePlace: Sendable {
    package let latitude: Double
    package let longitude: Double
    package let altitude: Double
    /// Where it is seen from the fixture's station, by PROJ.
    package let azimuth: Double
    package let elevation: Double

    /// The station of the fixture.
    package static let stationLatitude = 52.0
    package static let stationLongitude = 4.36
    package static let stationAltitude = 46.0

    package init(
        latitude: Double, longitude: Double, altitude: Double, azimuth: Double, elevation: Double
    ) {
        (self.latitude, self.longitude, self.altitude) = (latitude, longitude, altitude)
        (self.azimuth, self.elevation) = (azimuth, elevation)
    }

    /// The message that a phone at this place sends.
    package var locationMessage: String {
        """
        {"type":"location","geometry":{"type":"Point",\
        "coordinates":[\(longitude),\(latitude),\(altitude)]}}
        """
    }

    /// How far a rotor that points there is off, by its worse axis, in degrees.
    package func error(ofAzimuth azimuth: Double, elevation: Double) -> Double {
        let turn = (azimuth - self.azimuth).remainder(dividingBy: 360)
        return max(abs(turn), abs(elevation - self.elevation))
    }

    package static func path() throws -> [PhonePlace] {
        let file = Fixtures.path("pointing/phone-path.csv")
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        return lines.compactMap { line in
            let numbers = line.split(separator: ",").compactMap { Double($0) }
            guard numbers.count == 5 else { return nil }
            return PhonePlace(
                latitude: numbers[0], longitude: numbers[1], altitude: numbers[2],
                azimuth: numbers[3], elevation: numbers[4])
        }
    }
}

/// The repository's fixtures.
package enum Fixtures {
    package static func path(_ name: String) -> String {
        let here = #filePath
        let root = here.components(separatedBy: "/Tests/TestSupport/")[0]
        return root + "/Fixtures/" + name
    }
}
