import Testing

@testable import Pointing

@Suite struct RotorGeometryTests {
    @Test func `a rotor without particulars turns once around and from horizon to zenith`() throws {
        let geometry = try RotorGeometry()
        #expect(geometry.axes == .azimuthAndElevation)
        #expect(geometry.azimuthDegrees == 0...360)
        #expect(geometry.elevationDegrees == 0...90)
        #expect(geometry.park == RotorPosition(azimuthDegrees: 0, elevationDegrees: 0))
        #expect(geometry.deadBandDegrees == 1)
    }

    @Test(arguments: [
        (0.0, 450.0), (-180, 180), (-180, 540), (-720, 0), (0, 720), (-360, 360), (100, 100.000001),
    ])
    func `ranges of up to two turns are taken`(low: Double, high: Double) throws {
        let geometry = try RotorGeometry(minAzimuthDegrees: low, maxAzimuthDegrees: high)
        #expect(geometry.azimuthDegrees == low...high)
        #expect(geometry.azimuthDegrees.contains(geometry.park.azimuthDegrees))
    }

    @Test(arguments: [
        (360.0, 0.0), (90, 90), (90, 90.0000001), (-721, 0), (0, 720.5), (-720, 720),
        (-361, 360), (.nan, 360), (0, .nan), (-.infinity, 0), (0, .infinity),
    ])
    func `an azimuth range that no rotor has is refused`(low: Double, high: Double) {
        #expect(throws: RotorGeometryError.azimuthRange) {
            try RotorGeometry(minAzimuthDegrees: low, maxAzimuthDegrees: high)
        }
    }

    @Test(arguments: [
        (90.0, 0.0), (10, 10), (-91, 90), (0, 181), (.nan, 90), (0, .nan), (0, .infinity),
    ])
    func `an elevation range that no rotor has is refused`(low: Double, high: Double) {
        #expect(throws: RotorGeometryError.elevationRange) {
            try RotorGeometry(minElevationDegrees: low, maxElevationDegrees: high)
        }
    }

    @Test(arguments: [-0.1, 45.1, .nan, .infinity])
    func `a dead band that is none is refused`(degrees: Double) {
        #expect(throws: RotorGeometryError.deadBand) {
            try RotorGeometry(deadBandDegrees: degrees)
        }
    }

    @Test(arguments: [-1, 360.5, .nan, -.infinity])
    func `parking beyond a stop is refused`(azimuth: Double) {
        #expect(throws: RotorGeometryError.parkAzimuth) {
            try RotorGeometry(park: RotorPosition(azimuthDegrees: azimuth, elevationDegrees: 0))
        }
    }

    @Test(arguments: [(-1.0, 10.0), (91, 10), (.nan, 10), (-11, -10)])
    func `parking below the horizon or above the top is refused`(park: Double, lowest: Double) {
        #expect(throws: RotorGeometryError.parkElevation) {
            try RotorGeometry(
                minElevationDegrees: lowest,
                park: RotorPosition(azimuthDegrees: 0, elevationDegrees: park))
        }
    }

    @Test func `parking may be lower than what may be pointed at`() throws {
        let park = RotorPosition(azimuthDegrees: 200, elevationDegrees: 0)
        #expect(try RotorGeometry(minElevationDegrees: 15, park: park).park == park)
        let low = RotorPosition(azimuthDegrees: 200, elevationDegrees: -10)
        #expect(try RotorGeometry(minElevationDegrees: -10, park: low).park == low)
    }

    @Test(arguments: [
        (90.0, 270.0, 10.0, 80.0, 90.0, 10.0), (-270, -90, -20, -5, -90, -5),
        (-180, 180, 0, 180, 0, 0),
    ])
    func `without a place to park it is the corner nearest to north and horizon`(
        low: Double, high: Double, lowest: Double, highest: Double, azimuth: Double,
        elevation: Double
    ) throws {
        let geometry = try RotorGeometry(
            minAzimuthDegrees: low, maxAzimuthDegrees: high, minElevationDegrees: lowest,
            maxElevationDegrees: highest)
        #expect(
            geometry.park
                == RotorPosition(azimuthDegrees: azimuth, elevationDegrees: elevation))
    }

    @Test func `limits are whole micro-degrees`() throws {
        let geometry = try RotorGeometry(
            minAzimuthDegrees: 0.00000049, maxAzimuthDegrees: 359.99999951,
            minElevationDegrees: 1.23456789, maxElevationDegrees: 80.0000001,
            park: RotorPosition(azimuthDegrees: 359.9999995, elevationDegrees: 1.23456789))
        #expect(geometry.azimuthDegrees == 0...360)
        #expect(geometry.elevationDegrees == 1.234568...80)
        #expect(
            geometry.park == RotorPosition(azimuthDegrees: 360, elevationDegrees: 1.234568))
    }

    @Test(arguments: [
        (RotorGeometryError.azimuthRange, ["min_azimuth", "max_azimuth", "-720", "720"]),
        (.elevationRange, ["min_elevation", "max_elevation", "-90", "180"]),
        (.parkAzimuth, ["park_az"]), (.parkElevation, ["park_el"]),
        (.deadBand, ["deadband", "45"]),
    ])
    func `messages name the fields and their ranges`(error: RotorGeometryError, words: [String]) {
        for word in words { #expect(error.description.contains(word)) }
    }
}
