import Testing

@testable import Pointing

@Suite struct GeodeticPositionInterpolationTests {
    private func place(_ latitude: Double, _ longitude: Double, _ altitude: Double = 0) throws
        -> GeodeticPosition
    {
        try GeodeticPosition(
            latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMeters: altitude)
    }

    @Test func `both ends are hit exactly and fractions beyond them stay there`() throws {
        let (start, end) = (try place(51.123456789123, 4), try place(52, 5.987654321987, 30))
        for fraction in [0, -0.5, -.infinity, .nan] {
            #expect(start.interpolated(toward: end, fraction: fraction) == start)
        }
        for fraction in [1, 1.5, Double.infinity] {
            #expect(start.interpolated(toward: end, fraction: fraction) == end)
        }
    }

    @Test func `the middle of a meridian and of the equator lies in the middle`() throws {
        #expect(
            try place(40, 7, 100).interpolated(toward: try place(50, 7, 300), fraction: 0.5)
                == (try place(45, 7, 200)))
        #expect(
            try place(0, 20).interpolated(toward: try place(0, -40), fraction: 0.25)
                == (try place(0, 5)))
    }

    @Test func `the date line and a pole are crossed`() throws {
        let line = try place(10, 179).interpolated(toward: try place(10, -177), fraction: 0.5)
        #expect(line.longitudeDegrees == -179)
        let pole = try place(89, 30).interpolated(toward: try place(89, -150), fraction: 0.5)
        #expect(pole.latitudeDegrees == 90)
        let over = try place(89, 30).interpolated(toward: try place(88, -150), fraction: 0.5)
        #expect(over == (try place(89.5, -150)))
    }

    @Test func `between antipodes the way sets out to the north`() throws {
        let middle = try place(0, 10).interpolated(toward: try place(0, -170), fraction: 0.25)
        #expect(middle == (try place(45, 10)))
        let fromPole = try place(90, 10).interpolated(toward: try place(-90, 55), fraction: 0.5)
        #expect(fromPole == (try place(0, -170)))
    }

    @Test func `between names of one place only the altitude changes`() throws {
        let up = try place(10, 180, 0).interpolated(toward: try place(10, -180, 8), fraction: 0.25)
        #expect(up == (try place(10, 180, 2)))
    }

    @Test func `for 100 km the way is within two metres of the geodesic`() throws {
        var draw = Draw(seed: 22)
        for _ in 0..<2000 {
            let start = try place(draw.number(-89...89), draw.number(-180...180))
            let bearing = draw.number(0...360)
            let distance = draw.number(10...100_000)
            let end = start.moved(bearingDegrees: bearing, distanceMeters: distance)
            let fraction = draw.number(0...1)
            let straight = start.moved(
                bearingDegrees: bearing, distanceMeters: distance * fraction)
            let between = start.interpolated(toward: end, fraction: fraction)
            let apart = LookAngle(from: straight, to: between)?.slantRangeMeters ?? 0
            #expect(apart < 2, "\(start) \(bearing) \(distance) \(fraction)")
        }
    }

    @Test func `for 10,000 km the way is within 25 km of the geodesic`() throws {
        var draw = Draw(seed: 23)
        for _ in 0..<2000 {
            let start = try place(draw.number(-89...89), draw.number(-180...180))
            let bearing = draw.number(0...360)
            let distance = draw.number(10...10_000_000)
            let end = start.moved(bearingDegrees: bearing, distanceMeters: distance)
            let fraction = draw.number(0...1)
            let straight = start.moved(
                bearingDegrees: bearing, distanceMeters: distance * fraction)
            let between = start.interpolated(toward: end, fraction: fraction)
            let apart = LookAngle(from: straight, to: between)?.slantRangeMeters ?? 0
            #expect(apart < 25_000, "\(start) \(bearing) \(distance) \(fraction)")
        }
    }
}
