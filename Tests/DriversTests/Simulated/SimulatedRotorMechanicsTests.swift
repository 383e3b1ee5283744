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

    @Test func `what is reported is the motors' position, and the antenna's is the true one`()
        throws
    {
        var rotor = SimulatedRotorMechanics()
        rotor.setBacklash(degrees: 3, at: at(0))
        try rotor.obey(.point(azimuthDegrees: 60, elevationDegrees: 30), at: at(0))
        #expect(rotor.reportedPosition(at: at(50)) == (60, 30))
        #expect(rotor.truePosition(at: at(50)) == (58.5, 28.5))
        try rotor.obey(.park, at: at(50))
        #expect(rotor.reportedPosition(at: at(100)) == (0, 0))
        #expect(rotor.truePosition(at: at(100)) == (1.5, 1.5))
        rotor.setBacklash(degrees: 0, at: at(100))
        #expect(rotor.truePosition(at: at(100)) == (0, 0))
    }

    @Test func `end switches hold the azimuth only, and the controller obeys beyond them`() throws {
        var rotor = SimulatedRotorMechanics()
        rotor.setAzimuthEndSwitches(-20...45, at: at(0))
        try rotor.obey(.point(azimuthDegrees: 200, elevationDegrees: 60), at: at(0))
        #expect(rotor.reportedPosition(at: at(100)) == (45, 60))
        #expect(throws: RotctldError.limitExceeded) {
            try rotor.obey(.point(azimuthDegrees: 500, elevationDegrees: 60), at: at(100))
        }
    }
}
