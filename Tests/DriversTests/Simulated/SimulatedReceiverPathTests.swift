import Drivers
import Engine
import Testing

@Suite struct SimulatedReceiverPathTests {
    private let delft = GPSFix.Position(
        latitudeDegrees: 52, longitudeDegrees: 4.36, altitudeMeters: 40)

    private func at(_ seconds: Int) -> Instant { Instant.start.advanced(by: .seconds(seconds)) }

    @Test func `a fixed point stays, with the noise that is given`() throws {
        let path = SimulatedReceiverPath(wayPoints: [delft], noiseMeters: 5)
        #expect(path.fix(at: at(0)).position == delft)
        let noisy = try #require(path.fix(at: at(9), noise: (2, -1)).position)
        #expect(abs((noisy.latitudeDegrees - 52) * 111_195 - 10) < 0.01)
        #expect(abs((noisy.longitudeDegrees - 4.36) * 111_195 * 0.61566 + 5) < 0.01)
        #expect(path.fix(at: at(9)).trackDegrees == nil)
    }

    @Test func `way-points are passed at the speed that is given`() throws {
        var north = delft
        north.latitudeDegrees += 1000 / 111_195
        let path = SimulatedReceiverPath(
            wayPoints: [delft, north], speedMetersPerSecond: 10, startsAt: at(100))
        #expect(path.fix(at: at(0)).position == delft)
        let half = try #require(path.fix(at: at(150)).position)
        #expect(abs(half.latitudeDegrees - (52 + 500 / 111_195)) < 1e-8)
        #expect(path.fix(at: at(150)).trackDegrees == 0)
        let end = try #require(path.fix(at: at(201)).position)
        #expect(abs(end.latitudeDegrees - north.latitudeDegrees) < 1e-8)
    }

    @Test func `a round trip comes home`() throws {
        var east = delft
        east.longitudeDegrees += 0.01
        let path = SimulatedReceiverPath(
            wayPoints: [delft, east], speedMetersPerSecond: 10, end: .loops)
        let length = 2 * 0.01 * 111_195 * 0.615661
        let home = try #require(
            path.fix(at: Instant(nanoseconds: Int64(length / 10 * 1e9))).position)
        #expect(abs(home.longitudeDegrees - 4.36) < 1e-6)
    }

    @Test func `the date line is crossed the short way`() throws {
        let west = GPSFix.Position(latitudeDegrees: 0, longitudeDegrees: 179.99)
        let east = GPSFix.Position(latitudeDegrees: 0, longitudeDegrees: -179.99)
        let path = SimulatedReceiverPath(wayPoints: [west, east], speedMetersPerSecond: 10)
        for second in 0..<300 {
            let place = try #require(path.fix(at: at(second)).position)
            #expect(abs(place.longitudeDegrees) >= 179.98)
        }
    }

    @Test func `the fix is lost when it should be`() {
        let path = SimulatedReceiverPath(
            wayPoints: [delft], lostFixes: [.seconds(5)..<(.seconds(8))])
        let modes = (0..<10).map { path.fix(at: at($0)).mode }
        #expect(modes.map { $0 == .none } == (0..<10).map { (5..<8).contains($0) })
    }
}
