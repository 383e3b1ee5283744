import Testing

@testable import Pointing

@Suite struct GeodeticPositionMovingTests {
    /// By GeographicLib; see the head of the file.
    @Test(arguments: try Table(fixture: "pointing/moves.csv").rows)
    func `ends are those of the reference`(row: Table.Row) throws {
        let values = try row.numbers.map { try #require($0) }
        let start = try GeodeticPosition(latitudeDegrees: values[0], longitudeDegrees: values[1])
        let end = start.moved(bearingDegrees: values[2], distanceMeters: values[3])
        let expected = try GeodeticPosition(
            latitudeDegrees: values[4], longitudeDegrees: values[5])
        let look = LookAngle(from: expected, to: end)
        // Nil is less than a centimetre; the angles are compared to 2e-9 degree, 0.2 mm.
        #expect(look == nil)
        #expect(abs(end.latitudeDegrees - values[4]) <= 2e-9 * max(1, values[3] / 2e7))
        let narrowing = Trigonometry.sineAndCosine(degrees: values[4]).cosine
        let turned = (end.longitudeDegrees - values[5]).remainder(dividingBy: 360)
        #expect(abs(turned) * narrowing <= 2e-9 * max(1, values[3] / 2e7))
    }

    @Test func `short steps add up to a long way`() throws {
        var place = try GeodeticPosition(latitudeDegrees: 51.999, longitudeDegrees: 4.372)
        let start = place
        for _ in 0..<10_000 { place = place.moved(bearingDegrees: 0, distanceMeters: 0.05) }
        let once = start.moved(bearingDegrees: 0, distanceMeters: 500)
        #expect(abs(place.latitudeDegrees - once.latitudeDegrees) * 111_000 < 0.5)
    }

    @Test func `the way is seen in the direction of its bearing`() throws {
        var draw = Draw(seed: 20)
        for _ in 0..<5000 {
            let start = try GeodeticPosition(
                latitudeDegrees: draw.angle(-90...90, special: [-90, 90, 0, 89.9999]),
                longitudeDegrees: draw.number(-180...180))
            let bearing = draw.number(0...359)
            let distance = draw.number(100...10_000)
            let end = start.moved(bearingDegrees: bearing, distanceMeters: distance)
            let look = try #require(LookAngle(from: start, to: end))
            let off = (look.azimuthDegrees - bearing).remainder(dividingBy: 360)
            #expect(abs(off) < 1e-4, "\(start) \(bearing) \(distance)")
            #expect(abs(look.slantRangeMeters - distance) < 0.01)
        }
    }

    @Test func `every end is a place`() throws {
        var draw = Draw(seed: 21)
        for _ in 0..<10_000 {
            let start = try draw.position()
            let end = start.moved(
                bearingDegrees: draw.angle(-1e6...1e6, special: [0, 90, 180, -90]),
                distanceMeters: draw.angle(-1e9...1e9, special: [0, 1e-9, 1e7, -1e7]))
            #expect((-90...90).contains(end.latitudeDegrees))
            #expect((-180...180).contains(end.longitudeDegrees))
            #expect(end.altitudeMeters == start.altitudeMeters)
        }
    }

    @Test(arguments: [(Double.nan, 1.0), (0, .nan), (.infinity, 1), (0, -.infinity)])
    func `what is not finite moves nowhere`(bearing: Double, distance: Double) throws {
        let start = try GeodeticPosition(latitudeDegrees: 1, longitudeDegrees: 2)
        #expect(start.moved(bearingDegrees: bearing, distanceMeters: distance) == start)
    }

    @Test func `distances beyond all sense still end on the Earth`() throws {
        let start = try GeodeticPosition(latitudeDegrees: 1, longitudeDegrees: 2)
        let end = start.moved(bearingDegrees: 30, distanceMeters: .greatestFiniteMagnitude)
        #expect((-90...90).contains(end.latitudeDegrees))
        #expect((-180...180).contains(end.longitudeDegrees))
    }
}
