import Testing

@testable import Pointing

@Suite struct KeepOutSectorTests {
    @Test(arguments: [(0.0, 0.0), (-1, 10), (10, 361), (.nan, 10), (10, .infinity), (180, 180)])
    func `azimuths are two different compass directions`(from: Double, to: Double) {
        #expect(throws: RotorGeometryError.keepOutAzimuth) {
            try KeepOutSector(minAzimuthDegrees: from, maxAzimuthDegrees: to)
        }
    }

    @Test(arguments: [(0.0, 0.0), (30, 10), (-91, 10), (10, 91), (.nan, 10)])
    func `elevations are a range between nadir and zenith`(low: Double, high: Double) {
        #expect(throws: RotorGeometryError.keepOutElevation) {
            try KeepOutSector(
                minAzimuthDegrees: 10, maxAzimuthDegrees: 20, elevationDegrees: (low, high))
        }
    }

    @Test func `a geometry has eight sectors at most`() throws {
        let sector = try KeepOutSector(minAzimuthDegrees: 10, maxAzimuthDegrees: 20)
        let most = RotorGeometry.keepOutSectors.upperBound
        #expect(most == 8)
        let eight = try RotorGeometry(keepOut: Array(repeating: sector, count: most))
        #expect(eight.keepOut.count == most)
        #expect(throws: RotorGeometryError.keepOutCount) {
            try RotorGeometry(keepOut: Array(repeating: sector, count: most + 1))
        }
    }

    @Test func `a rotor does not park in a sector, nor at its edge`() throws {
        let low = try KeepOutSector(
            minAzimuthDegrees: 350, maxAzimuthDegrees: 10, elevationDegrees: (0, 20))
        for park in [(0.0, 0.0), (10, 20), (355, 5)] {
            #expect(throws: RotorGeometryError.parkKeptOut) {
                try RotorGeometry(
                    park: RotorPosition(azimuthDegrees: park.0, elevationDegrees: park.1),
                    keepOut: [low])
            }
        }
        let beside = RotorPosition(azimuthDegrees: 10.1, elevationDegrees: 0)
        #expect(try RotorGeometry(park: beside, keepOut: [low]).park == beside)
    }

    @Test func `it is forbidden in every turn of a rotor with overlap, edges too`() throws {
        let sector = try KeepOutSector(
            minAzimuthDegrees: 20, maxAzimuthDegrees: 40, elevationDegrees: (0, 30))
        let geometry = try RotorGeometry(
            minAzimuthDegrees: -180, maxAzimuthDegrees: 540,
            park: RotorPosition(azimuthDegrees: 0, elevationDegrees: 0), keepOut: [sector])
        for azimuth in [20.0, 30, 40, 380, 400, -340 + 360.0] {
            #expect(!geometry.ways.isFree(place(azimuth, 30)))
            #expect(geometry.ways.isFree(place(azimuth, 30.000001)))
        }
        #expect(geometry.ways.isFree(place(19.999999, 0)))
        #expect(geometry.ways.isFree(place(400.000001, 0)))
    }

    @Test func `beyond the zenith the same part of the sky is forbidden`() throws {
        let sector = try KeepOutSector(
            minAzimuthDegrees: 20, maxAzimuthDegrees: 40, elevationDegrees: (60, 70))
        let geometry = try RotorGeometry(maxElevationDegrees: 180, keepOut: [sector])
        #expect(!geometry.ways.isFree(place(210, 115)))
        #expect(geometry.ways.isFree(place(30, 115)))
        #expect(geometry.ways.isFree(place(210, 65)))
        let low = try RotorGeometry(keepOut: [sector])
        #expect(low.ways.isFree(place(210, 65)))
    }

    @Test func `for a rotor without elevation a sector is forbidden at any`() throws {
        let sector = try KeepOutSector(
            minAzimuthDegrees: 20, maxAzimuthDegrees: 40, elevationDegrees: (60, 70))
        let geometry = try RotorGeometry(axes: .azimuth, keepOut: [sector])
        #expect(
            geometry.plan(from: place(0, 0), azimuthDegrees: 30, elevationDegrees: 10)
                == .failure(.keptOut(sector, axes: .azimuth)))
        // It cannot go over the sector, and has no other way.
        #expect(
            geometry.plan(from: place(0, 0), azimuthDegrees: 50, elevationDegrees: 10)
                == .failure(.noWayAround))
    }

    private func place(_ azimuth: Double, _ elevation: Double) -> RotorPosition {
        RotorPosition(azimuthDegrees: azimuth, elevationDegrees: elevation)
    }
}
