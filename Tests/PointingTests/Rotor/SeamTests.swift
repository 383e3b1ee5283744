import Testing

@testable import Pointing

/// Targets that go to and fro where the rotor's scale ends.
@Suite struct SeamTests {
    /// How far the rotor turns in all while a target walks through some azimuths.
    private func travel(
        _ geometry: RotorGeometry, start: Double, _ azimuths: [Double]
    ) throws -> Double {
        let band = DeadBand(geometry)
        var standing = RotorPosition(azimuthDegrees: start, elevationDegrees: 10)
        var travelled = 0.0
        for azimuth in azimuths {
            let move = try geometry.plan(
                from: standing, azimuthDegrees: azimuth, elevationDegrees: 10,
                toleranceDegrees: geometry.deadBandDegrees
            ).get()
            guard !band.holds(move, from: standing) else { continue }
            travelled += abs(move.to.azimuthDegrees - standing.azimuthDegrees)
            standing = move.to
        }
        return travelled
    }

    @Test func `in an overlap a target crossing north does not send the rotor round`() throws {
        let geometry = try RotorGeometry(maxAzimuthDegrees: 450)
        var draw = Draw(seed: 30)
        let azimuths = (0..<5000).map { _ in Angles.wrapped(draw.number(-30...30)) }
        // Each step is at most 60 degrees.
        #expect(try travel(geometry, start: 340, azimuths) < 5000 * 60)
        for step in azimuths.indices.dropLast() {
            let pair = [azimuths[step], azimuths[step + 1]]
            #expect(try travel(geometry, start: 360, pair) <= 30 + 60)
        }
    }

    @Test func `at the end of an overlap it unwinds once and does not come back`() throws {
        let geometry = try RotorGeometry(maxAzimuthDegrees: 450, deadBandDegrees: 0)
        let toAndFro = (0..<1000).map { $0.isMultiple(of: 2) ? 95.0 : 85 }
        // Once from 449 to 95, then ten degrees a step.
        #expect(try travel(geometry, start: 449, toAndFro) == 354 + 999 * 10)
    }

    @Test func `without an overlap, noise across the seam leaves the rotor at its stop`() throws {
        let geometry = try RotorGeometry(deadBandDegrees: 2)
        var draw = Draw(seed: 31)
        let azimuths = (0..<5000).map { _ in Angles.wrapped(draw.number(-1.9...1.9)) }
        #expect(try travel(geometry, start: 355, azimuths) <= 5)
        #expect(try travel(geometry, start: 5, azimuths) <= 5)
    }

    @Test func `a target that really crosses the seam is followed`() throws {
        let geometry = try RotorGeometry(deadBandDegrees: 1)
        let azimuths = stride(from: 350.0, through: 370, by: 0.1).map(Angles.wrapped)
        let travelled = try travel(geometry, start: 350, azimuths)
        #expect((360...381).contains(travelled))
    }

    @Test func `the rotor is never further off than its dead band`() throws {
        var draw = Draw(seed: 32)
        for _ in 0..<200 {
            let geometry = try draw.geometry(axes: .azimuthAndElevation)
            let band = DeadBand(geometry)
            guard var standing = draw.standing(geometry) else { continue }
            var target = draw.direction()
            for _ in 0..<200 {
                target.azimuth += draw.number(-3...3)
                target.elevation += draw.number(-1...1)
                guard
                    let move = try? geometry.plan(
                        from: standing, azimuthDegrees: target.azimuth,
                        elevationDegrees: target.elevation,
                        toleranceDegrees: geometry.deadBandDegrees
                    ).get()
                else { continue }
                if !band.holds(move, from: standing) { standing = move.to }
                let off = (standing.azimuthDegrees - target.azimuth).remainder(dividingBy: 360)
                #expect(abs(off) <= geometry.deadBandDegrees + 2e-6)
                let high = abs(standing.elevationDegrees - target.elevation)
                #expect(high <= geometry.deadBandDegrees + 2e-6)
            }
        }
    }
}
