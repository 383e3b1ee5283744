import Drivers
import Engine
import Testing

@Suite struct SimulatedAxisTests {
    private func at(_ seconds: Double) -> Instant {
        Instant(nanoseconds: Int64(seconds * 1e9))
    }

    @Test func `an axis without inertia turns at its rate and stands on its target`() {
        var axis = SimulatedAxis(limitsDegrees: -180...450, rateDegreesPerSecond: 6)
        axis.move(to: -30, at: at(10))
        #expect(axis.positionDegrees(at: at(12)) == -12)
        #expect(axis.isMoving(at: at(14.9)))
        #expect(!axis.isMoving(at: at(15)))
        #expect(axis.positionDegrees(at: at(1000)) == -30)
    }

    @Test func `a new target and a stop begin where the axis is`() {
        var axis = SimulatedAxis(limitsDegrees: 0...360, rateDegreesPerSecond: 5)
        axis.move(to: 100, at: at(0))
        axis.move(to: 0, at: at(10))
        #expect(axis.positionDegrees(at: at(14)) == 30)
        axis.stop(at: at(14))
        #expect(axis.positionDegrees(at: at(99)) == 30)
    }

    @Test func `with inertia it speeds up, cruises and slows down`() {
        var axis = SimulatedAxis(
            limitsDegrees: 0...360, rateDegreesPerSecond: 4,
            accelerationDegreesPerSecondSquared: 2)
        axis.move(to: 40, at: at(0))
        // 2 s to full speed (4°), 8 s of 4°/s (32°), 2 s to rest (4°).
        #expect(abs(axis.positionDegrees(at: at(2)) - 4) < 1e-9)
        #expect(abs(axis.positionDegrees(at: at(6)) - 20) < 1e-9)
        #expect(abs(axis.positionDegrees(at: at(11)) - 39) < 1e-9)
        #expect(axis.positionDegrees(at: at(12.001)) == 40)
        #expect(axis.isMoving(at: at(11.9)))
    }

    @Test func `with inertia a stop needs its way, and a short move never reaches full speed`() {
        var axis = SimulatedAxis(
            limitsDegrees: 0...360, rateDegreesPerSecond: 4,
            accelerationDegreesPerSecondSquared: 2)
        axis.move(to: 100, at: at(0))
        axis.stop(at: at(4))
        #expect(abs(axis.positionDegrees(at: at(10)) - 16) < 1e-9)
        axis.move(to: 18, at: at(10))
        #expect(abs(axis.positionDegrees(at: at(11)) - 17) < 1e-9)
        #expect(axis.positionDegrees(at: at(12.001)) == 18)
    }

    @Test func `random commands never break limits, rate or continuity, and end on target`() {
        for seed in 0..<200 {
            var random = SeededRandom(seed: UInt64(seed), purpose: "axis")
            let inertia: Double? = seed % 3 == 0 ? nil : 0.5 + 4 * random.unit()
            var axis = SimulatedAxis(
                limitsDegrees: -90...270, rateDegreesPerSecond: 3,
                accelerationDegreesPerSecondSquared: inertia, positionDegrees: 10)
            var time = 0.0
            var last = axis.positionDegrees(at: at(0))
            var target = last
            for _ in 0..<30 {
                target = -90 + 360 * random.unit()
                if random.unit() < 0.2 { axis.stop(at: at(time)) }
                axis.move(to: target, at: at(time))
                let until = time + 20 * random.unit()
                while time < until {
                    time += 0.05
                    let position = axis.positionDegrees(at: at(time))
                    #expect((-90...270).contains(position))
                    #expect(abs(position - last) <= 3 * 0.0501, "seed \(seed)")
                    last = position
                }
            }
            #expect(axis.positionDegrees(at: at(time + 1000)) == target)
        }
    }
}
