import Testing

@testable import Pointing

@Suite struct DeadBandTests {
    private func place(_ azimuth: Double, _ elevation: Double) -> RotorPosition {
        RotorPosition(azimuthDegrees: azimuth, elevationDegrees: elevation)
    }

    @Test(arguments: [
        (10.0, 20.0, true), (11, 20, true), (9, 21, true), (11, 21, true), (11.000001, 20, false),
        (10, 21.000001, false), (10, 18.9, false), (370, 20, false), (-350, 20, false),
        (.nan, 20, false), (10, .nan, false), (.infinity, 20, false),
    ])
    func `an aim is near enough up to the band on each axis`(
        azimuth: Double, elevation: Double, isHeld: Bool
    ) {
        let band = DeadBand(axes: .azimuthAndElevation, degrees: 1)
        #expect(band.holds(place(azimuth, elevation), from: place(10, 20)) == isHeld)
        #expect(band.holds(place(10, 20), from: place(azimuth, elevation)) == isHeld)
    }

    @Test(arguments: [(0.3, 0.2), (100.7, 100.6), (359.9, 359.8), (450, 449.9)])
    func `a difference of the band exactly is held however it is stored`(
        one: Double, other: Double
    ) {
        let band = DeadBand(axes: .azimuthAndElevation, degrees: 0.1)
        #expect(band.holds(place(one, 0), from: place(other, 0)))
    }

    @Test func `a rotor that turns in azimuth only is compared in azimuth only`() {
        let band = DeadBand(axes: .azimuth, degrees: 1)
        #expect(band.holds(place(10, 90), from: place(10.5, 0)))
        #expect(!band.holds(place(10, 0), from: place(12, 0)))
    }

    @Test func `it is the geometry's`() throws {
        let geometry = try RotorGeometry(axes: .azimuth, deadBandDegrees: 2.5)
        #expect(DeadBand(geometry) == DeadBand(axes: .azimuth, degrees: 2.5))
    }

    @Test func `a band of zero holds only the place itself`() {
        let band = DeadBand(axes: .azimuthAndElevation, degrees: 0)
        #expect(band.holds(place(10, 20), from: place(10, 20)))
        #expect(!band.holds(place(10, 20), from: place(10.000001, 20)))
    }

    @Test func `an aim beyond a limit moves a rotor up to the limit and then no more`() throws {
        let geometry = try RotorGeometry()
        let band = DeadBand(geometry)
        func move(from azimuth: Double) throws -> RotorMove {
            try geometry.plan(
                from: place(azimuth, 0), azimuthDegrees: 0.75, elevationDegrees: 0,
                toleranceDegrees: 1
            ).get()
        }
        // 1.75 degrees off: worth a command to the stop, 0.75 degrees off.
        #expect(!band.holds(try move(from: 359), from: place(359, 0)))
        #expect(try move(from: 359).to == place(360, 0))
        #expect(band.holds(try move(from: 359.8), from: place(359.8, 0)))
        #expect(band.holds(try move(from: 360), from: place(360, 0)))
    }

    @Test func `a noisy target within the band causes no command`() throws {
        let geometry = try RotorGeometry(maxAzimuthDegrees: 450, deadBandDegrees: 2)
        let band = DeadBand(geometry)
        var draw = Draw(seed: 50)
        let standing = place(360, 45)
        for _ in 0..<10_000 {
            let move = try geometry.plan(
                from: standing, azimuthDegrees: draw.number(-1.99...1.99),
                elevationDegrees: 45 + draw.number(-1.99...1.99)
            ).get()
            #expect(band.holds(move, from: standing))
        }
    }
}
