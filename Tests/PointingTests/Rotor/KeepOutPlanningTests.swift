import Testing

@testable import Pointing

/// Ways round sectors, one by one.
@Suite struct KeepOutPlanningTests {
    /// A mast to the east, up to 30 degrees.
    private func mast(_ change: Double = 0, maxAzimuthDegrees: Double = 360) throws -> RotorGeometry
    {
        let sector = try KeepOutSector(
            minAzimuthDegrees: 80, maxAzimuthDegrees: 100, elevationDegrees: (0, 30 + change))
        return try RotorGeometry(
            maxAzimuthDegrees: maxAzimuthDegrees, keepOut: [sector], deadBandDegrees: 1)
    }

    private func place(_ azimuth: Double, _ elevation: Double) -> RotorPosition {
        RotorPosition(azimuthDegrees: azimuth, elevationDegrees: elevation)
    }

    @Test func `a way that meets no sector is straight`() throws {
        let move = try mast().plan(from: place(10, 0), azimuthDegrees: 70, elevationDegrees: 20)
            .get()
        #expect(move.corners.isEmpty && move.to == place(70, 20))
        let above = try mast().plan(
            from: place(10, 40), azimuthDegrees: 200, elevationDegrees: 31
        ).get()
        #expect(above.corners.isEmpty)
    }

    @Test
    func `a way across a sector goes over it, clear of its edge by the dead band and a degree`()
        throws
    {
        let move = try mast().plan(from: place(10, 5), azimuthDegrees: 200, elevationDegrees: 7)
            .get()
        #expect(move.to == place(200, 7))
        #expect(move.corners.map(\.elevationDegrees).max() == 32)
        #expect(move.legs.count == 3)
        let ways = try mast().ways
        var at = place(10, 5)
        for leg in move.legs {
            #expect(ways.isFree(RotorSweep(at).joined(leg)))
            at = leg
        }
    }

    @Test func `the other way round is taken where it is shorter`() throws {
        let geometry = try mast(50, maxAzimuthDegrees: 720)
        let move = try geometry.plan(
            from: place(370, 0), azimuthDegrees: 200, elevationDegrees: 0
        ).get()
        // From 370 to 560 there is the mast at 440; down to 200 the way is free.
        #expect(move.to == place(200, 0) && move.corners.isEmpty)
        let open = try RotorGeometry(maxAzimuthDegrees: 720)
        let straight = open.plan(from: place(385, 0), azimuthDegrees: 200, elevationDegrees: 0)
        #expect(straight.map(\.to) == .success(place(560, 0)))
        let round = geometry.plan(from: place(385, 0), azimuthDegrees: 200, elevationDegrees: 0)
        #expect(round.map(\.to) == .success(place(200, 0)))
    }

    @Test func `a target in a sector is refused, and named`() throws {
        let plan = try mast().plan(from: place(10, 0), azimuthDegrees: 450, elevationDegrees: 30)
        guard case .failure(let reason) = plan else {
            Issue.record("it goes there")
            return
        }
        #expect(
            reason.description
                == "the target is in the keep-out sector of azimuth 80 to 100, elevation 0 to 30")
    }

    @Test func `where sectors leave no way that is said`() throws {
        let wall = try KeepOutSector(minAzimuthDegrees: 80, maxAzimuthDegrees: 100)
        let geometry = try RotorGeometry(keepOut: [wall])
        let plan = geometry.plan(from: place(10, 0), azimuthDegrees: 200, elevationDegrees: 0)
        #expect(plan == .failure(.noWayAround))
        #expect(Unreachable.noWayAround.description == "the keep-out sectors leave no way there")
    }

    @Test func `two sectors that meet leave no gap between them`() throws {
        let sectors = [
            try KeepOutSector(
                minAzimuthDegrees: 80, maxAzimuthDegrees: 90, elevationDegrees: (10, 90)),
            try KeepOutSector(
                minAzimuthDegrees: 90, maxAzimuthDegrees: 100, elevationDegrees: (10, 90)),
            try KeepOutSector(
                minAzimuthDegrees: 80, maxAzimuthDegrees: 100, elevationDegrees: (0, 10)),
        ]
        let geometry = try RotorGeometry(keepOut: sectors)
        let plan = geometry.plan(from: place(10, 0), azimuthDegrees: 200, elevationDegrees: 0)
        #expect(plan == .failure(.noWayAround))
    }

    @Test func `a rotor that stands in a sector leaves it by the shortest way, and first`() throws {
        let move = try mast().plan(from: place(97, 10), azimuthDegrees: 20, elevationDegrees: 5)
            .get()
        #expect(move.leavesSector)
        #expect(move.corners.first == place(102.000001, 10))
        #expect(move.to == place(20, 5))
        let up = try mast().plan(from: place(90, 28), azimuthDegrees: 20, elevationDegrees: 5).get()
        #expect(up.leavesSector && up.corners.first == place(90, 32.000001))
    }

    @Test func `one that stands in it by a hair goes on as from its edge`() throws {
        let geometry = try mast()
        let away = try geometry.plan(
            from: place(98.5, 5), azimuthDegrees: 200, elevationDegrees: 5
        ).get()
        #expect(!away.leavesSector && away.corners.isEmpty)
        #expect(geometry.sweep(seenAt: place(98.5, 5)) == RotorSweep(place(100.000001, 5)))
        let across = try geometry.plan(
            from: place(98.5, 5), azimuthDegrees: 20, elevationDegrees: 5
        ).get()
        #expect(across.legs.count == 3 && across.corners.first?.azimuthDegrees == 100.000001)
    }

    @Test func `sectors that overlap are left as one`() throws {
        let geometry = try RotorGeometry(
            park: place(0, 0),
            keepOut: [
                try KeepOutSector(
                    minAzimuthDegrees: 80, maxAzimuthDegrees: 100, elevationDegrees: (0, 60)),
                try KeepOutSector(
                    minAzimuthDegrees: 95, maxAzimuthDegrees: 140, elevationDegrees: (0, 60)),
            ])
        let move = try geometry.plan(
            from: place(97, 10), azimuthDegrees: 200, elevationDegrees: 5
        ).get()
        #expect(move.corners.first == place(77.999999, 10))
    }

    @Test func `parking leads round a sector too`() throws {
        let move = try mast().planPark(from: place(200, 0)).get()
        #expect(move.to == place(0, 0) && move.legs.count == 3)
    }

    @Test func `of a rotor whose place is not known nothing is said but where the target lies`()
        throws
    {
        for from in [nil, place(.nan, 0), place(10, .infinity)] {
            let move = try mast().plan(from: from, azimuthDegrees: 200, elevationDegrees: 0).get()
            #expect(move.to == place(200, 0) && move.corners.isEmpty)
        }
        #expect(try mast().sweep(seenAt: place(.nan, 0)) == nil)
    }

    @Test func `on its way a rotor is sent as far as is safe from all places where it may be`()
        throws
    {
        let geometry = try mast()
        let move = try geometry.plan(
            from: place(10, 0), azimuthDegrees: 200, elevationDegrees: 0
        ).get()
        let legs = move.legs
        let below = RotorSweep(place(10, 0)).joined(place(10, 29))
        #expect(geometry.leg(of: move, from: below) == legs.firstIndex { $0.elevationDegrees > 30 })
        // It may be anywhere along the horizon beyond the sector: no leg is safe but where it goes.
        let anywhere = RotorSweep(place(10, 0)).joined(place(200, 0))
        #expect(geometry.leg(of: move, from: anywhere) == nil)
        #expect(try RotorGeometry().leg(of: move, from: anywhere) == 0)
    }
}
