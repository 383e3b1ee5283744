import Testing

@testable import Pointing

@Suite struct LookAngleTests {
    /// By mpmath and PROJ; see the head of the file.
    @Test(arguments: try Table(fixture: "pointing/look-angles.csv").rows)
    func `directions are those of the reference`(row: Table.Row) throws {
        let values = row.numbers
        let observer = try position(values[0...2])
        let target = try position(values[3...5])
        let look = LookAngle(from: observer, to: target)
        guard let azimuth = values[6], let elevation = values[7], let range = values[8] else {
            #expect(look == nil)
            return
        }
        let seen = try #require(look)
        // Of a whole micro-degree, half is rounding. Close by, a nanometre of the coordinates
        // becomes an angle.
        let allowed = 0.51e-6 + 3e-7 / range
        #expect(abs((seen.azimuthDegrees - azimuth).remainder(dividingBy: 360)) <= allowed)
        #expect(abs(seen.elevationDegrees - elevation) <= allowed)
        // Millimetres over the Earth; a tenth of one per 1,000 km above it.
        #expect(abs(seen.slantRangeMeters - range) <= 1e-6 + range * 1e-14)
    }

    @Test func `the reference has its hard cases`() throws {
        let rows = try Table(fixture: "pointing/look-angles.csv").rows
        #expect(rows.count >= 100)
        for word in ["pole", "date line", "antipode", "same place", "satellite", "straight up"] {
            #expect(rows.contains { $0.name.contains(word) }, "\(word)")
        }
    }

    @Test func `straight up and straight down have azimuth zero at any place and distance`() throws
    {
        var draw = Draw(seed: 10)
        for _ in 0..<10_000 {
            let ground = try draw.position()
            let height = draw.angle(0.02...1e7, special: [0.02, 1, 100])
            let above = try GeodeticPosition(
                latitudeDegrees: ground.latitudeDegrees, longitudeDegrees: ground.longitudeDegrees,
                altitudeMeters: ground.altitudeMeters + height)
            let up = try #require(LookAngle(from: ground, to: above))
            #expect(up.azimuthDegrees == 0)
            #expect(up.elevationDegrees == 90)
            let down = try #require(LookAngle(from: above, to: ground))
            #expect(down.azimuthDegrees == 0)
            #expect(down.elevationDegrees == -90)
        }
    }

    @Test func `both names of the date line and of a pole are one place`() throws {
        var draw = Draw(seed: 11)
        for _ in 0..<2000 {
            let other = try draw.position()
            let latitude = draw.number(-90...90)
            let east = try GeodeticPosition(latitudeDegrees: latitude, longitudeDegrees: 180)
            let west = try GeodeticPosition(latitudeDegrees: latitude, longitudeDegrees: -180)
            #expect(LookAngle(from: east, to: other) == LookAngle(from: west, to: other))
            #expect(LookAngle(from: other, to: east) == LookAngle(from: other, to: west))
            let pole = draw.pick([-90.0, 90])
            let one = try GeodeticPosition(
                latitudeDegrees: pole, longitudeDegrees: draw.number(-180...180))
            let two = try GeodeticPosition(
                latitudeDegrees: pole, longitudeDegrees: draw.number(-180...180))
            #expect(LookAngle(from: one, to: two) == nil)
            #expect(LookAngle(from: other, to: one) == LookAngle(from: other, to: two))
        }
    }

    @Test func `everything is in its range and whole micro-degrees`() throws {
        var draw = Draw(seed: 12)
        for _ in 0..<20_000 {
            let (observer, target) = (try draw.position(), try draw.position())
            guard let look = LookAngle(from: observer, to: target) else {
                #expect(LookAngle(from: target, to: observer) == nil)
                continue
            }
            #expect((0..<360).contains(look.azimuthDegrees))
            #expect((-90...90).contains(look.elevationDegrees))
            #expect(look.azimuthDegrees == Angles.quantised(look.azimuthDegrees))
            #expect(look.elevationDegrees == Angles.quantised(look.elevationDegrees))
            #expect(look.slantRangeMeters >= LookAngle.samePlaceMeters)
            let back = try #require(LookAngle(from: target, to: observer))
            #expect(abs(back.slantRangeMeters - look.slantRangeMeters) <= 1e-6)
        }
    }

    @Test func `turning the Earth changes no direction`() throws {
        var draw = Draw(seed: 13)
        for _ in 0..<5000 {
            let latitudes = (draw.number(-89...89), draw.number(-89...89))
            let longitudes = (draw.number(-90...90), draw.number(-90...90))
            let turn = draw.number(-90...90)
            func look(_ turn: Double) throws -> LookAngle? {
                LookAngle(
                    from: try GeodeticPosition(
                        latitudeDegrees: latitudes.0, longitudeDegrees: longitudes.0 + turn),
                    to: try GeodeticPosition(
                        latitudeDegrees: latitudes.1, longitudeDegrees: longitudes.1 + turn))
            }
            let (before, after) = (try #require(try look(0)), try #require(try look(turn)))
            let turned = (before.azimuthDegrees - after.azimuthDegrees)
                .remainder(dividingBy: 360)
            #expect(abs(turned) <= 3e-6 + 1e-2 / before.slantRangeMeters)
            #expect(abs(before.elevationDegrees - after.elevationDegrees) <= 2e-6)
        }
    }

    private func position(_ values: ArraySlice<Double?>) throws -> GeodeticPosition {
        let numbers = try values.map { try #require($0) }
        return try GeodeticPosition(
            latitudeDegrees: numbers[0], longitudeDegrees: numbers[1], altitudeMeters: numbers[2])
    }
}
