import Testing

@testable import Pointing

@Suite struct GeodeticPositionTests {
    @Test(arguments: [
        (90.0, 180.0, 1e9), (-90, -180, -6.3e6), (0, 0, 0), (51.999, 4.372, -12.5),
    ])
    func `the ends of the ranges are places`(
        latitude: Double, longitude: Double, altitude: Double
    ) throws {
        let position = try GeodeticPosition(
            latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMeters: altitude)
        #expect(position.latitudeDegrees == latitude)
        #expect(position.longitudeDegrees == longitude)
        #expect(position.altitudeMeters == altitude)
    }

    @Test func `a place without altitude lies on the ellipsoid`() throws {
        let position = try GeodeticPosition(latitudeDegrees: 1, longitudeDegrees: 2)
        #expect(position.altitudeMeters == 0)
    }

    @Test(arguments: [90.000001, -90.000001, 1e300, .infinity, -.infinity])
    func `a latitude out of range is refused by name`(latitude: Double) {
        #expect(throws: PositionError.latitude(latitude)) {
            try GeodeticPosition(latitudeDegrees: latitude, longitudeDegrees: 0)
        }
    }

    @Test(arguments: [180.000001, -180.000001, 360, .infinity, -.infinity])
    func `a longitude out of range is refused by name`(longitude: Double) {
        #expect(throws: PositionError.longitude(longitude)) {
            try GeodeticPosition(latitudeDegrees: 0, longitudeDegrees: longitude)
        }
    }

    @Test(arguments: [1.000001e9, -6.300001e6, .infinity, -.infinity])
    func `an altitude out of range is refused by name`(altitude: Double) {
        #expect(throws: PositionError.altitude(altitude)) {
            try GeodeticPosition(
                latitudeDegrees: 0, longitudeDegrees: 0, altitudeMeters: altitude)
        }
    }

    @Test func `what is not a number is refused in every place`() {
        let descriptions = [(Double.nan, 0.0, 0.0), (0, .nan, 0), (0, 0, .nan)].map { odd in
            do throws(PositionError) {
                _ = try GeodeticPosition(
                    latitudeDegrees: odd.0, longitudeDegrees: odd.1, altitudeMeters: odd.2)
                return "accepted"
            } catch {
                return error.description
            }
        }
        #expect(
            descriptions == [
                "latitude nan is not a number from -90 to 90",
                "longitude nan is not a number from -180 to 180",
                "altitude nan is not a number of metres from -6300000 to 1000000000",
            ])
    }

    @Test func `the message names the altitude's limits`() {
        let limits = GeodeticPosition.altitudeLimitsMeters
        let text = PositionError.altitude(2e9).description
        #expect(text.contains("\(Int(limits.lowerBound))"))
        #expect(text.contains("\(Int(limits.upperBound))"))
    }
}
