import Testing

@testable import Pointing

@Suite struct GeoJSONPointTests {
    @Test(arguments: [
        [4.372, 51.999], [4.372, 51.999, 12.5], [-180.0, 90.0], [180.0, -90, 0], [0.0, 0, -430],
    ])
    func `coordinates come out as they went in`(coordinates: [Double]) throws {
        let point = try GeoJSONPoint(coordinates: coordinates)
        #expect(point.coordinates == coordinates)
        #expect(point.position.longitudeDegrees == coordinates[0])
        #expect(point.position.latitudeDegrees == coordinates[1])
        #expect(point.hasAltitude == (coordinates.count == 3))
    }

    @Test(arguments: [[], [1.0], [1, 2, 3, 4], [Double](repeating: 0, count: 1000)])
    func `another number of coordinates is refused`(coordinates: [Double]) {
        #expect(throws: GeoJSONPointError.count(coordinates.count)) {
            try GeoJSONPoint(coordinates: coordinates)
        }
    }

    @Test(arguments: [
        ([51.999, 104.372], PositionError.latitude(104.372)), ([-180.5, 0.0], .longitude(-180.5)),
        ([0.0, -90.5], .latitude(-90.5)), ([0.0, 0.0, 1e10], .altitude(1e10)),
        ([.infinity, 0.0], .longitude(.infinity)), ([0.0, 0.0, -.infinity], .altitude(-.infinity)),
    ])
    func `a coordinate out of range is refused by name`(
        coordinates: [Double], error: PositionError
    ) {
        #expect(throws: GeoJSONPointError.outOfRange(error)) {
            try GeoJSONPoint(coordinates: coordinates)
        }
    }

    @Test(arguments: [[Double.nan, 0], [0, Double.nan], [0, 0, Double.nan]])
    func `what is not a number is refused`(coordinates: [Double]) {
        #expect(throws: GeoJSONPointError.self) { try GeoJSONPoint(coordinates: coordinates) }
    }

    @Test(arguments: [
        (
            GeoJSONPointError.count(1),
            "a point has two or three coordinates (longitude, latitude, altitude), not 1"
        ),
        (
            .outOfRange(.latitude(104)),
            "latitude 104.0 is not a number from -90 to 90 (longitude comes first)"
        ),
        (.outOfRange(.latitude(400)), "latitude 400.0 is not a number from -90 to 90"),
        (.outOfRange(.longitude(400)), "longitude 400.0 is not a number from -180 to 180"),
    ])
    func `messages say what to mend`(error: GeoJSONPointError, text: String) {
        #expect(error.description == text)
    }

    @Test func `a place becomes a point with or without its altitude`() throws {
        let place = try GeodeticPosition(
            latitudeDegrees: 51, longitudeDegrees: 4, altitudeMeters: 7)
        #expect(GeoJSONPoint(place).coordinates == [4, 51, 7])
        #expect(GeoJSONPoint(place, hasAltitude: false).coordinates == [4, 51])
    }
}
