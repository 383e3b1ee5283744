import Drivers
import Engine
import Testing

@Suite struct SimulatedRotorMechanicsTests {
    private func at(_ seconds: Int) -> Instant { Instant.start.advanced(by: .seconds(seconds)) }

    @Test func `both axes turn at once and park where they should`() throws {
        var rotor = SimulatedRotorMechanics(parkAzimuthDegrees: 10, parkElevationDegrees: 90)
        try rotor.obey(.point(azimuthDegrees: 60, elevationDegrees: 30), at: at(0))
        #expect(rotor.reportedPosition(at: at(5)) == (30, 30))
        #expect(rotor.isMoving(at: at(9)))
        try rotor.obey(.stop, at: at(6))
        #expect(rotor.reportedPosition(at: at(60)) == (36, 30))
        try rotor.obey(.park, at: at(60))
        #expect(rotor.reportedPosition(at: at(100)) == (10, 90))
    }

    @Test(arguments: [(451.0, 10.0), (-180.5, 10), (10, -0.1), (10, 90.1)])
    func `a position outside one axis' limits moves neither`(azimuth: Double, elevation: Double) {
        var rotor = SimulatedRotorMechanics()
        #expect(throws: RotctldError.limitExceeded) {
            try rotor.obey(
                .point(azimuthDegrees: azimuth, elevationDegrees: elevation), at: at(0))
        }
        #expect(rotor.reportedPosition(at: at(100)) == (0, 0))
    }

    @Test func `a stalled rotor stands where it stalled until it is commanded again`() throws {
        var rotor = SimulatedRotorMechanics()
        try rotor.obey(.point(azimuthDegrees: 60, elevationDegrees: 0), at: at(0))
        rotor.setStalled(true, at: at(3))
        try rotor.obey(.point(azimuthDegrees: 90, elevationDegrees: 0), at: at(4))
        #expect(rotor.reportedPosition(at: at(50)) == (18, 0))
        rotor.setStalled(false, at: at(50))
        #expect(rotor.reportedPosition(at: at(60)) == (18, 0))
        try rotor.obey(.point(azimuthDegrees: 30, elevationDegrees: 0), at: at(60))
        #expect(rotor.reportedPosition(at: at(62)) == (30, 0))
    }
}
